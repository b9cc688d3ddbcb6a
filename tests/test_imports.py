"""Imports run one way: pages → live → experiments → catalog → losses, and one way inside live.

Inside `live`: words, assets, disk_cache ← tape, state ← families ← documents ← ui; the server
stands beside families, documents and ui, the room beside documents, and none imports either.
"""

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
GROUND = ("assets", "disk_cache", "words")
LIVE_MAY_IMPORT = {
    **{room: set() for room in GROUND},
    "modules": {"assets"},
    "tape": {*GROUND},
    "state": {*GROUND},
    "families": {*GROUND, "tape", "state"},
    "documents": {*GROUND, "modules", "tape", "state", "families"},
    "ui": {*GROUND, "modules", "state", "families", "documents"},
    "room": {*GROUND, "state", "families"},
    "server": {"assets", "modules", "state", "words"},
}
"""What each room of `live` may import beside itself. `launch` and `warm_up`, which nobody imports,
may import all."""
NOT_IN_EXPERIMENTS = {
    *("page", "pages", "state", "states", "view", "views", "handed", "brush", "slider", "sliders"),
}
FORBIDDEN_TO_LOSSES = {"streamlit", "plotly"}


def modules(room: str) -> list[Path]:
    path = ROOT / room
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """The full name of everything that a module imports, wherever it does so."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots"
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def imported(path: Path) -> set[str]:
    """The first part of each of these names."""
    return {name.partition(".")[0] for name in imports(path)}


def name_of(path: Path) -> str:
    """`live.tape.record`; a package goes by its own name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def graph() -> dict[str, set[str]]:
    """Every module of `live`, and the modules of `live` that it imports."""
    known = {name_of(path): path for path in modules("live")}

    def module(name: str) -> str:
        return name if name in known else name.rpartition(".")[0]

    return {
        name: {module(other) for other in imports(path)} & known.keys()
        for name, path in known.items()
    }


def room_of(module: str) -> str:
    """`tape` for `live.tape.record`."""
    return f"{module}.".split(".")[1]


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


def test_every_room_of_live_is_known():
    assert {room_of(name) for name in graph()} - {"", "launch", "warm_up"} == set(LIVE_MAY_IMPORT)


@pytest.mark.parametrize("room", LIVE_MAY_IMPORT)
def test_a_room_of_live_imports_only_what_lies_below_it(room):
    wrong = {
        name: sorted(upwards)
        for name, others in graph().items()
        if room_of(name) == room
        and (upwards := {o for o in others if room_of(o) not in {"", room, *LIVE_MAY_IMPORT[room]}})
    }
    assert not wrong


def test_no_family_imports_another():
    """They share what stands beside their packages in `live/families`."""
    families = {path.parent.name for path in (ROOT / "live" / "families").glob("*/__init__.py")}
    wrong = {}
    for name, others in graph().items():
        own = name.split(".")[2:3]
        inside = {other for other in others if other.startswith("live.families.")}
        theirs = {other for other in inside if other.split(".")[2] in families}
        if own and own[0] in families and {o.split(".")[2] for o in theirs} - set(own):
            wrong[name] = sorted(theirs)
    assert not wrong


def test_nothing_in_live_imports_itself_by_a_detour():
    left = graph()
    while free := {name for name, others in left.items() if not others}:
        left = {name: others - free for name, others in left.items() if name not in free}
    assert not left, "these stand in a circle or above one"


def test_experiments_know_no_page():
    """No name, parameter or sentence there is about what a screen shows or a visitor sets."""
    wrong = {}
    for path in modules("experiments"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            text
            for node in ast.walk(tree)
            for field in ("id", "arg", "attr", "name")
            if isinstance(text := getattr(node, field, None), str)
        }
        words = {word for name in names for word in name.lower().split("_")}
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
        text = " ".join(
            ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, documented)
        )
        said = {word.strip(".,;:()`") for word in text.lower().split()}
        if found := (words | said) & NOT_IN_EXPERIMENTS:
            wrong[name_of(path)] = sorted(found)
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
