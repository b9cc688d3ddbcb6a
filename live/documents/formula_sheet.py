"""What sets formulas on a page that stands beside our files, or is whole in itself: KaTeX, its
stylesheet with the faces in it."""

import re
from functools import cache

from markupsafe import Markup

from live.assets import KATEX, ROOT, WEB, data_address, publish, web_root

WHOLE = WEB / "vendor" / "katex" / "fonts"
CUT = ROOT / "live" / "bundles" / "formulas"
"""The faces with the letters that formulas use (`tools/formula_faces.py`)."""
FACES = ("Main-Regular", "Math-Italic", "Size1-Regular", "Size2-Regular", "Size3-Regular",
         "Size4-Regular")  # fmt: skip
"""The faces that formulas use: small enough to come with the sheet (a test looks for others)."""
FACE = re.compile(r"@font-face\{[^}]*fonts/KaTeX_([\w-]+)\.woff2[^}]*\}")


def formula_setter() -> tuple[Markup, Markup]:
    """KaTeX by its addresses: its stylesheet, and its script."""
    sheet = Markup('<link rel="stylesheet" href="{}" data-path="{}.css">')
    script = Markup('<script defer src="{0}/{1}.js" data-path="{1}.js"></script>')
    return sheet.format(publish_formula_sheet(), KATEX), script.format(web_root(), KATEX)


@cache
def publish_formula_sheet() -> str:
    """Publish KaTeX's stylesheet; its address."""
    return publish("katex", formula_sheet(), "css")


@cache
def formula_sheet() -> str:
    """KaTeX's stylesheet with the faces that formulas use in it, and without the others."""

    def face(found: re.Match[str]) -> str:
        if found[1] not in FACES:
            return ""
        file = face_file(found[1])
        return found[0].replace(f"fonts/{file}", data_address(CUT / file, "font/woff2"))

    return FACE.sub(face, (WEB / f"{KATEX}.css").read_text(encoding="utf-8"))


def face_file(face: str) -> str:
    """The file of a face, in either folder."""
    return f"KaTeX_{face}.woff2"
