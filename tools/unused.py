"""Names in Python that nobody uses: vulture, told about the uses that are not Python.

A claim in `content` names its evidence, and the browser reads the fields of a document.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (
    "benchmarks",
    "catalog",
    "experiments",
    "live",
    "losses",
    "pages",
    "tests",
    "tools",
)
CALLED_BY_NAME = (
    "msg",  # of a log record
    "server_max_window_bits",  # of a websocket
    "_aten_*",  # live/tape/recorder.py looks them up by the operation's name
    "light",  # one of them is picked by the name of the scheme, in JavaScript
    "dark",
    "sparse_grad",  # a keyword that torch's own `gather` has
    "__signature__",  # read by `inspect`
    "should_exit",  # read by uvicorn
    "get_directories",  # called by Starlette
    "do_GET",  # called by http.server
    "log_message",
    "page_name",  # of a message to Streamlit
    "decorator_list",  # of a syntax tree
    "returns",
    "extra_repr",  # called by the repr of torch's modules
    "flavor",  # read by fontTools
    "pytest*",
    "prec",  # read by mpmath
    "generate_vmap_rule",  # read by torch.autograd.Function
    "setup_context",  # called by it
    "do_GET",  # called by http.server
    "log_message",
    "server_max_window_bits",  # read by websockets
    "page_name",  # a field of Streamlit's messages
)
EVIDENCE = re.compile(r'^evidence = "(\w+)"', re.MULTILINE)


def used_elsewhere() -> set[str]:
    """The names of evidence in claims, and those of fields in the browser's modules."""
    names: set[str] = set()
    for path in (ROOT / "content").rglob("*.toml"):
        names.update(EVIDENCE.findall(path.read_text(encoding="utf-8")))
    for path in (ROOT / "live/web").rglob("*.js"):
        if "vendor" not in path.parts:
            names.update(re.findall(r"\.(\w+)", path.read_text(encoding="utf-8")))
    return names


def unused() -> Iterator[str]:
    """Place and name of everything that is defined and never used."""
    vulture = Vulture(ignore_names=CALLED_BY_NAME, ignore_decorators=("@pytest.fixture*",))
    vulture.scavenge([str(ROOT / folder) for folder in FOLDERS] + [str(ROOT / "app.py")])
    vulture.used_names.update(used_elsewhere())
    for item in vulture.get_unused_code(min_confidence=60):
        place = item.filename.relative_to(ROOT)
        yield f"{place}:{item.first_lineno}: unused {item.typ} {item.name!r}"


if __name__ == "__main__":
    found = list(unused())
    print(*found, sep="\n")
    sys.exit(bool(found))
