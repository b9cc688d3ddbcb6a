"""Options are refused where they are given, not at the first step of a training run.

What a loss allows stands in its function, once. So the function is called on a little made-up data
when its class is constructed, and what it says of an option is raised.
"""

import re
from collections.abc import Mapping
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import torch

from losses.arguments import check_choice, check_number, check_tensor
from losses.modules.form import Function, data_of, is_per_class, options_of

CLASSES = 4
SHAPE = (4, 4, 4)
"""After a batch of one and the classes: boxes of four numbers, maps and volumes. It suits all."""
PER_SAMPLE = {"labels": torch.int64, "similar": torch.float32}
"""What is given of every sample, not of every class or coordinate, and in which dtype."""


def try_options(function: Function, options: Mapping[str, Any]) -> None:
    """Raise what `function` says of these options: `ValueError` or `TypeError`, by their names.

    What it says of the made-up data is no concern of the options. A number in a tensor is not read
    by any loss; its shape, too, belongs to data that are not there yet.
    """
    known = options_of(function)
    for name, option in known.items():
        _check_kind(name, options[name], option.annotation)
    tensors = {key: value for key, value in options.items() if isinstance(value, torch.Tensor)}
    per_class = [value for key, value in tensors.items() if is_per_class(known[key])]
    classes = per_class[0].numel() if per_class else CLASSES
    device = per_class[0].device if per_class else torch.device("cpu")
    data = {
        name: torch.zeros((1, *SHAPE), dtype=PER_SAMPLE[name], device=device)
        if name in PER_SAMPLE
        else torch.full((1, classes, *SHAPE), 1 / SHAPE[-1], device=device)  # chances, too
        for name in data_of(function)
    }
    tried = {
        key: value
        for key, value in options.items()
        if key not in tensors or is_per_class(known[key])
    }
    try:
        with torch.no_grad():
            function(**data, **tried)
    except (TypeError, ValueError) as error:
        if any(re.match(rf"{name}\b", str(error)) for name in tried):
            raise


def _check_kind(name: str, value: Any, annotation: Any) -> None:
    """Raise for a value that is of another kind than the annotation says.

    What a pair must hold, its function says.
    """
    kinds = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    if get_origin(annotation) is Literal:
        check_choice(name, value, get_args(annotation))
    elif value is None and type(None) in kinds:
        return
    elif torch.Tensor in kinds:
        if float in kinds:
            check_number(name, value, infinite=True)
        else:
            check_tensor(name, value)
    elif (plain := {float: (float, int), int: (int,), bool: (bool,)}.get(kinds[0])) and not (
        isinstance(value, plain)
        or (isinstance(value, tuple) and all(isinstance(one, plain) for one in value))
    ):
        expected = annotation.__name__ if isinstance(annotation, type) else annotation
        raise TypeError(f"{name} must be of type {expected}; got {value!r}")
