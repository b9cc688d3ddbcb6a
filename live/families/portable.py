"""The same program in other words: with code that stands on its own, or as a class of Keras.

A page's snippet imports its losses from this project. Here the definitions that `tools.portable`
made of their source take the place of that import, and calls become those of the classes.
"""

import ast
import re
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from catalog import CATALOG, Loss
from experiments.mining import MINING
from losses.modules.form import class_name

FOLDER = Path(__file__).parents[2] / "content" / "code"
OURS = re.compile(r"^from losses(?:\.\w+)* import (.+)\n", re.MULTILINE)
IMPORT = re.compile(r"^(?:import|from) .+\n", re.MULTILINE)
BACKEND = """\
import os

os.environ["KERAS_BACKEND"] = "torch"  # what is printed below; the class runs on every backend

"""
PER_ELEMENT = ("regression", "classification")
MINED = {
    mined.__name__: replace(CATALOG["triplet_loss"], id=mined.__name__, function=mined)
    for mined in MINING.values()
}
"""The triplet loss of a batch from which its triplets are mined: the same settings, other data."""
CALLED: dict[str, Loss] = {**CATALOG, **MINED}
"""The losses that a page's program may call, by the name of the function."""


@cache
def definitions(kind: str, name: str) -> str | None:
    """The file of one function; None where there is none."""
    path = FOLDER / kind / f"{name}.txt"
    return path.read_text(encoding="utf-8") if path.exists() else None


def torch_program(snippet: str) -> str:
    """The program with a function and a module in place of what it imports from `losses`."""
    return _joined("torch", snippet, "") or snippet


def keras_program(snippet: str) -> str | None:
    """The program with a class of Keras; None where one of its functions has none."""
    return _joined("keras", snippet, BACKEND)


def _joined(kind: str, snippet: str, head: str) -> str | None:
    files = [definitions(kind, name) for name in imported(snippet)]
    if not files or not all(files):
        return None
    texts = [text for text in files if text]
    made = list(dict.fromkeys(text.split("\n", 1)[0] for text in texts))
    rest = OURS.sub("", snippet)
    lines = dict.fromkeys(line for text in [*texts, rest] for line in IMPORT.findall(text))
    own = sorted(line for line in lines if re.match(r"import math|from (collections|types) ", line))
    others = sorted(line for line in lines if line not in own)
    pieces: dict[str, None] = {}
    for text in texts:
        body = IMPORT.sub("", text.split("\n", 1)[1]).strip()
        pieces |= dict.fromkeys(piece.strip() for piece in body.split("\n\n\n"))
    program = with_calls(IMPORT.sub("", rest).strip(), CALLED, partial(_call, kind))
    start = head + "".join(own) + "\n" * bool(own) + "".join(others)
    return "\n".join(made) + "\n\n" + start + "\n\n" + "\n\n\n".join([*pieces, program]) + "\n"


def imported(snippet: str) -> list[str]:
    """What a snippet has from this project, by name."""
    return [name for line in OURS.findall(snippet) for name in line.split(", ")]


def with_calls(program: str, names: Collection[str], write: Callable[[ast.Call], str]) -> str:
    """The program with each call of one of the names written anew, those within a call first."""
    while True:
        calls = [
            node
            for node in ast.walk(ast.parse(program))
            if isinstance(node, ast.Call) and name_of(node) in names
        ]
        if not calls:
            return program
        last = max(calls, key=lambda node: (node.lineno, node.col_offset))
        program = _replaced(program, last, ast.get_source_segment(program, last) or "", write(last))


def name_of(call: ast.Call) -> str:
    """The name that is called; "" for a method or a module's function."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _replaced(program: str, call: ast.Call, source: str, new: str) -> str:
    lines = program.splitlines(keepends=True)
    before = "".join(lines[: call.lineno - 1])
    line = lines[call.lineno - 1].encode()[: call.col_offset].decode()
    start = len(before) + len(line)
    return program[:start] + new + program[start + len(source) :]


def _call(kind: str, call: ast.Call) -> str:
    loss = CALLED[name_of(call)]
    data, options = dict(zip(loss.arguments, map(ast.unparse, call.args), strict=False)), []
    for keyword in call.keywords:
        text = ast.unparse(keyword.value)
        if keyword.arg in loss.arguments:
            data[str(keyword.arg)] = text
        elif not (kind == "keras" and keyword.arg == "reduction" and text == "'mean'"):
            options.append(f"{keyword.arg}={text}".replace("'", '"'))
    name = class_name(loss.function)
    if kind == "torch":
        return f"{name}({', '.join(options)})({', '.join(data.values())})"
    options.append('dtype="float64"')
    return f"{name}({', '.join(options)})({', '.join(_of_keras(loss, list(data.values())))})"


def _of_keras(loss: Loss, data: list[str]) -> list[str]:
    match loss.arguments:
        case (_, _, "similar"):
            first, second, similar = data
            return [similar, f"torch.stack(torch.broadcast_tensors({first}, {second}), -2)"]
        case ("anchor", *_):
            anchor = data[0]
            return [f"torch.zeros_like({anchor}[..., 0])", f"torch.stack([{', '.join(data)}], -2)"]
        case ("truth", "model"):
            return data
        case (_, "target") if loss.family in PER_ELEMENT:
            return [f"({data[1]})[..., None]", f"({data[0]})[..., None]"]
    return [data[1], data[0]]
