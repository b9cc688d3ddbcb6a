"""The losses install alone: `pip install .` brings them, their types, and torch."""

import json
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from catalog import family
from live.families import PAGES
from live.families.page_tables import table
from tests.serving import ROOT

RUN_ALL = """
import contextlib, io, json, sys
sys.path.insert(0, sys.argv[1])
printed = {}
for name, code in json.load(sys.stdin).items():
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, name, "exec"), {"__name__": "__main__"})
    printed[name] = out.getvalue()
import losses
ours = sorted({"live", "catalog", "experiments", "streamlit", "plotly"} & set(sys.modules))
print(json.dumps({"file": losses.__file__, "ours": ours, "printed": printed}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built as `pip install .` builds it, without asking a package index for the build tools."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = tmp_path_factory.mktemp("source")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in tracked.stdout.decode().split("\0"):
        if name.startswith("losses/") or name in ("pyproject.toml", "README.md", "LICENSE"):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, copy], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    options = ["--quiet", "--no-deps", "--no-index", "--target", folder]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, wheel], check=True)
    return folder


def test_the_wheel_holds_the_losses_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"losses"}
    assert "losses/py.typed" in names
    in_tree = {path.relative_to(ROOT).as_posix() for path in (ROOT / "losses").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == in_tree


def test_torch_is_the_only_dependency(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith("METADATA"))
        told = Parser().parsestr(archive.read(metadata).decode())
    assert [need.split(">")[0] for need in told.get_all("Requires-Dist")] == ["torch"]


def test_every_snippet_of_every_page_runs_where_only_the_losses_are_installed(installed, tmp_path):
    snippets = {
        f"{name}/{loss.id}": page.snippet(loss, {**table(name).start(), "loss": loss.id})
        for name, page in PAGES.items()
        for loss in family(name)
    }
    views = {
        f"{name}/{view}": page.snippet(family(name)[0], {**table(name).start(), "view": view})
        for name, page in PAGES.items()
        if "view" in table(name).rows
        for view in table(name).rows["view"].choices
    }
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUN_ALL, installed],
        input=json.dumps(snippets | views),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert Path(told["file"]).is_relative_to(installed)
    assert told["ours"] == []
    assert all(told["printed"].values())
