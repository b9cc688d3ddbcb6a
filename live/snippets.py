"""Code to copy: a program that prints the number on the screen."""

from collections.abc import Mapping
from typing import Any

import torch

from experiments.measures import keywords
from losses.boxes import corners_to_centre
from losses.catalog import Loss

BOXES = """\
import torch

from losses import {imports}

target = torch.tensor({target}, dtype=torch.float64)
box = torch.tensor({box}, dtype=torch.float64, requires_grad=True)

loss = {function}({prediction}, target{arguments})
loss.backward()
print(f"{{loss.item():.6f}}", box.grad.tolist())
"""

REGRESSION = """\
import torch

from losses import {function}

prediction = torch.tensor({prediction}, dtype=torch.float64, requires_grad=True)
target = torch.tensor({target}, dtype=torch.float64)

loss = {function}(prediction, target{arguments})
loss.backward()
print(f"{{loss.item():.6f}}", prediction.grad.item())
"""


def box_snippet(loss: Loss, state: Mapping[str, Any]) -> str:
    """The box stage's chosen loss and its gradient, in the coordinates of the state."""
    centred = state["coordinates"] == "centre"
    names = {loss.id} | ({"centre_to_corners"} if centred else set())
    corners = torch.tensor(state["prediction"], dtype=torch.float64)
    box = corners_to_centre(corners) if centred else corners
    return BOXES.format(
        imports=", ".join(sorted(names)),
        target=_numbers(state["target"]),
        box=_numbers(box.tolist()),
        prediction="centre_to_corners(box)" if centred else "box",
        function=loss.id,
        arguments=_arguments(loss, state),
    )


def regression_snippet(loss: Loss, state: Mapping[str, Any]) -> str:
    """The curve stage's chosen loss and its derivative."""
    return REGRESSION.format(
        function=loss.id,
        prediction=_number(state["prediction"]),
        target=_number(state["target"]),
        arguments=_arguments(loss, state),
    )


def _arguments(loss: Loss, state: Mapping[str, Any]) -> str:
    given = keywords(loss, state).items()
    written = {n: _number(v) if isinstance(v, float) else repr(v) for n, v in given}
    return "".join(f", {name}={value}" for name, value in written.items())


def _numbers(values: Any) -> str:
    return f"[{', '.join(map(_number, values))}]"


def _number(value: float) -> str:
    return repr(round(float(value), 6))
