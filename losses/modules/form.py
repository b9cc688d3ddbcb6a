"""What a function of the package says of itself: which arguments are data, which are options.

Data are what the function must be given as tensors, and the weights of the samples: a class is
given them at every call. All other arguments are options: a class is given them once.
"""

import inspect
import re
from collections.abc import Callable, Mapping

import torch

Function = Callable[..., torch.Tensor]

ACRONYMS = {"bce", "js", "kl", "l1", "l2", "mse", "nce", "nll", "nt"}
"""Words that the field writes in capitals. One that ends in `iou` is written as in `GIoU`."""


def is_loss(function: object) -> bool:
    """Whether something gets a class: losses that are reduced, and penalties, have one."""
    if not inspect.isfunction(function):
        return False
    named = function.__name__.endswith("_penalty")
    return named or "reduction" in inspect.signature(function).parameters


def data_of(function: Function) -> Mapping[str, inspect.Parameter]:
    """The tensors that must be given, by name."""
    return {
        name: one
        for name, one in inspect.signature(function).parameters.items()
        if one.annotation is torch.Tensor
    }


def options_of(function: Function) -> Mapping[str, inspect.Parameter]:
    """The arguments that a class is given once, by name."""
    data = {*data_of(function), "weight"}
    arguments = inspect.signature(function).parameters
    return {name: one for name, one in arguments.items() if name not in data}


def is_per_class(option: inspect.Parameter) -> bool:
    """Whether it is a tensor or not there: a weight for each class."""
    return bool(option.annotation == torch.Tensor | None)


def class_name(function: Function) -> str:
    """`GIoULoss` for `giou_loss`, as the field writes it."""
    return "".join(_in_class_name(word) for word in function.__name__.split("_"))


def _in_class_name(word: str) -> str:
    if word in ACRONYMS:
        return word.upper()
    if overlap := re.fullmatch(r"(\w*)iou", word):
        return f"{overlap[1].upper()}IoU"
    return word.capitalize()
