"""What is not ours is as its makers published it, and VENDORED.md says so."""

import hashlib
import re

from live.assets import WEB

VENDOR = WEB / "vendor"
SAID = (VENDOR / "VENDORED.md").read_text(encoding="utf-8")


def test_every_file_is_listed_with_its_hash():
    listed = {
        path: digest
        for digest, path in re.findall(r"^    ([0-9a-f]{64})  (\S+)$", SAID, re.MULTILINE)
    }
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.parent != VENDOR
    }
    assert found == listed


def test_the_version_is_the_one_that_is_here():
    (said,) = set(re.findall(r"^## KaTeX (\S+)$", SAID, re.MULTILINE))
    script = (VENDOR / "katex" / "katex.min.js").read_text(encoding="utf-8")
    assert f'version:"{said}"' in script


def test_the_stylesheet_asks_for_no_font_that_is_missing():
    sheet = (VENDOR / "katex" / "katex.min.css").read_text(encoding="utf-8")
    asked = set(re.findall(r"url\(([^)]+)\)", sheet))
    assert asked == {f"fonts/{path.name}" for path in (VENDOR / "katex" / "fonts").iterdir()}
