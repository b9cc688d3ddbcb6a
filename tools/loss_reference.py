"""Write `docs/losses.md`, the reference of the losses, from their docstrings.

    python -m tools.loss_reference

`tools/loss_reference.md` holds the words that are no function's, with places in braces for what is
put in here.
"""

import inspect
import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import losses
from catalog import CATALOG
from losses.modules.docstring import sections
from losses.modules.form import class_name, data_of, is_loss, options_of
from tools.coming_from_torch import TORCH

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs/losses.md"
TEMPLATE = Path(__file__).with_suffix(".md")
COMMAND = "python -m tools.loss_reference"
HEADINGS = {
    "regression": "Regression",
    "boxes": "Boxes",
    "binary": "Yes or no",
    "classification": "One of K classes",
    "information": "Distributions",
    "segmentation": "Masks",
    "embeddings": "Embeddings",
    "distances": "Distances, norms and penalties",
}
"""The order of the tables, and what stands above each; a family that is not named here stands at
the end, with its own name."""
RANGE = re.compile(r"\bin ([\[(][^\])]*[\])])|([≥>] 0)|^(0 or 1)")
MARK = "\\term{"
START = """import torch
import losses

prediction = torch.tensor([[10.0, 10.0, 50.0, 60.0]], requires_grad=True)
target = torch.tensor([[12.0, 8.0, 55.0, 58.0]])
losses.giou_loss(prediction, target).backward()

criterion = losses.GIoULoss(reduction="sum")
criterion(prediction, target).backward()"""
PER_SAMPLE = """import torch
import losses


def loss(prediction, target):
    return losses.huber_loss(prediction, target, delta=2.0)


prediction, target = torch.randn(8, 3), torch.randn(8, 3)
per_sample = torch.func.vmap(torch.func.grad(loss))(prediction, target)  # (8, 3)"""

Function = Callable[..., Any]


def functions(family: str) -> list[Function]:
    """The public functions of a family that are losses, by name."""
    public = (getattr(losses, name) for name in sorted(losses.__all__))
    return [one for one in public if is_loss(one) and _family(one) == family]


def families() -> list[str]:
    """The packages of `losses` that have one, in the order of their tables."""
    found = dict.fromkeys(_family(getattr(losses, name)) for name in CATALOG)
    return [*HEADINGS | found]


def helpers() -> list[Function]:
    """The public functions that are no losses."""
    public = (getattr(losses, name) for name in sorted(losses.__all__))
    return [one for one in public if not inspect.isclass(one) and not is_loss(one)]


def _family(function: Function) -> str:
    return inspect.unwrap(function).__module__.split(".")[1]


def _parts(function: Function) -> dict[str, str]:
    return sections(inspect.getdoc(function) or "")


def _said(text: str) -> str:
    """In one line, with the bars that would end a cell of a table kept from it."""
    return " ".join(text.split()).replace("|", r"\|")


def formula(function: Function) -> str:
    """That of the catalog, or else the docstring's summary and the first sentence after it."""
    if function.__name__ in CATALOG:
        return f"$`{_said(_without_marks(CATALOG[function.__name__].formula))}`$"
    summary, _, meaning = _parts(function)[""].replace("\n", " ").partition("  ")
    return _said(f"{summary} {re.split(r'(?<=[.]) ', meaning.strip())[0]}")


def _without_marks(tex: str) -> str:
    """The formula without the colours of its terms: of `\\term{name}{…}` the `…`."""
    while (start := tex.find(MARK)) >= 0:
        opened = tex.index("}{", start) + 2
        depth, end = 1, opened
        while depth:
            depth += {"{": 1, "}": -1}.get(tex[end], 0)
            end += 1
        tex = tex[:start] + tex[opened : end - 1] + tex[end:]
    return tex


def value_range(function: Function) -> str:
    """Where the values lie, as the docstring says it."""
    parts = _parts(function)
    for text in (parts[""].partition("\n")[0], parts["Returns"].strip()):
        if found := RANGE.search(text):
            return next(group for group in found.groups() if group)
    return "any number"


def options(function: Function) -> str:
    """With their defaults, without those that all losses take."""
    own = {name: one for name, one in options_of(function).items() if name != "reduction"}
    shown = [
        name if one.default is one.empty else f"{name}={_short(one.default)}"
        for name, one in own.items()
    ]
    return ", ".join(f"`{text}`" for text in shown)


def _short(default: object) -> str:
    return f"{default:.4g}" if isinstance(default, float) else repr(default)


def _inputs(function: Function) -> str:
    return ", ".join(data_of(function))


def _rows(head: str, rows: Iterable[Iterable[str]]) -> str:
    columns = head.count("|") - 1
    lines = [head, "|" + "---|" * columns, *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)


def _table(family: str) -> str:
    rows = [
        (
            f"`{one.__name__}({_inputs(one)})`, `{class_name(one)}`",
            formula(one),
            options(one),
            value_range(one),
            _said(_parts(one)["Source"]),
        )
        for one in functions(family)
    ]
    head = "| function, class | formula, or what it is | options | range | source |"
    return f"### {HEADINGS.get(family, family.capitalize())}\n\n{_rows(head, rows)}"


def _helpers() -> str:
    rows = [(f"`{one.__name__}`", _said(_parts(one)[""].partition("\n")[0])) for one in helpers()]
    return _rows("| function | what it does |", rows)


def _from_torch() -> str:
    rows = [
        (
            f"`{one.theirs}`",
            f"`{one.ours}`",
            _said(one.differs),
        )
        for one in TORCH
    ]
    return _rows("| torch.nn.functional | here | what differs |", rows)


def text() -> str:
    """What the file must hold."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return TEMPLATE.read_text("utf-8").format(
        command=COMMAND,
        python=project["requires-python"].removeprefix(">="),
        torch=project["dependencies"][0].partition(">=")[2],
        start=START,
        tables="\n\n".join(_table(family) for family in families()),
        helpers=_helpers(),
        from_torch=_from_torch(),
        per_sample=PER_SAMPLE,
    )


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
