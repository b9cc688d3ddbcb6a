"""What is confirmed is kept: `kill -9` of the server, and of Redis, between answers."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest

from live.launch import open_socket
from tests.live.room.hall import QUESTION, Hall, phone
from tests.redis_server import running_redis
from tests.serving import ROOT

PHONES = 12
ANSWERS = 9  # of each phone, one after another: the last that was confirmed is the one that counts
SERVER = """
import signal, socket, sys, uvicorn
from starlette.applications import Starlette
from live.room.chosen_store import store_of_environment
from live.room.http import Rooms

for number in (signal.SIGINT, signal.SIGTERM):  # as live/launch.py
    signal.signal(number, lambda number, frame: sys.exit(0))
rooms = Rooms(store_of_environment())
application = Starlette(routes=rooms.routes(), lifespan=lambda application: rooms.running())
listening = socket.socket(fileno=int(sys.argv[1]))
server = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
server.run(sockets=[listening])
"""


class Server:
    """A process with nothing but rooms, on a socket that outlives it: who calls meanwhile waits."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.listening = open_socket("127.0.0.1", "0")
        self.environment = os.environ | environment
        self.start()

    def start(self) -> None:
        descriptor = self.listening.fileno()
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(descriptor)],
            cwd=ROOT,
            env=self.environment,
            pass_fds=[descriptor],
        )

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    @property
    def hall(self) -> Hall:
        host, port = self.listening.getsockname()
        return Hall(f"http://{host}:{port}")


def post(address: str, given: dict) -> None:
    """As a phone does it: again and again, until it is confirmed."""
    request = urllib.request.Request(address, json.dumps(given).encode())
    while True:
        try:
            urllib.request.urlopen(request, timeout=20)
            return
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
        except OSError:  # the connection was cut
            pass
        time.sleep(0.1)


def answer_all(hall: Hall, code: str, confirmed: dict[int, float], between) -> None:
    """Every phone answers many times; `between()` happens while they do. `confirmed` holds each
    phone's last number that was confirmed."""

    def answer(number: int) -> None:
        for turn in range(ANSWERS):
            time.sleep(0.55)  # 20 requests in ten seconds are allowed
            box = [0.0, 0.0, 1.0, (turn + 1) / 10]
            given = {"phone": phone(number), "question": "q1", "place": box}
            post(f"{hall.address}/room/{code}/answers", given)
            confirmed[number] = box[3]

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(PHONES)]
    for thread in threads:
        thread.start()
    between()
    for thread in threads:
        thread.join()


@pytest.fixture(params=["sqlite", "redis"])
def environment(request, tmp_path):
    if request.param == "sqlite":
        yield {"LOSS_LAB_ROOMS": str(tmp_path / "rooms.sqlite")}, None
        return
    with running_redis() as redis:
        yield {"LOSS_LAB_REDIS": redis.address}, redis


def test_no_confirmed_answer_is_lost(environment):
    settings, redis = environment
    server = Server(settings)
    try:
        hall = server.hall
        room = hall.open(QUESTION)
        for number in range(PHONES):
            hall.join(room.code, number)
        confirmed: dict[int, float] = {}
        at_kill: dict[int, float] = {}

        def kill() -> None:
            time.sleep(2)
            at_kill.update(confirmed)
            server.kill()
            server.start()
            if redis is not None:
                time.sleep(2)
                redis.kill()
                time.sleep(1)
                redis.start()

        answer_all(hall, room.code, confirmed, kill)
        assert at_kill, "answers were confirmed before the server was killed"
        room.hall = hall
        assert room.show(phase="reveal") == 204
        told = room.state()
        assert (told["phones"], told["answered"]) == (PHONES, PHONES)
        kept = sorted(box[3] for box in told["placed"])
        assert kept == sorted(confirmed.values())
    finally:
        server.process.terminate()
        server.process.wait()
        server.listening.close()


@pytest.mark.parametrize("stops", [signal.SIGTERM, signal.SIGINT])
def test_a_server_with_listeners_stops_quietly(tmp_path, capfd, stops):
    server = Server({"LOSS_LAB_ROOMS": str(tmp_path / "rooms.sqlite")})
    room = server.hall.open()
    with urllib.request.urlopen(f"{server.hall.address}/room/{room.code}/events") as events:
        assert events.readline()
        server.process.send_signal(stops)
        assert server.process.wait() == 0
    server.listening.close()
    assert capfd.readouterr() == ("", "")
