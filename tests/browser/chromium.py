"""Where the browser of the tests is, and how to get one: `python -m tests.browser.chromium`."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock
from playwright.sync_api import sync_playwright

PACKAGES = ("chromium-headless-shell", "chromium")
"""Debian's, the better first: the other opens a window, and two hidden pages of its own in it, for
every context. Playwright's own choice is the shell as well."""
NAMES = (*PACKAGES, "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS_TO_DOWNLOAD = 600
HELP = (
    "No Chromium was found or could be installed. Install one (Debian: apt-get install "
    "chromium-headless-shell fonts-noto-cjk; elsewhere: .venv/bin/python -m playwright install "
    "--with-deps chromium) or name one: CHROMIUM=/path/to/chromium make test"
)


def find_chromium() -> str | None:
    """The path of a browser that starts: $CHROMIUM, one on the PATH, or playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not _starts(named):
            sys.exit(f"CHROMIUM names {named!r}, which is no program that starts")
        return named
    for path in map(shutil.which, NAMES):
        if path and _starts(path):
            return path
    own = _of_playwright()
    return own if _starts(own) else None


def install_chromium() -> None:
    """Try playwright's download, then, as root on Debian, a package and a Chinese font."""
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    if find_chromium() is not None or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    _run(["apt-get", "update"])
    for package in PACKAGES:
        if find_chromium() is None:
            fonts = "fonts-noto-cjk"
            _run(["apt-get", "install", "--yes", "--no-install-recommends", package, fonts])


def _of_playwright() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    if not Path(path).exists() and shutil.which(path) is None:
        return False
    answer = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60)
    return answer.returncode == 0


def _run(command: list[str]) -> None:
    """A failure is not the end: the next way is tried, and the last word is HELP."""
    print("Looking for a browser:", *command, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            command, env=environment, check=True, timeout=SECONDS_TO_DOWNLOAD, capture_output=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        print(f"  did not work: {error}", flush=True)


def provide_chromium() -> str:
    """The path of a browser, installed if need be and possible.

    Raises:
        RuntimeError: there is none, and none could be installed.
    """
    path = find_chromium()
    if path is None:
        with FileLock(Path(tempfile.gettempdir()) / "loss-lab-chromium.lock"):
            # Another process may have installed one while this one waited.
            path = find_chromium()
            if path is None:
                install_chromium()
                path = find_chromium()
    if path is None:
        raise RuntimeError(HELP)
    return path


def main() -> None:
    try:
        print("Browser of the tests:", provide_chromium())
    except RuntimeError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
