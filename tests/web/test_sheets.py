"""A stylesheet speaks of its own stage only, so that none has to be switched off."""

import re

import pytest

from live.assets import WEB

FAMILIES = WEB / "families"
SHEETS = {
    path: f".lab-{path.relative_to(FAMILIES).parts[0]}" for path in sorted(FAMILIES.rglob("*.css"))
}
SHEETS[WEB / "home" / "map.css"] = ".lab-home"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IMPORT = re.compile(r"@import [^;]+;")


def outermost(text: str) -> list[str]:
    """What stands before the outermost braces of a sheet."""
    depth, found, start = 0, [], 0
    text = IMPORT.sub("", COMMENT.sub("", text))
    for at, letter in enumerate(text):
        if letter == "{":
            if depth == 0:
                found.append(text[start:at].strip())
            depth += 1
        elif letter == "}":
            depth -= 1
            start = at + 1
    return found


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_sheet_is_nested_under_the_root_of_its_stage(path):
    assert outermost(path.read_text(encoding="utf-8")) == [SHEETS[path]]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_the_root_of_a_sheet_is_no_name_of_a_part(path):
    """A part of another stage that had this name would be dressed as this stage."""
    root = SHEETS[path].removeprefix(".")
    scripts = "\n".join(script.read_text(encoding="utf-8") for script in WEB.rglob("*.js"))
    assert not re.findall(rf"class: [`'\"](?:[\w ]* )?{root}[ '`\"]", scripts)
    sheets = "\n".join(COMMENT.sub("", sheet.read_text(encoding="utf-8")) for sheet in SHEETS)
    own = [sheet for sheet, name in SHEETS.items() if name == SHEETS[path]]
    assert len(re.findall(rf"\.{root}\b(?!-)", sheets)) == len(own)


def test_rules_outside_a_root_are_seen():
    assert outermost("/* a { } */ .a { b { } @media print { c { } } } .d { }") == [".a", ".d"]
