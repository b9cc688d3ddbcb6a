"""The same program with the functions that torch and torchvision have themselves.

Which call of theirs is which loss of ours, and what differs, stands in `content/built_in.toml`.
"""

import ast
import re
from collections.abc import Mapping
from typing import Any

from catalog import CATALOG
from live.families.portable import IMPORT, OURS, imported, name_of, with_calls
from live.words.text import load

HEADS = {
    "math": "import math\n",
    "torch": "import torch",
    "functional": "from torch.nn import functional",
    "ops": "from torchvision import ops",
}
"""The import that a program needs for each name that it begins an expression with."""
CONVERSION = {"centre_to_corners": ("boxes",)}
"""What a function takes that a page's program uses beside its losses."""


def built_in_program(snippet: str) -> str | None:
    """The program with calls of torch and torchvision in place of what it imports from `losses`;
    None where they lack one of its functions, or the choice that the program makes."""
    names, known = imported(snippet), load("built_in")
    program = IMPORT.sub("", OURS.sub("", snippet)).strip()
    calls = [node for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Call)]
    ours = [call for call in calls if name_of(call) in names]
    if not ours or not all(name in known for name in names) or not all(map(_template, ours)):
        return None
    program = with_calls(program, names, _call)
    heads = [line for name, line in HEADS.items() if re.search(rf"(?<![\w.]){name}\.", program)]
    return "\n".join(heads) + "\n\n" + program + "\n"


def differences(snippet: str, language: str) -> list[str]:
    """What one must know of torch's own functions, a sentence or two for each loss of a program."""
    known: list[Mapping[str, Any]] = [load("built_in").get(name, {}) for name in imported(snippet)]
    return [entry["differs"][language] for entry in known if "differs" in entry]


def _template(call: ast.Call) -> str | None:
    """How torch's own call is written; None where torch has another choice only."""
    entry = load("built_in")[name_of(call)]["call"]
    if isinstance(entry, str):
        return entry
    given = {
        word.arg: word.value.value for word in call.keywords if isinstance(word.value, ast.Constant)
    }
    (option,) = CATALOG[name_of(call)].options
    found: str | None = entry.get(given.get(option.name, option.choices[0]))
    return found


def _call(call: ast.Call) -> str:
    name = name_of(call)
    arguments = CONVERSION.get(name) or CATALOG[name].arguments
    given = dict(zip(arguments, map(_written, call.args), strict=False))
    given |= {str(word.arg): _written(word.value) for word in call.keywords}
    if "reduction" in given:
        given["reduction"] = f", reduction={given['reduction']}"
    return (_template(call) or "").format(**{"reduction": ""} | given)


def _written(node: ast.expr) -> str:
    return ast.unparse(node).replace("'", '"')
