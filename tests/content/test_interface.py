"""The interface's words: somebody reads every one of them."""

import re
from pathlib import Path

import live
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.words.text import interface

LIVE = Path(live.__file__).parent
ROOMS = (LIVE, LIVE.parent / "tools")
WRITTEN_IN_PYTHON = re.compile(r"""["'](\w+)["']""")
WRITTEN_IN_JAVASCRIPT = re.compile(r"""'(\w+)'|\.(\w+)|\b(\w+):""")
WRITTEN_IN_A_TEMPLATE = re.compile(r"\bwords\.(\w+)")
BEGINNING = re.compile(r"""["'`](\w+_)\$?\{""")
END = re.compile(r"""\}(_\w+)["'`]""")


def sources(pattern: str) -> list[str]:
    paths = [path for room in ROOMS for path in room.rglob(pattern) if "vendor" not in path.parts]
    return [path.read_text(encoding="utf-8") for path in paths]


def test_every_key_has_a_reader():
    """A key is written out in the code, or put together of a fixed part and a name
    (`area_${name}`), or it names a choice of a row (`arrangement_cloud`)."""
    python, javascript = sources("*.py"), sources("*.js")
    names = {name for text in python for name in WRITTEN_IN_PYTHON.findall(text)}
    names |= {name for text in sources("*.html") for name in WRITTEN_IN_A_TEMPLATE.findall(text)}
    names |= {
        name
        for text in javascript
        for groups in WRITTEN_IN_JAVASCRIPT.findall(text)
        for name in groups
    }
    rows = [row for page in EVERY_PAGE for row in table(page).rows.values()]
    names |= {
        f"{row.name.rpartition('.')[2]}_{choice}"
        for row in rows
        for choice in getattr(row, "choices", ())
    }
    beginnings = tuple({part for text in python + javascript for part in BEGINNING.findall(text)})
    ends = tuple({part for text in python + javascript for part in END.findall(text)})
    unread = [
        key
        for key in interface("en")
        if key not in names and not key.startswith(beginnings) and not key.endswith(ends)
    ]
    assert not unread
