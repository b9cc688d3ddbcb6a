"""`python -m tools.portable`: write the code that stands on its own anew, from `losses`."""

from pathlib import Path

from tools.portable.code import FUNCTIONS, MAKERS

FOLDER = Path(__file__).parents[2] / "content" / "code"


def main() -> None:
    """Write every file, and remove those that no loss needs any more."""
    for kind, make in MAKERS.items():
        folder = FOLDER / kind
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.txt"):
            path.unlink()
        for name in FUNCTIONS:
            if code := make(name):
                (folder / f"{name}.txt").write_text(code, encoding="utf-8")


if __name__ == "__main__":
    main()
