"""The app in a process of its own, on one port, killed and started again."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping

from live.launch import bind_socket
from tests.serving import ROOT

SECONDS_TO_START = 600


class AppProcess:
    """`python -m live.launch` on a port of its own, started when it is made.

    Args:
        wait: Whether to wait until it answers.
    """

    def __init__(self, environment: Mapping[str, str], wait: bool = True) -> None:
        listening = bind_socket("127.0.0.1", "0")
        self.port = listening.getsockname()[1]
        listening.close()
        self.address = f"http://127.0.0.1:{self.port}"
        settings = {"HOST": "127.0.0.1", "PORT": str(self.port)}
        self._environment = os.environ | settings | dict(environment)
        self.start(wait)

    def start(self, wait: bool = True) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "live.launch"],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
        )
        if wait:
            self.wait()

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + SECONDS_TO_START
        while self.process.poll() is None and time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=5)
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the app did not start")

    def kill(self) -> None:
        """As kill -9 does it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
