"""`docs/licences.md`: the licence of everything that is shipped. `make lock` writes it anew.

The words stand in `licences.md` beside this file; the table comes from what the installed packages
say of themselves.
"""

import re
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "licences.md"


def written() -> str:
    """The document as it should be."""
    rows = [
        f"| {one['Name']} | {Version(one['Version']).public} | {licence_of(one)} |\n"
        for one in sorted(map(metadata, shipped()), key=lambda one: one["Name"].lower())
    ]
    words = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    return words + "| package | version | licence |\n|---|---|---|\n" + "".join(rows)


def shipped() -> list[str]:
    """What the lock names for this machine, and what stands outside it."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = [Requirement(line.rstrip("\\ ")) for line in lines if re.match(r"\w", line)]
    return ["torch", *(one.name for one in locked if not one.marker or one.marker.evaluate())]


def licence_of(package: PackageMetadata) -> str:
    """As the package says it: its expression, its classifiers, or the first line of its text."""
    classifiers = [
        value.rpartition(" :: ")[2]
        for name, value in package.items()
        if name == "Classifier" and value.startswith("License ::")
    ]
    text = (package["License"] or "").strip().splitlines()
    return package["License-Expression"] or " / ".join(classifiers) or text[0]


if __name__ == "__main__":
    DOCUMENT.write_text(written(), encoding="utf-8")
