"""Cut Streamlit's icon font, 4,052 glyphs in 375 kB, down to the icons that are shown."""

import re
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont


def icons_named(scripts: Path) -> set[str]:
    """The icons that Streamlit's own scripts show, by name."""
    texts = (path.read_text(encoding="utf-8") for path in scripts.glob("*.js"))
    return {name for text in texts for name in re.findall(r":material/([a-z0-9_]+)", text)}


def ligatures(font: TTFont) -> dict[str, str]:
    """The glyph that stands for each icon's name: the letters of a name become one glyph."""
    letter = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    return {
        "".join(letter[glyph] for glyph in (first, *ligature.Component)): ligature.LigGlyph
        for lookup in font["GSUB"].table.LookupList.Lookup
        for table in lookup.SubTable
        for first, found in getattr(table, "ExtSubTable", table).ligatures.items()
        for ligature in found
    }


def keep_icons(source: Path, target: Path, names: set[str]) -> None:
    """Write the font with these icons only, and with the letters that spell their names."""
    font = TTFont(source, recalcTimestamp=False)  # the same font again makes the same file
    known, letters = ligatures(font), font.getBestCmap()
    glyphs = {letters[ord(letter)] for name in names for letter in name}
    # Without the closure: the letters alone spell every icon of the font.
    subsetter = Subsetter(Options(layout_closure=False, layout_features=["*"], name_IDs=["*"]))
    subsetter.populate(glyphs=glyphs | {known[name] for name in names & known.keys()})
    subsetter.subset(font)
    font.flavor = "woff2"
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
