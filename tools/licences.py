"""`docs/licences.md`: the licence of everything that is shipped. `make lock` writes it anew.

The words stand in `licences.md` beside this file; the table comes from what the installed packages
say of themselves.
"""

from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

from packaging.version import Version

from tools.locked import asked

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "licences.md"


def written() -> str:
    """The document as it should be."""
    shipped = {"torch", *asked("requirements.lock")}  # torch stands outside the lock
    rows = [
        f"| {one['Name']} | {Version(one['Version']).public} | {licence_of(one)} |\n"
        for one in sorted(map(metadata, shipped), key=lambda one: one["Name"].lower())
    ]
    words = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    return words + "| package | version | licence |\n|---|---|---|\n" + "".join(rows)


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
