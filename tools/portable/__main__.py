"""`python -m tools.portable`: write the code that stands on its own anew, from `losses`."""

import subprocess
import sys
from pathlib import Path

from live.families.portable import FOLDER
from tools.portable.code import FUNCTIONS, MAKERS


def write_all(into: Path) -> None:
    """Write every file as ruff formats it, and remove those that no loss needs any more."""
    for kind, make in MAKERS.items():
        folder = into / kind
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.txt"):
            path.unlink()
        for name in FUNCTIONS:
            if code := make(name):
                (folder / f"{name}.txt").write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--quiet", "--no-cache", "--isolated"]
    subprocess.run([*command, "--extension=txt:python", *into.glob("*/*.txt")], check=True)


if __name__ == "__main__":
    write_all(FOLDER)
