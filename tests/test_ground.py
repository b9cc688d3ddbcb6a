"""The files at the top: requirements, Makefile, and every way to start and stop the app."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from live.families import EVERY_PAGE
from tests.serving import ROOT, running_app
from tools import lint

WORKSHOP = (
    "Makefile",
    "requirements.txt",
    "requirements.lock",
    "requirements-dev.txt",
    "requirements-dev.lock",
    "package.json",
    "package-lock.json",
)
LOCKED = "-m pip install --quiet --require-hashes -r requirements.lock"
TORCH = "-m pip install --quiet -r requirements.txt"
"""Which finds all but torch installed."""
LOCKED_TOO = "-m pip install --quiet --require-hashes -r requirements-dev.lock"
NPM = "ci --ignore-scripts --no-audit --no-fund --loglevel=error"
FAKE_PYTHON = """#!/bin/bash
echo "$HOST:$PORT $*" >> {log}
case "$*" in
  "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  *requirements-dev.lock) cp "$0" .venv/bin/npm ;;
  "ci "*) mkdir -p node_modules ;;
esac
"""


@pytest.fixture
def workshop(tmp_path):
    """A folder with the Makefile and a Python that only writes down how it was called."""
    for name in WORKSHOP:
        (tmp_path / name).write_text((ROOT / name).read_text())
    log = tmp_path / "calls.log"
    python = tmp_path / "fake-python"
    python.write_text(FAKE_PYTHON.format(log=log))
    python.chmod(python.stat().st_mode | stat.S_IEXEC)

    def make(*arguments: str) -> list[str]:
        log.write_text("")
        environment = {k: v for k, v in os.environ.items() if k not in ("HOST", "PORT", "TORCH")}
        subprocess.run(
            ["make", "--silent", f"PYTHON={python}", *arguments],
            cwd=tmp_path,
            env=environment,
            check=True,
        )
        return [line for line in log.read_text().splitlines() if " -c " not in line]

    make.folder = tmp_path
    return make


def test_run_installs_first_and_then_starts_on_the_loopback_address(workshop):
    assert workshop("run") == [
        "127.0.0.1:8501 -m venv .venv",
        f"127.0.0.1:8501 {LOCKED}",
        f"127.0.0.1:8501 {TORCH}",
        "127.0.0.1:8501 -m live.launch",
    ]


@pytest.mark.parametrize("changed", ["requirements.txt", "requirements.lock"])
def test_run_installs_again_only_when_the_requirements_changed(workshop, changed):
    workshop("run")
    assert workshop("run", "PORT=9000", "HOST=0.0.0.0") == ["0.0.0.0:9000 -m live.launch"]
    installed = (workshop.folder / ".venv/.installed").stat().st_mtime
    os.utime(workshop.folder / changed, (installed + 1, installed + 1))
    assert len(workshop("run")) == 3


def test_torch_builds_come_from_their_index_only_when_asked_for(workshop):
    calls = workshop("run", "TORCH=cpu")
    index = "--extra-index-url https://download.pytorch.org/whl/cpu"
    assert calls[2].endswith(f"-m pip install --quiet {index} -r requirements.txt")


def test_test_runs_pytest_on_two_workers_that_share_their_work(workshop):
    assert [call.partition(" ")[2] for call in workshop("test", "ARGS=-k huber")] == [
        "-m venv .venv",
        LOCKED,
        TORCH,
        LOCKED_TOO,
        NPM,
        "-m pytest -n 2 --dist worksteal -k huber",
    ]


def test_lint_installs_its_tools_once_and_again_when_they_changed(workshop):
    assert [call.partition(" ")[2] for call in workshop("lint")][3:] == [
        LOCKED_TOO,
        NPM,
        "-m tools.lint",
    ]
    assert len(workshop("lint")) == 1
    installed = (workshop.folder / "node_modules/.installed").stat().st_mtime
    os.utime(workshop.folder / "package-lock.json", (installed + 1, installed + 1))
    assert [call.partition(" ")[2] for call in workshop("lint")] == [NPM, "-m tools.lint"]


def test_a_missing_interpreter_is_named(workshop):
    answer = subprocess.run(
        ["make", "run", "PYTHON=python-that-is-not-there"],
        cwd=workshop.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode != 0
    assert "python-that-is-not-there is not installed" in answer.stderr


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_explained(name):
    lines = (ROOT / name).read_text().splitlines()
    for above, line in zip(["", *lines], lines, strict=False):
        if not line.startswith(("#", "-r")):
            assert re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9.]*", line), line
            assert above.startswith("# "), f"{line} has no reason above it"


@pytest.mark.parametrize("check", lint.CHECKS)
def test_the_code_is_clean(check):
    answer = lint.run(check)
    assert answer.returncode == 0, answer.stdout


def test_no_line_is_longer_than_a_screen_is_wide():
    """120 columns. Texts in `content` are exempt, where a sentence in two languages is one line,
    and so are the rows of a Markdown table and its pictures, which cannot be broken."""
    ours = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    kinds = {".py", ".js", ".mjs", ".css", ".md", ".toml", ".txt", ".yml", ".yaml", ".jsonc", ""}
    paths = [Path(name) for name in filter(None, ours.split("\0"))]
    long = {
        f"{path}:{number}"
        for path in paths
        if path.suffix in kinds
        and path.parts[0] != "content"
        and not {"vendor", "bundles"} & {*path.parts}
        and (ROOT / path).is_file()
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120 and not (path.suffix == ".md" and line.startswith(("|", "![")))
    }
    assert not long


@pytest.mark.parametrize(
    ("command", "exit_code"),
    [
        (("-m", "live.launch"), 0),
        (("-m", "streamlit", "run", "app.py", "--server.port", "0"), -signal.SIGTERM),
        (("-m", "uvicorn", "app:app", "--port", "0"), -signal.SIGTERM),
    ],
    ids=["make run", "streamlit run", "uvicorn"],
)
def test_every_way_to_start_the_app_answers_and_stops(command, exit_code):
    with running_app(command=(sys.executable, *command), exit_code=exit_code) as address:
        with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
            assert answer.read() == b"ok"
        with urllib.request.urlopen(f"{address}/boxes") as answer:
            assert b"<title>Loss Lab</title>" in answer.read()


def test_ctrl_c_while_the_app_is_still_starting_is_quiet():
    process = start(PORT="0")
    # The handlers stand before the socket does; the slow imports come after both.
    wait_for_the_socket(process)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in output


def test_stopping_the_first_start_is_quick_and_leaves_nothing_behind(tmp_path):
    """The tapes take half a minute to record; who stops meanwhile does not wait for them."""
    process = start(PORT="0", LOSS_LAB_CACHE=str(tmp_path))
    said = process.stdout.readline()
    assert "Recording" in said
    helpers = [int(pid) for pid in children(process.pid)]
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    recorded = {file.name.partition("-")[0] for file in tmp_path.glob("*.kept")}
    assert len(recorded) < len(EVERY_PAGE)
    assert "Traceback" not in output
    if os.cpu_count() > 1:
        assert len(helpers) == min(os.cpu_count(), len(EVERY_PAGE))
    assert not any(Path(f"/proc/{helper}").exists() for helper in helpers)


def test_a_port_in_use_is_one_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        output, code = finished(PORT=port)
    assert code == 1
    assert output.count("\n") == 1
    assert port in output
    assert "in use" in output


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"PORT": "eighty"}, "eighty"),
        ({"PORT": "65536"}, "65536"),
        ({"PORT": "-1"}, "-1"),
        ({"HOST": "nowhere.invalid", "PORT": "0"}, "nowhere.invalid"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_line(environment, named):
    output, code = finished(**environment)
    assert code == 1
    assert output.count("\n") == 1
    assert named in output


def start(**environment: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "live.launch"],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(**environment: str) -> tuple[str, int]:
    process = start(**environment)
    output, _ = process.communicate(timeout=60)
    return output, process.returncode


def children(pid: int) -> list[str]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    if not found.exists():
        pytest.skip("needs /proc to see the processes that another one has started")
    return found.read_text().split()


def wait_for_the_socket(process: subprocess.Popen) -> None:
    sockets = Path(f"/proc/{process.pid}/fd")
    if not sockets.exists():
        pytest.skip("needs /proc to see that the process has opened its socket")
    while process.poll() is None:
        try:
            if any("socket:" in os.readlink(link) for link in sockets.iterdir()):
                return
        except OSError:
            continue
