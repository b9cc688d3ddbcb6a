"""Streamlit's own scripts in one file, as long as they are the ones that it was made from."""

import json
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from live.assets import KATEX
from live.server import platform
from tools.icon_font import icons_named, ligatures

ROOT = Path(__file__).parents[3]
MANIFEST = json.loads((platform.PACKED / "manifest.json").read_text())
INDEX = platform.INDEX.read_text(encoding="utf-8")


@pytest.fixture
def fresh():
    kept = (platform.packed, platform.brings_formula_sheet)
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()


def test_what_is_packed_was_made_from_the_installed_streamlit():
    assert platform.packed() == MANIFEST, "run make bundles"


def test_the_index_page_asks_for_the_one_file():
    html = platform.with_packed_scripts(INDEX)
    scripts = re.findall(r'(?:src|href)="\./([^"]+\.js)"', html)
    assert scripts == [f"{platform.platform_root()}/{MANIFEST['entry']}"]
    assert "./static/" not in html


@pytest.mark.parametrize("change", ["content", "missing"])
def test_another_streamlit_is_served_as_it_is(tmp_path, monkeypatch, fresh, change):
    for name in MANIFEST["taken"]:
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes((platform.INSTALLED / name).read_bytes())
    monkeypatch.setattr(platform, "INSTALLED", tmp_path)
    assert platform.packed() is not None
    platform.packed.cache_clear()
    if change == "content":
        target.write_bytes(target.read_bytes() + b" ")
    else:
        target.unlink()
    assert platform.packed() is None
    assert platform.with_packed_scripts(INDEX) == INDEX


def test_a_page_is_told_that_it_has_the_sheet_of_our_formulas():
    """Else the same faces come from two addresses, whenever Streamlit sets a formula first."""
    assert platform.brings_formula_sheet(), "Streamlit has another KaTeX: vendor the same"
    html = platform.with_formula_sheet(INDEX)
    (sheet,) = re.findall(r'<link rel="stylesheet"[^>]*>', html)
    assert f'data-path="{KATEX}.css"' in sheet


def test_another_katex_is_not_taken_for_ours(tmp_path, monkeypatch, fresh):
    (name,) = re.findall(platform.STYLESHEET, INDEX)
    sheet = (platform.INSTALLED / "css" / name).read_text(encoding="utf-8")
    (version,) = platform.KATEX_VERSION.findall(sheet)
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / name).write_text(sheet.replace(version, "0.1.2"), encoding="utf-8")
    monkeypatch.setattr(platform, "INSTALLED", tmp_path)
    assert not platform.brings_formula_sheet()
    assert platform.with_formula_sheet(INDEX) == INDEX


def test_a_script_that_is_taken_leads_to_the_one_file():
    """The scripts that are not must find the same objects, not copies of them."""
    for path in (platform.PACKED / "js").glob("*.js"):
        if path.name != Path(MANIFEST["entry"]).name:
            assert f"js/{path.name}" in MANIFEST["taken"]
            exports = re.fullmatch(r'export\{[\w$, ]+\}from"\./(\w+\.js)";\s*', path.read_text())
            assert exports[1] == Path(MANIFEST["entry"]).name


def test_every_icon_that_is_shown_is_in_the_font():
    """Streamlit's, and those that our own code or words name."""
    ours = {
        icon
        for folder in ("live", "pages", "content")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".toml")
        for icon in re.findall(r":material/([a-z0-9_]+)", path.read_text(encoding="utf-8"))
    }
    wanted = icons_named(platform.INSTALLED / "js") | ours
    assert {*MANIFEST["icons"]} == wanted
    whole, packed = (
        TTFont(next((folder / "media").glob("MaterialSymbols-Rounded.*.woff2")))
        for folder in (platform.INSTALLED, platform.PACKED)
    )
    known, kept = ligatures(whole), ligatures(packed)
    assert wanted & known.keys() <= kept.keys()
    for name in wanted & known.keys():
        first, second = (
            (font["hmtx"][glyphs[name]], font["glyf"][glyphs[name]].getCoordinates(font["glyf"])[0])
            for font, glyphs in ((whole, known), (packed, kept))
        )
        assert first == second, name
