"""A class is made from a function: its signature, its docstring, and nothing else."""

import inspect
from typing import Any

import torch

from losses.modules.base import LossModule
from losses.modules.docstring import class_docstring
from losses.modules.form import Function, class_name, data_of, options_of

Kind = inspect.Parameter


def class_of(function: Function, module: str) -> type[LossModule]:
    """The class of a loss, as if it had been written in `module`.

    Args:
        function: A public loss: `loss(data…, *, options…, weight=None, reduction="mean")`.
        module: The name of the module in which the class will be found, by pickle too.

    Returns:
        A subclass of `LossModule` with the options as arguments of its constructor, and data and
        weight as arguments of its calls.
    """
    name, options = class_name(function), options_of(function)

    def __init__(self: LossModule, **given: Any) -> None:  # noqa: N807
        """Remember the options."""
        super(made, self).__init__()
        self._remember(given)

    def forward(self: LossModule, *data: torch.Tensor, **named: torch.Tensor) -> torch.Tensor:
        """The loss of these data; a module is called as `module(…)`, not by this name."""
        remembered = {option: getattr(self, option) for option in options}
        if len(data) == len(at_calls):  # the last, which functions take by name, by its place
            data, named = data[:-1], {**named, at_calls[-1].name: data[-1]}
        return function(*data, **named, **remembered)

    myself = Kind("self", Kind.POSITIONAL_OR_KEYWORD)
    once = [one.replace(kind=Kind.KEYWORD_ONLY) for one in options.values()]
    at_calls = [*data_of(function).values()]
    if weight := inspect.signature(function).parameters.get("weight"):
        at_calls.append(weight.replace(kind=at_calls[-1].kind))
    _sign(__init__, name, module, inspect.Signature([myself, *once], return_annotation=None))
    _sign(
        forward,
        name,
        module,
        inspect.Signature([myself, *at_calls], return_annotation=torch.Tensor),
    )
    made: type[LossModule] = type(
        name,
        (LossModule,),
        {
            "__module__": module,
            "__qualname__": name,
            "__doc__": class_docstring(
                inspect.getdoc(function) or "", function.__name__, name, options
            ),
            "__init__": __init__,
            "forward": torch.jit.ignore(forward),
            "function": staticmethod(function),
            "options": options,
        },
    )
    return made


def _sign(method: Any, name: str, module: str, signature: inspect.Signature) -> None:
    method.__qualname__ = f"{name}.{method.__name__}"
    method.__module__ = module
    method.__signature__ = signature
