"""Where what a reader takes away comes from: version, licence, and whose photograph it shows."""

import re
import tomllib
from functools import cache
from pathlib import Path

from live.assets import IMAGES, ROOT
from live.families import EVERY_PAGE


@cache
def about(name: str) -> dict[str, str]:
    """Version and licence of the project, and, if the page has a photograph, its credit."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = {"version": project["version"], "licence": project["license"]}
    photo = EVERY_PAGE[name].extras().get("photo")
    return told | ({"credit": credit_of(Path(photo).name)} if photo else {})


def credit_of(picture: str) -> str:
    """The first point of a picture's section in content/images/CREDITS.md, as plain text.

    Raises:
        ValueError: no section is about the picture.
    """
    credits = (IMAGES / "CREDITS.md").read_text(encoding="utf-8")
    for section in credits.split("\n## ")[1:]:
        heading, _, text = section.partition("\n")
        point = re.search(r"^- (.*?)(?=\n- |\n\n)", text, re.MULTILINE | re.DOTALL)
        if picture in heading and point:
            return " ".join(re.sub(r"[*`<>]", "", point[1]).split())
    raise ValueError(f"content/images/CREDITS.md has no section with a point about {picture!r}")
