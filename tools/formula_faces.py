"""Cut KaTeX's faces down to what formulas are written with, for the pages that bring them along."""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from live.documents.formula_sheet import FACES, WHOLE, face_file

LETTERS = (
    "".join(map(chr, (*range(0x20, 0x7F), *range(0x391, 0x3D7), 0x3F1, 0x3F5)))
    + "−±×⋅∑∏∫√∂∇∞∈∩∪∖≤≥≠≈∼≡∝≪≫→←⇒∣∥⟨⟩⌈⌉⌊⌋⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎨⎩⎪⎫⎬⎭…⋯′ℓ⊤⊥ˆ˜ˉ\u00a0\u200b\ue020"
)
"""Latin, Greek, and the signs that a formula of a loss may need (KaTeX strikes out by U+E020, as in
≠); a test finds what is missing."""


def keep_letters(folder: Path) -> None:
    """Write the faces into a folder with these letters only, and without the hints, a quarter of
    them, that sharpen letters where a screen does not smooth them."""
    folder.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        font = TTFont(WHOLE / face_file(face), recalcTimestamp=False)
        subsetter = Subsetter(Options(layout_features=["*"], hinting=False))
        subsetter.populate(text=LETTERS)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(folder / face_file(face))
