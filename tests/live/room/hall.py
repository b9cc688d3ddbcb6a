"""A server with nothing but rooms, in this process, and what a test asks of it."""

import asyncio
import http.client
import json
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette

from live.launch import bind_socket
from live.room.http import Rooms
from live.room.requests import SECRET
from live.room.store import Store

QUESTION = {
    "question": "q1",
    "phase": "ask",
    "family": "boxes",
    "state": {"scene": "disjoint"},
    "place": "prediction",
    "choices": 3,
    "right": [1],
    "words": {"en": {"question": "Which?", "answers": ["A", "B", "C"]}},
}
BOX = [1.0, 1.0, 2.0, 2.0]


def run_beside(work: Coroutine[Any, Any, None]) -> None:
    """Run to its end in a thread: where a browser was driven, this one has a loop already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def phone(number: int) -> str:
    return f"phone-{number:016}"


class Hall:
    """Asks one server, over HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(
        self, method: str, path: str, given: Any = None, **headers: str
    ) -> tuple[int, Any, dict[str, str]]:
        """Status, body (as JSON where it is) and headers; bytes are sent as they are."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=300)
        try:
            body = given if isinstance(given, bytes | None) else json.dumps(given).encode()
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            text = answer.read()
            if told.get("content-type") == "application/json":
                return answer.status, json.loads(text), told
            return answer.status, text.decode(), told
        finally:
            connection.close()

    def open(self, shown: Any = QUESTION) -> "Lecturer":
        status, told, _ = self.ask("POST", "/room", shown)
        assert status == 201, told
        return Lecturer(self, told["code"], told["secret"], told["address"])

    def join(self, code: str, number: int) -> Any:
        status, told, _ = self.ask("POST", f"/room/{code}/phones", {"phone": phone(number)})
        assert status == 200, told
        return told

    def answer(self, code: str, number: int, **given: Any) -> tuple[int, Any]:
        sent = {"phone": phone(number), "question": "q1", **given}
        return self.ask("POST", f"/room/{code}/answers", sent)[:2]


class Lecturer:
    """The one who opened a room."""

    def __init__(self, hall: Hall, code: str, secret: str, address: str) -> None:
        self.hall, self.code, self.secret, self.address = hall, code, secret, address

    def ask(self, method: str, path: str = "", given: Any = None) -> tuple[int, Any, Any]:
        return self.hall.ask(method, f"/room/{self.code}{path}", given, **{SECRET: self.secret})

    def show(self, **changes: Any) -> int:
        return self.ask("PUT", given={**QUESTION, **changes})[0]

    def state(self) -> Any:
        return self.ask("GET")[1]


@contextmanager
def serving(store: Store) -> Iterator[Hall]:
    rooms = Rooms(store)
    application = Starlette(routes=rooms.routes(), lifespan=lambda application: rooms.running())
    listening = bind_socket("127.0.0.1", "0")
    listening.listen()
    host, port = listening.getsockname()
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield Hall(f"http://{host}:{port}")
    finally:
        server.should_exit = True
        thread.join()
