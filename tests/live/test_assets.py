"""What `live.assets` says of the files that the server serves."""

import pytest

from live.assets import WEB, stylesheet

IMPORTING = [path for path in WEB.rglob("*.css") if "@import" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", IMPORTING, ids=lambda path: path.stem)
def test_a_sheet_of_parts_holds_each_of_them_once(path):
    whole = stylesheet(path.relative_to(WEB).as_posix())
    parts = sorted((path.parent / "styles").glob("*.css"))
    assert parts
    assert [whole.count(part.read_text(encoding="utf-8")) for part in parts] == [1] * len(parts)
    assert "@import" not in whole


def test_every_part_is_imported_by_the_sheet_above_it():
    assert {path.parent for path in IMPORTING} == {path.parent for path in WEB.rglob("styles")}
