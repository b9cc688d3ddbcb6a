"""A range or a list of choices stands in a row of the state table, and nowhere in JavaScript."""

import re

import pytest

from live.assets import WEB
from live.families import EVERY_PAGE
from live.families.page_tables import table

MODULES = [path for path in WEB.rglob("*.js") if "vendor" not in path.parts]
RANGE = re.compile(r"\brates?: ?\[|\b(?:low|high): ?-?[\d.]")
LIST = re.compile(r"\[((?:\s*'[\w.]+',?)+\s*)\]")


def test_the_modules_are_found():
    assert len(MODULES) > 60


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_no_range_is_typed(path):
    assert RANGE.findall(path.read_text()) == []


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_no_list_of_choices_is_typed(name):
    """Nor one without its first or last choice: "none" is often left out. Names of rows that
    happen to be choices as well are names of rows."""
    rows = table(name).rows
    choices = {
        frozenset(part)
        for row in rows.values()
        for some in [getattr(row, "choices", ())]
        for part in (some, some[1:], some[:-1])
        if len(part) > 1
    }
    for path in (WEB / "families" / name).glob("*.js"):
        for found in LIST.findall(path.read_text()):
            listed = frozenset(re.findall(r"'([\w.]+)'", found))
            assert listed not in choices or listed <= rows.keys(), f"{path.name}: {sorted(listed)}"
