"""Whoever sends nothing, too slowly or without end is let go; whoever comes too many is told."""

import json
import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from live.launch import bind_socket
from live.server import connection, limits
from live.server.connection import LONGEST_LINK, Connection
from tests.live.server.test_server import ask
from tests.serving import running_app

SECONDS = "SECONDS_TO_ASK"
LITTLE = 0.3
"""Seconds, where nothing has to come in time: a slow machine may need more for a request."""
WHOLE = b"GET /abc HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    """A server that answers with the length of what it was asked."""

    async def answer(scope, receive, send):
        said = f"{len(scope['path'])} {len(scope['query_string'])}"
        await PlainTextResponse(said)(scope, receive, send)

    listening = bind_socket("127.0.0.1", "0")
    listening.listen()
    config = uvicorn.Config(answer, http=Connection, log_level="error", lifespan="off")
    serving = uvicorn.Server(config)
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()
    serving.should_exit = True
    thread.join(60)


def said(address: tuple[str, int], *parts: bytes) -> bytes:
    """Everything that the server says to these parts, until it ends the connection."""
    with socket.create_connection(address, timeout=60) as opened:
        with suppress(ConnectionError):  # it may have ended already
            for part in parts:
                opened.sendall(part)
        return heard(opened)


def heard(opened: socket.socket, until: bytes | None = None) -> bytes:
    """What comes until it ends with `until`, or until the connection ends."""
    whole = b""
    while until is None or not whole.endswith(until):
        try:
            chunk = opened.recv(65_536)
        except ConnectionError:
            break
        if not chunk:
            break
        whole += chunk
    return whole


@pytest.mark.parametrize(
    "parts",
    [(), (b"GET / HTTP/1.1\r\n",), (b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ",), (b"\r\n",)],
    ids=["silent", "half a head", "half a header", "an empty line"],
)
def test_a_connection_that_asks_for_nothing_ends(address, monkeypatch, parts):
    monkeypatch.setattr(connection, SECONDS, LITTLE)
    assert said(address, *parts) == b""


@pytest.mark.parametrize(
    ("later", "answered"),
    [
        (b"GET / HT", False),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf", True),
    ],
    ids=["half a head", "half a body"],
)
def test_a_later_request_has_its_own_time(address, monkeypatch, later, answered):
    with socket.create_connection(address, timeout=60) as opened:
        for _ in range(2):
            opened.sendall(WHOLE)
            assert heard(opened, until=b"4 0").startswith(b"HTTP/1.1 200")
        monkeypatch.setattr(connection, SECONDS, LITTLE)
        opened.sendall(later)
        assert heard(opened).startswith(b"HTTP/1.1 200") == answered


def test_a_head_without_end_is_refused(address):
    heard = said(address, b"GET / HTTP/1.1\r\nX: ", *[b"x" * 65_536] * (LONGEST_LINK // 65_536 + 1))
    assert heard.startswith(b"HTTP/1.1 400") or heard == b""


@pytest.mark.parametrize("length", [10, 65_534, 65_536, 900_000])
def test_a_link_may_be_long(address, length):
    request = b"GET /a?" + b"x" * length + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    assert said(address, request).endswith(b"\r\n\r\n2 %d" % length)


def test_a_path_that_no_server_has_is_cut(address):
    request = b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    assert said(address, request).endswith(b"\r\n\r\n65535 0")


@pytest.mark.parametrize(
    ("soft", "hard", "raised"),
    [(256, 1024, 1024), (1024, 1024, 1024), (256, resource.RLIM_INFINITY, limits.UNLIMITED)],
)
def test_the_file_limit_is_raised_as_far_as_it_may_be(monkeypatch, soft, hard, raised):
    asked = []
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, pair: asked.append(pair))
    assert limits.raise_file_limit() == raised
    assert asked == ([(raised, hard)] if raised != soft else [])


def test_a_limit_that_cannot_be_raised_stays(monkeypatch):
    def refuse(kind, pair):
        raise ValueError

    monkeypatch.setattr(resource, "getrlimit", lambda kind: (300, 1000))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert limits.raise_file_limit() == 300
    assert limits.visitors(300) == 20


def few_files() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, 200))


def answers_again(server: str, path: str) -> int:
    """What is said once the server has seen that the many have left, if it does within a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(ConnectionError):
            if (status := ask(server, path).status) != 503:
                return status
        time.sleep(0.05)
    return ask(server, path).status


def test_too_many_visitors_are_told_and_the_log_stays_short(tmp_path):
    """With 1024 files, 200 phones once wrote 190,000 lines a minute and many never came in."""
    log = tmp_path / "log"
    json_lines = {"LOG_FORMAT": "json"}
    with running_app(environment=json_lines, preexec_fn=few_files, log=log) as server:
        host, port = urlsplit(server).netloc.split(":")
        waiting = [socket.create_connection((host, int(port))) for _ in range(400)]
        for opened in waiting:
            opened.close()
        assert answers_again(server, "/_stcore/health") == 200
        kept = [socket.create_connection((host, int(port))) for _ in range(85)]
        assert ask(server, "/boxes").status == 503
        for opened in kept:
            opened.close()
        assert answers_again(server, "/boxes") == 200
    lines = log.read_text().splitlines()
    assert "It serves about 10 visitors at once" in log.read_text()
    assert len(lines) < 12, lines
    for line in lines:
        if line and not line.startswith("  "):  # what the launcher says of itself
            assert json.loads(line).keys() >= {"time", "level", "logger", "message"}
