"""The Dockerfile without Docker: a linter reads it, and its steps are run in a clean folder.

The steps are those after `USER`, with the image's home folder standing for a temporary one, as a
user who is not root. Three things differ from a build: the image's Python is the machine's; what
requirements.txt needs, and nothing else of this environment, is linked into the image's, where pip
finds it in place; and all that is kept but the tapes of one page comes from this machine's. With
`--nightly` pip installs everything, torch from wherever it finds it here, and all is recorded.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

import pytest
import yaml

from tests.serving import ROOT, running_app
from tools.locked import asked

IMAGE_HOME = "/home/lab"
USER = 10001
RECORDED = "concepts-tape-"
"""What is recorded in the image in any case."""
PYTHONS = ("/usr/local/bin/python3.11", "/usr/bin/python3.11", sys.executable)
SECONDS_TO_BE_HEALTHY = 300


def instructions() -> Iterator[tuple[str, str]]:
    """Every instruction with its arguments, continued lines joined."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, arguments = line.strip().partition(" ")
            yield name, arguments.strip()


def arguments_of(name: str) -> list[str]:
    return [arguments for found, arguments in instructions() if found == name]


def run_linter(*command: str) -> None:
    program = Path(sys.executable).parent / command[0]
    answer = subprocess.run(
        [program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_linter_finds_nothing_in_the_dockerfile():
    run_linter("hadolint", "--failure-threshold", "style", "Dockerfile")


def test_a_linter_finds_no_serious_fault_in_the_compose_file():
    run_linter("compose-lint", "--fail-on", "high", "compose.yaml")


def test_every_image_of_others_is_named_by_its_digest_and_renewed():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"].values()
    foreign = [*arguments_of("FROM"), *(one["image"] for one in services if "build" not in one)]
    assert len(foreign) == 3
    assert all(re.fullmatch(r"[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}", image) for image in foreign)
    renewed = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())["updates"]
    assert {one["package-ecosystem"] for one in renewed} >= {"docker", "docker-compose"}


@pytest.mark.parametrize("service", ["lab", "lab-gpu"])
def test_a_container_is_kept_in_bounds(service):
    settings = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"][service]
    assert settings["init"]
    assert settings["read_only"]
    assert settings["ulimits"]["nofile"] >= 65_536
    assert {*settings} >= {"cpus", "mem_limit", "pids_limit"}
    assert settings["tmpfs"] == ["/tmp:size=64m,mode=1777"]
    assert settings["cap_drop"] == ["ALL"]


def test_the_image_is_slim_does_not_run_as_root_and_takes_the_small_torch():
    image, _, _ = arguments_of("FROM")[0].partition("@")
    assert image == "python:3.11-slim"
    assert arguments_of("USER") == [str(USER)]
    assert arguments_of("ARG") == ["TORCH_INDEX=https://download.pytorch.org/whl/cpu"]
    assert "/_stcore/health" in arguments_of("HEALTHCHECK")[0]


def build_context() -> Iterator[Path]:
    """What `COPY . ./` copies: the project's files that .dockerignore leaves in."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rules = (ROOT / ".dockerignore").read_text().split()
    for name in filter(None, listed.split("\0")):
        path = Path(name)
        ignored = False
        for rule in rules:
            pattern = rule.removeprefix("!").removeprefix("**/")
            places = path.parts if "**/" in rule else path.parts[:1]
            if any(fnmatch(place, pattern) for place in places):
                ignored = not rule.startswith("!")
        if not ignored and (ROOT / path).is_file():
            yield path


def test_the_image_holds_what_the_app_needs_and_no_more():
    first_parts = {path.parts[0] for path in build_context()}
    assert first_parts >= {
        ".streamlit",
        "app.py",
        "content",
        "experiments",
        "live",
        "losses",
        "pages",
        "requirements.txt",
    }
    assert not first_parts & {".git", ".ci", "tests", "benchmarks", "Dockerfile", "Makefile"}


def somebody_else() -> dict[str, object]:
    """Keywords that make `subprocess` start a program as a user who is not root."""
    if os.geteuid() != 0:
        return {}
    return {"user": USER, "group": USER, "extra_groups": []}


def python_for_everybody() -> str:
    """A Python 3.11 that this other user can run and make virtual environments with."""
    for python in PYTHONS:
        command = [python, "-c", "import ensurepip, sys; sys.exit(sys.version_info[:2] != (3, 11))"]
        try:
            answer = subprocess.run(
                command, cwd="/", capture_output=True, check=False, **somebody_else()
            )
        except OSError:
            continue
        if answer.returncode == 0:
            return python
    pytest.skip("no Python 3.11 with ensurepip is readable by a user who is not root")


def needed() -> list[Distribution]:
    """What the image installs, as it is installed here; nothing if this environment has another
    version of anything."""
    found = []
    for name, requirement in (asked("requirements.lock") | asked("requirements.txt")).items():
        try:
            distribution = Distribution.from_name(name)
        except PackageNotFoundError:
            return []
        if not requirement.specifier.contains(distribution.version, prereleases=True):
            return []
        found.append(distribution)
    return found


def everybody_can_import_ours() -> bool:
    """Whether another user's Python 3.11 can import what is installed for this one."""
    site = sysconfig.get_path("purelib")
    code = "import sys; sys.path.append(sys.argv[1]); import numpy, streamlit"
    command = [python_for_everybody(), "-c", code, site]
    answer = subprocess.run(command, cwd="/", capture_output=True, check=False, **somebody_else())
    return sys.version_info[:2] == (3, 11) and answer.returncode == 0


class Container:
    """A folder in which the instructions of the Dockerfile are carried out."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.home.mkdir()
        tools = folder / "bin"
        tools.mkdir()
        (tools / "python").symlink_to(python_for_everybody())
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name.startswith(("PIP_", "SSL_", "REQUESTS_")) or name.lower().endswith("_proxy")
        }
        self.environment |= {
            "HOME": str(self.home),
            "PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin",
            "TORCH_INDEX": "",
        }
        self.work = self.home
        self.linked = False
        folder.chmod(0o755)
        self.give_away()

    def inside(self, text: str) -> str:
        return text.replace(IMAGE_HOME, str(self.home))

    def give_away(self) -> None:
        if os.geteuid() == 0:
            for path in [self.home, *self.home.rglob("*")]:
                os.chown(path, USER, USER, follow_symlinks=False)

    def take_back(self) -> None:
        if os.geteuid() == 0:
            for path in [self.home, *self.home.rglob("*")]:
                os.chown(path, 0, 0, follow_symlinks=False)

    def carry_out(self, name: str, arguments: str) -> None:
        """One instruction; where all is `linked`, with its packages or tapes in place before."""
        if name == "WORKDIR":
            self.work = Path(self.inside(arguments))
            self.work.mkdir(parents=True)
            self.give_away()
        elif name == "ENV":
            for assignment in arguments.split():
                variable, _, value = self.inside(assignment).partition("=")
                self.environment[variable] = value.replace("$PATH", self.environment["PATH"])
        elif name == "COPY":
            self.copy(*arguments.split())
        elif name == "RUN":
            if self.linked:
                self.link_packages() if "pip install" in arguments else self.copy_tapes()
            self.run(["/bin/sh", "-c", self.inside(arguments)])

    def copy(self, source: str, target: str) -> None:
        assert target == "./"
        for path in build_context():
            if source in (".", str(path)):
                (self.work / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / path, self.work / path)

    def link_packages(self) -> None:
        """Nothing where this environment is not what the lock says, or not for everybody."""
        site = self.home / "environment" / "lib" / "python3.11" / "site-packages"
        if not site.exists() or not everybody_can_import_ours():
            return
        for distribution in needed():
            for place in {file.parts[0] for file in distribution.files} - {"..", "__pycache__"}:
                link = site / place
                if link.is_dir() and not link.is_symlink():
                    shutil.rmtree(link)  # what a new environment brings
                link.unlink(missing_ok=True)
                link.symlink_to(Path(distribution.locate_file(place)))

    def copy_tapes(self) -> None:
        cache = Path(self.environment["LOSS_LAB_CACHE"])
        cache.mkdir(exist_ok=True)
        for file in (ROOT / ".cache").glob("*.kept"):
            if not file.name.startswith(RECORDED):
                shutil.copyfile(file, cache / file.name)
        self.give_away()

    def run(self, command: list[str]) -> None:
        answer = subprocess.run(
            command,
            cwd=self.work,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **somebody_else(),
        )
        assert answer.returncode == 0, f"{command}:\n{answer.stdout}\n{answer.stderr}"


@pytest.fixture
def container() -> Iterator[Container]:
    """Not in pytest's own temporary folder: that one lets no other user through."""
    with tempfile.TemporaryDirectory() as folder:
        yield Container(Path(folder))


@pytest.mark.parametrize(
    "linked", [True, pytest.param(False, marks=pytest.mark.nightly)], ids=["linked", "installed"]
)
def test_the_steps_work_in_a_clean_folder_for_a_user_who_is_not_root(container, server, linked):
    """`server` has recorded the tapes of all pages that are not kept yet."""
    container.linked = linked
    steps = list(instructions())
    after_user = steps[[name for name, _ in steps].index("USER") + 1 :]
    for name, arguments in after_user:
        container.carry_out(name, arguments)
    assert [*Path(container.environment["LOSS_LAB_CACHE"]).glob(f"{RECORDED}*")]
    health_check = json.loads(arguments_of("HEALTHCHECK")[0].partition("CMD ")[2])
    command = json.loads(arguments_of("CMD")[0])
    # compose.yaml makes the file system of the container read-only.
    container.take_back()
    environment = container.environment | {"HOST": "127.0.0.1", "PORT": "0"}
    with running_app(
        folder=container.work,
        command=tuple(command),
        environment=environment,
        **somebody_else(),
    ) as address:
        container.environment["PORT"] = address.rpartition(":")[2]
        wait_until_healthy(container, health_check)


def wait_until_healthy(container: Container, health_check: list[str]) -> None:
    until = time.monotonic() + SECONDS_TO_BE_HEALTHY
    while True:
        try:
            container.run(health_check)
        except AssertionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
        else:
            return
