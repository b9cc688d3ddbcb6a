"""Start the app as `make run` does, on a port that is free, and stop it again."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parent.parent
SECONDS_TO_START = 600  # a first start records the tapes; a process that ends is noticed at once
SECONDS_TO_STOP = 60


@contextmanager
def running_app(
    folder: Path = ROOT,
    command: tuple[str, ...] = (sys.executable, "-m", "live.launch"),
    environment: Mapping[str, str] | None = None,
    exit_code: int = 0,
    log: Path | None = None,
    **options: Any,
) -> Iterator[str]:
    """The address of an app that answers; `options` go to `subprocess.Popen`, and what it says to
    `log`.

    Raises:
        RuntimeError: the app did not start, or did not leave with `exit_code` when it was told
            to stop, or wrote of an error.
    """
    with _written_to(log) as said:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | {"HOST": "127.0.0.1", "PORT": "0"} | dict(environment or {}),
            stdout=said,
            stderr=subprocess.STDOUT,
            **options,
        )
        try:
            yield _address(process, said)
        finally:
            process.terminate()
            try:
                code = process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                code = process.wait()
        whole = _read(said)
        if code != exit_code or re.search(r"Traceback|\bERROR\b", whole):
            raise RuntimeError(f"the app left with exit code {code} and said:\n{whole}")


def _written_to(log: Path | None) -> IO[str]:
    return tempfile.TemporaryFile("w+") if log is None else log.open("w+")


def _address(process: subprocess.Popen, log: IO[str]) -> str:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+", _read(log))
        if found:
            return found.group()
        time.sleep(0.05)
    raise RuntimeError(f"the app did not start and said:\n{_read(log)}")


def _read(log: IO[str]) -> str:
    # The child writes through the same file description, so the position must not be moved.
    return os.pread(log.fileno(), os.fstat(log.fileno()).st_size, 0).decode(errors="replace")
