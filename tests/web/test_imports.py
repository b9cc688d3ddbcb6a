"""In the browser imports run one way too: families → stage → parts → core."""

import re
from pathlib import Path

import pytest

from live.assets import WEB
from live.families import EVERY_PAGE
from live.modules import CLAIM, FRAME, HALL, HOME, SEARCH, of_page

MAY_IMPORT = {
    "core": {"core"},
    "parts": {"parts", "core"},
    "stage": {"stage", "parts", "core"},
    "families": {"stage", "parts", "core"},
    "home": {"home", "stage", "parts", "core"},
    "hall": {"hall", "stage", "parts", "core"},
    "search": {"search", "core"},
    "shell": {"shell", "stage", "parts", "core"},
}
"""What each room may import; a family imports its own folder besides."""
FIRST = ("shell/front", "shell/colour_scheme")
ENTRIES = {
    f"{name}.js"
    for name in (*map(of_page, (HOME, *EVERY_PAGE)), FRAME, CLAIM, SEARCH, *HALL, *FIRST)
}
"""The modules that Python names; no other module imports them."""
IMPORT = re.compile(r"""(?:import|export)\s+(?:([\w${},\s*]+?)\s+from\s+)?['"](\.[^'"]+)['"]""")
EXPORT = re.compile(r"export\s+(default|(?:async\s+)?(?:function|class|const|let)\s+(\w+))")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
MODULES = sorted(
    path.relative_to(WEB).as_posix()
    for path in WEB.rglob("*.js")
    if "vendor" not in path.relative_to(WEB).parts
)


def imports(module: str) -> list[tuple[str, set[str]]]:
    """The modules that a module imports, and which of their exports."""
    code = COMMENT.sub("", (WEB / module).read_text(encoding="utf-8"))
    found = []
    for names, address in IMPORT.findall(code):
        path = ((WEB / module).parent / address).resolve()
        wanted = {name.split(" as ")[0].strip() for name in names.strip("{} \n").split(",")}
        found.append((path.relative_to(WEB).as_posix(), wanted - {""}))
    return found


def exports(module: str) -> set[str]:
    code = COMMENT.sub("", (WEB / module).read_text(encoding="utf-8"))
    return {name or "default" for _, name in EXPORT.findall(code)}


def home(module: str) -> str:
    """Where a module lives: a room, or the folder of a family."""
    room, *rest = module.split("/")
    return f"families/{rest[0]}" if room == "families" else room


def test_there_are_modules_in_every_room():
    assert {module.split("/")[0] for module in MODULES} == set(MAY_IMPORT)
    assert set(MODULES) >= ENTRIES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_lies_below_it(module):
    allowed = MAY_IMPORT[module.split("/")[0]] | {home(module)}
    assert not {other for other, _ in imports(module) if home(other) not in allowed}


@pytest.mark.parametrize("module", MODULES)
def test_what_a_module_imports_is_there(module):
    missing = {
        f"{name} of {other}"
        for other, names in imports(module)
        for name in (names if other in MODULES else {"the module"})
        if other not in MODULES or name not in exports(other)
    }
    assert not missing


def test_every_export_has_an_importer():
    used = {
        (other, name) for module in MODULES for other, names in imports(module) for name in names
    }
    offered = {(module, name) for module in MODULES for name in exports(module)}
    entries = {(module, "default") for module in ENTRIES}
    tests = "".join(path.read_text() for path in Path(__file__).parent.rglob("test_*.py"))
    tried = {(path, name) for path, name in offered if re.search(rf"\{{[^}}]*\b{name}\b", tests)}
    assert not offered - used - entries - tried


def test_nothing_imports_in_a_circle():
    below = {module: {other for other, _ in imports(module)} for module in MODULES}
    while free := {module for module, others in below.items() if not others & below.keys()}:
        for module in free:
            del below[module]
    assert not below


def test_a_file_does_not_repeat_its_family():
    repeated = {
        path.relative_to(WEB).as_posix()
        for folder in (WEB / "families").iterdir()
        for path in folder.glob("*.js")
        if {folder.name, folder.name.rstrip("s")} & set(path.stem.split("_"))
    }
    assert not repeated


def test_imports_are_seen(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "WEB", tmp_path)
    (tmp_path / "core").mkdir()
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "one.js").write_text(
        "// import { no } from './no.js';\n"
        "import { first,\n  second as other } from '../core/two.js';\n"
        "export default class One {}\nexport const three = 3;\nexport async function four() {}\n"
    )
    assert imports("parts/one.js") == [("core/two.js", {"first", "second"})]
    assert exports("parts/one.js") == {"default", "three", "four"}
