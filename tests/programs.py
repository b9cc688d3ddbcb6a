"""Programs that the tests drive, found or, as root on Debian, installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from filelock import FileLock


def find_program(variable: str, *names: str) -> str | None:
    """A program by the variable that names it, or on the PATH, where root's programs count too."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
    found = (shutil.which(name, path=path) for name in names)
    return os.environ.get(variable) or next(filter(None, found), None)


def provide_program(variable: str, names: tuple[str, ...], package: str, wanted: str) -> str:
    """The path of a program; as root on Debian its package is installed where it is missing.

    Args:
        variable: The environment variable that may name it.
        names: What it may be called on the PATH.
        package: Debian's name of it.
        wanted: What is said where it cannot be had.

    Raises:
        RuntimeError: there is none, and none could be installed.
    """
    found = find_program(variable, *names)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        with FileLock(Path(tempfile.gettempdir()) / "loss-lab-apt.lock"):
            found = find_program(variable, *names)
            for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
                if found is None:
                    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
                    subprocess.run(["apt-get", *command], env=environment, check=False)
            found = find_program(variable, *names)
    if found is None:
        raise RuntimeError(wanted)
    return found
