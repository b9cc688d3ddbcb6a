"""What `live.assets` says of the files that the server serves."""

import re

from live.assets import WEB, stylesheet


def test_the_sheet_of_every_stage_holds_each_of_its_parts_once():
    whole = stylesheet("stage/stage.css")
    parts = sorted((WEB / "stage" / "styles").glob("*.css"))
    assert parts
    assert [whole.count(part.read_text(encoding="utf-8")) for part in parts] == [1] * len(parts)
    assert "@import" not in whole


def test_no_other_sheet_imports_one():
    """The server puts parts into that one sheet only: others would cost a request for each."""
    importing = {
        path.relative_to(WEB).as_posix()
        for path in WEB.rglob("*.css")
        if re.search(r"^@import", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert importing == {"stage/stage.css"}
