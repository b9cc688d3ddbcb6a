"""Imports run one way: pages → live → experiments → catalog → losses."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("app", "pages", "live", "experiments", "catalog", "losses", "tests", "benchmarks", "tools")
MAY_IMPORT = {
    "losses": {"losses"},
    "catalog": {"catalog", "losses"},
    "experiments": {"experiments", "catalog", "losses"},
    "live": {"live", "experiments", "catalog", "losses"},
    "pages": {"pages", "live", "experiments", "catalog", "losses"},
    "app.py": {"live"},
}
FORBIDDEN_TO_LOSSES = {"streamlit", "plotly"}


def modules(room: str) -> list[Path]:
    path = ROOT / room
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The first part of the name of everything that a module imports, wherever it does so."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module.partition(".")[0])
        elif isinstance(node, ast.ImportFrom):
            names.add(path.relative_to(ROOT).parts[0])
    return names


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_lies_below_it(room):
    found = modules(room)
    assert found, f"{room} holds no Python"
    wrong = {
        str(path.relative_to(ROOT)): sorted(upwards)
        for path in found
        if (upwards := imported(path) & set(ROOMS) - MAY_IMPORT[room])
    }
    assert not wrong


def test_losses_know_nothing_of_the_screen():
    wrong = {
        str(path.relative_to(ROOT)): sorted(screens)
        for path in [*modules("losses"), *modules("catalog")]
        if (screens := imported(path) & FORBIDDEN_TO_LOSSES)
    }
    assert not wrong


def test_content_holds_no_code():
    assert not [path.name for path in (ROOT / "content").rglob("*.py")]


def test_imports_inside_functions_are_seen(tmp_path):
    module = tmp_path / "module.py"
    module.write_text("def late():\n    import live.server\n    from plotly import graph_objects\n")
    assert imported(module) == {"live", "plotly"}
