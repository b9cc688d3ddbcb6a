"""An app that is killed and started again, at one address and with one log."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil

from live.launch import bind_socket
from tests.serving import ROOT, SECONDS_TO_START, SECONDS_TO_STOP


class Server:
    """Runs from when it is made."""

    def __init__(self, log: Path) -> None:
        self.log = log
        free = bind_socket("127.0.0.1", "0")
        self.port = free.getsockname()[1]
        free.close()
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Return as soon as it is ready."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "live.launch"],
                cwd=ROOT,
                env=os.environ | {"HOST": "127.0.0.1", "PORT": str(self.port)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + SECONDS_TO_START
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the app did not start and said:\n{self.log.read_text()}")
            time.sleep(0.05)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> str:
        """End it as an operator does; everything that it has ever said."""
        self.process.terminate()
        self.process.wait(SECONDS_TO_STOP)
        return self.log.read_text()

    def resident_bytes(self) -> int:
        return psutil.Process(self.process.pid).memory_info().rss

    def _ready(self) -> bool:
        try:
            return urllib.request.urlopen(f"{self.address}/ready", timeout=5).status == 200
        except OSError:
            return False
