"""A process with nothing but rooms, on a socket that outlives it: who calls meanwhile waits.

Each is forked from one that has the modules loaded already, which takes four seconds.
"""

import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from live.launch import bind_socket
from live.room.chosen_store import store_of_environment
from live.room.http import Rooms
from tests.live.room.hall import Hall

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload([__name__])


def serve(listening: socket.socket, environment: Mapping[str, str], said: str) -> None:
    os.environ.update(environment)
    log = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    for number in (signal.SIGINT, signal.SIGTERM):  # as live/launch.py
        signal.signal(number, lambda number, frame: sys.exit(0))
    rooms = Rooms(store_of_environment())
    application = Starlette(routes=rooms.routes(), lifespan=lambda application: rooms.running())
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
    server.run(sockets=[listening])


class Server:
    """Runs from when it is made; what it says is written to the file `said`."""

    def __init__(self, environment: Mapping[str, str], said: Path) -> None:
        self.said = said
        self._environment = environment
        self._listening = bind_socket("127.0.0.1", "0")
        self._listening.listen()
        host, port = self._listening.getsockname()
        self.hall = Hall(f"http://{host}:{port}")
        self.start()

    def start(self) -> None:
        given = self._listening, self._environment, str(self.said)
        self.process = FORKED.Process(target=serve, args=given)
        self.process.start()

    def kill(self) -> None:
        """As kill -9 does it."""
        self.process.kill()
        self.process.join()

    def stop(self, number: int = signal.SIGTERM) -> int | None:
        """Its exit code."""
        os.kill(self.process.pid, number)
        self.process.join()
        self._listening.close()
        return self.process.exitcode
