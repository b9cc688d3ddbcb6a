"""`python -m tools.portable`: write the code that stands on its own anew, from `losses`."""

import subprocess
import sys
from pathlib import Path

from live.families.portable import FOLDER
from tools.portable.code import FUNCTIONS, MAKERS


def write_all(into: Path) -> None:
    """Write every file as ruff formats it, and remove those that no loss needs any more."""
    made = {(kind, name): _made(kind, name) for kind in MAKERS for name in FUNCTIONS}
    for kind in MAKERS:
        folder = into / kind
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.txt"):
            path.unlink()
    for (kind, name), code in made.items():
        if code:
            (into / kind / f"{name}.txt").write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--quiet", "--no-cache", "--isolated"]
    subprocess.run([*command, "--extension=txt:python", *into.glob("*/*.txt")], check=True)


def _made(kind: str, name: str) -> str | None:
    try:
        return MAKERS[kind](name)
    except Exception as error:
        error.add_note(f"The code of {name} cannot be written as {kind}; nothing was changed.")
        raise


if __name__ == "__main__":
    write_all(FOLDER)
