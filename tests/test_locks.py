"""The locks hold all that requirements*.txt ask for; nothing is installed but what they hold."""

import re
from importlib.metadata import distributions

import pytest
from packaging.utils import canonicalize_name

from tests.serving import ROOT
from tools import licences
from tools.locked import asked

LOCKS = {"requirements.txt": "requirements.lock", "requirements-dev.txt": "requirements-dev.lock"}
OUTSIDE = {"torch", "pip"}
"""Torch's build is chosen (README.md); pip comes with the virtual environment."""


@pytest.mark.parametrize(("name", "lock"), LOCKS.items())
def test_a_lock_holds_what_is_asked_for(name, lock):
    locked = asked(lock)
    stale = [
        str(requirement)
        for package, requirement in asked(name).items()
        if package not in OUTSIDE and requirement.specifier != locked[package].specifier
    ]
    assert not stale, f"run `make lock`: {lock} has other versions of {stale}"


@pytest.mark.parametrize("lock", LOCKS.values())
def test_every_file_is_named_by_its_hash(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=[a-z0-9])", text.partition("make lock\n")[2]):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
    assert "://" not in text, "a lock names no place, only content"


def test_the_lock_of_the_tests_agrees_with_that_of_the_app():
    app, tests = asked("requirements.lock"), asked("requirements-dev.lock")
    assert {name: str(tests[name]) for name in app} == {n: str(r) for n, r in app.items()}


def test_nothing_is_installed_but_what_the_locks_hold():
    locked = asked("requirements-dev.lock")
    here = {canonicalize_name(one.name): one.version for one in distributions()}
    other = {
        name: here[name]
        for name, requirement in locked.items()
        if name in here and not requirement.specifier.contains(here[name], prereleases=True)
    }
    assert not other, "`make test` installs what the locks hold"
    assert {*locked} <= {*here}


def test_the_licence_of_everything_that_is_shipped_is_told():
    told = licences.DOCUMENT.read_text(encoding="utf-8").splitlines()
    # Another system installs a package more or less.
    missing = {*licences.written().splitlines()} - {*told}
    assert not missing, f"run `make lock`: docs/licences.md lacks {missing}"
    for place in re.findall(r"^\| `([^`]+)`", licences.written(), re.MULTILINE):
        assert (ROOT / place).is_dir()


def test_what_a_workflow_runs_of_others_is_named_by_its_commit():
    workflows = (ROOT / ".github" / "workflows").glob("*.yml")
    used = [line for path in workflows for line in re.findall(r"uses:\s*(.*)", path.read_text())]
    assert used
    for one in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one
