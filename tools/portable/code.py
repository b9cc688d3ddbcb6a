"""The code of one loss as a file of its own: for torch a function and a module, for Keras a class.

Both are made from the source in `losses`; what a class must have besides is the frame below.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterable
from typing import Any

from live.families.portable import CALLED, MINED, PER_ELEMENT
from losses import boxes, densities
from losses.modules.form import class_name
from tools.portable.comments import written
from tools.portable.keras_ops import NEEDED, READERS, InKeras
from tools.portable.specialise import Function, Specialised

HELPERS: dict[str, Function] = {
    "centre_to_corners": boxes.centre_to_corners,
    "divergence_of_densities": densities.divergence_of_densities,
    "normal_log_density": densities.normal_log_density,
    "two_hump_log_density": densities.two_hump_log_density,
}
"""What the code to copy of a page calls beside losses."""
FUNCTIONS = {loss.id: loss.function for loss in CALLED.values()} | HELPERS

IMPORTS = {
    "math": "import math",
    "namedtuple": "from collections import namedtuple",
    "SimpleNamespace": "from types import SimpleNamespace",
    "keras": "import keras",
    "ml_dtypes": "import ml_dtypes",
    "torch": "import torch",
    "ops": "from keras import ops",
    "nn": "from torch import nn",
    "functional": "from torch.nn import functional",
}

MODULE = """
class {name}(nn.Module):
    def __init__(self, {signature}):
        super().__init__()
{kept}

    def forward(self, {data}):
        return {function}({call})
"""

LOSS = """
class {name}(keras.losses.Loss):
    def __init__(self, {signature}name="{function}", **keywords):
        super().__init__(name=name, **keywords)
{kept}

    def call(self, y_true, y_pred):
{call}

    def get_config(self):
        return {{**super().get_config(), {config}}}
"""

PLAIN = ("prediction", "logits", "probabilities")
TAKEN = {
    ("logits", "labels"): ("y_pred, labels", 'labels = ops.cast(y_true, "int32")'),
    ("log_probabilities", "labels"): ("y_pred, labels", 'labels = ops.cast(y_true, "int32")'),
    ("logits", "probabilities"): ("y_pred, y_true", ""),
    ("truth", "model"): ("truth=y_true, model=y_pred", ""),
    ("first", "second"): ("y_pred, y_true", ""),
    ("queries", "keys"): ("y_pred, y_true", ""),
    ("first", "second", "similar"): (
        "first, second, y_true",
        "first, second = ops.unstack(y_pred, axis=-2)  # y_pred holds both of a pair: (N, 2, D)",
    ),
    ("anchor", "positive", "negative"): (
        "anchor, positive, negative",
        "# y_pred holds the three of a triplet, (N, 3, D); the target is not looked at.\n"
        "anchor, positive, negative = ops.unstack(y_pred, axis=-2)",
    ),
    ("embeddings", "labels"): (
        "y_pred, y_true",
        "# One number for the batch: an anchor without a triplet does not count in its mean.",
    ),
}
"""What a loss is called with from `y_true` and `y_pred`, and how that is got, by its arguments."""


def torch_code(name: str) -> str:
    """The function and the module, and all that they need but torch."""
    function = FUNCTIONS[name]
    kept = _kept(name)
    made = Specialised()
    made.add(function, _constants(function, [*kept, "reduction"]))
    definitions = [written(node) for node in made.needed(function)]
    if name in CALLED:
        definitions.append(_module(name))
    return _file(name, definitions)


def keras_code(name: str) -> str | None:
    """The class and all that it needs but Keras; None for what is no loss there."""
    if name in HELPERS and name != "centre_to_corners":
        return None
    if name in CALLED and not _is_keras_loss(name):
        return None
    function = FUNCTIONS[name]
    made = Specialised(READERS)
    made.add(function, {**_constants(function, _kept(name)), **_no_reduction(function)})
    nodes = made.needed(function)
    definitions = [written(InKeras().visit(node)) for node in nodes]
    if name in CALLED:
        definitions.append(_loss(name))
    text = "\n".join(definitions)
    return _file(name, [more for key, more in NEEDED.items() if f"{key}(" in text] + definitions)


def _is_keras_loss(name: str) -> bool:
    loss = CALLED[name]
    none = {"zero_one_loss", "pairwise_distance", "hamming_distance", "hamming_count"}
    return name not in none and (loss.arguments in TAKEN or loss.arguments[-1] == "target")


def _no_reduction(function: Function) -> dict[str, ast.expr]:
    if "reduction" not in inspect.signature(function).parameters:
        return {}
    return {"reduction": ast.Constant("mean" if function.__name__ in MINED else "none")}


def _kept(name: str) -> list[str]:
    """The arguments that the page sets, and those without which nothing can be computed."""
    if name not in CALLED:
        return [*inspect.signature(FUNCTIONS[name]).parameters]
    loss = CALLED[name]
    return [*loss.arguments, *loss.context, *loss.defaults()]


def _constants(function: Function, kept: Iterable[str]) -> dict[str, ast.expr]:
    return {
        key: ast.parse(repr(one.default), mode="eval").body
        for key, one in inspect.signature(function).parameters.items()
        if key not in kept
    }


def _options(name: str) -> dict[str, Any]:
    """The options of a class, each with its default; those without one come first."""
    arguments = inspect.signature(FUNCTIONS[name]).parameters
    loss = CALLED[name]
    defaults = {key: arguments[key].default for key in (*loss.context, *loss.defaults())}
    return dict(sorted(defaults.items(), key=lambda one: one[1] is not inspect.Parameter.empty))


def _written(key: str, default: Any) -> str:
    return key if default is inspect.Parameter.empty else f"{key}={default!r}"


def _module(name: str) -> str:
    options = _options(name)
    if "reduction" in inspect.signature(FUNCTIONS[name]).parameters:
        options["reduction"] = "mean"
    if not options:
        raise ValueError(f"{name} has no option")
    data = ", ".join(CALLED[name].arguments)
    by_name = CALLED[name].arguments == ("truth", "model")
    return MODULE.format(
        name=class_name(FUNCTIONS[name]),
        signature=", ".join(_written(*one) for one in options.items()),
        kept="\n".join(f"        self.{key} = {key}" for key in options),
        data=data,
        function=name,
        call=", ".join(
            [
                "truth=truth, model=model" if by_name else data,
                *(f"{key}=self.{key}" for key in options),
            ]
        ),
    )


def _loss(name: str) -> str:
    loss, options = CALLED[name], _options(name)
    given, before = TAKEN.get(loss.arguments, ("y_pred, y_true", ""))
    given = ", ".join([given, *(f"{key}=self.{key}" for key in options)])
    call = f"{name}({given})"
    elementwise = loss.arguments[-1] == "target" and loss.family in PER_ELEMENT
    lines = [
        *before.splitlines(),
        f"return {f'ops.mean({call}, axis=-1)' if elementwise else call}",
    ]
    text = LOSS.format(
        name=class_name(FUNCTIONS[name]),
        signature="".join(f"{_written(*one)}, " for one in options.items()),
        function=name,
        kept="\n".join(f"        self.{key} = {key}" for key in options),
        call="\n".join(f"        {line}" for line in lines),
        config=", ".join(f'"{key}": self.{key}' for key in options),
    )
    if not options:
        text = text[: text.index("\n    def get_config")]
    return text


def imports_of(text: str) -> str:
    """The lines that import what a program names."""
    named = {one.id for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Name)}
    lines = [line for name, line in IMPORTS.items() if name in named]
    own = [line for line in lines if re.search(r"math|collections|types$|types import", line)]
    return "\n".join(own) + "\n\n" * bool(own) + "\n".join(x for x in lines if x not in own)


def _file(name: str, definitions: list[str]) -> str:
    module = inspect.unwrap(FUNCTIONS[name]).__module__.replace(".", "/")
    body = "\n\n\n".join(one.strip() for one in definitions)
    head = f"# Made from {module}.py of Loss Lab by `python -m tools.portable`.\n"
    return f"{head}\n{imports_of(body)}\n\n\n{body}\n"


Maker = Callable[[str], str | None]
MAKERS: dict[str, Maker] = {"torch": torch_code, "keras": keras_code}
"""By the folder of `content/code`."""
