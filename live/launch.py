"""`python -m live.launch`: start the server where HOST and PORT say, and stop it quietly.

Streamlit's own runner opens its socket in a way that keeps Nagle's algorithm on, which adds 40 ms
to almost every answer; the one below asks for TCP by name, and asyncio then switches it off.
"""

import errno
import os
import signal
import socket
import sys
from types import FrameType
from typing import Any

import uvicorn

from live.server import logs
from live.server.connection import Connection, Socket
from live.server.limits import most_connections, raise_file_limit, visitors
from live.server.public_url import public_url
from live.server.stages import frame_ancestors

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = "8501"
SECONDS_TO_FINISH = 5
SECONDS_BETWEEN_REQUESTS = 20
"""A phone on a slow line asks again after more than the usual five."""


class Server(uvicorn.Server):
    """Says where it can be reached as soon as it can."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        from streamlit.config import get_config_options

        # Streamlit writes lines of its own otherwise, uvicorn's as well once it has its settings.
        get_config_options()
        logs.take_over()
        await super().startup(sockets)
        logs.take_over()
        if self.started and sockets:
            most = visitors(raise_file_limit())
            print(
                f"\n  Loss Lab: {_address(sockets[0])}\n"
                f"  It serves about {most} visitors at once. Ctrl-C stops it.\n",
                flush=True,
            )


def bind_socket(host: str, port: str) -> socket.socket:
    """A TCP socket that has its place and does not listen yet.

    Until the server is ready whoever connects is refused, and a page asks again a moment later. To
    let them wait would have all of them come in one instant, and before them those who gave up.

    Raises:
        ValueError: the port is not a whole number from 0 to 65535 (0 lets the system choose).
        OSError: the address does not exist, is taken or is not ours to use.
    """
    if not port.isdecimal() or int(port) > 65535:
        raise ValueError(f"PORT must be a whole number from 0 to 65535; got {port!r}")
    family, *_, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound


def main() -> None:
    """Serve until a signal says stop; exit 0 then, and 1 with one line where it cannot start."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    host = os.environ.get("HOST") or DEFAULT_HOST
    port = os.environ.get("PORT") or DEFAULT_PORT
    try:
        logs.set_up()
        public_url()
        frame_ancestors()
        bound = bind_socket(host, port)
    except ValueError as error:
        sys.exit(f"Loss Lab cannot start: {error}")
    except OSError as error:
        sys.exit(_no_place(host, port, error))
    # Before the server, which hears a signal only once its own start is over; and after the socket,
    # so that a port that cannot be used is told at once.
    from live.warm_up import warm_up

    warm_up()
    server = Server(uvicorn.Config("app:app", **_options()))
    try:
        server.run(sockets=[bound])
    except OSError as error:  # somebody else was ready first
        sys.exit(_no_place(host, port, error))
    if not server.started:
        sys.exit(1)


def _options() -> dict[str, Any]:
    return {
        "http": Connection,
        "limit_concurrency": most_connections(raise_file_limit()),
        "timeout_keep_alive": SECONDS_BETWEEN_REQUESTS,
        "ws": Socket,
        "ws_per_message_deflate": True,
        "ws_ping_interval": 30,
        "ws_ping_timeout": 30,
        "lifespan": "on",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": SECONDS_TO_FINISH,
    }


def _no_place(host: str, port: str, error: OSError) -> str:
    hint = ". Try another one: make run PORT=8502" if error.errno == errno.EADDRINUSE else ""
    return f"Loss Lab cannot start on {host}, port {port}: {error.strerror}{hint}"


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        return f"http://localhost:{port} (and every other address of this machine)"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _leave(number: int, frame: FrameType | None) -> None:
    """uvicorn shuts down first and then raises the signal again, for this."""
    sys.exit(0)


if __name__ == "__main__":
    main()
