"""The code to copy of the distances page: one program for each kind of thing that is compared."""

from collections.abc import Sequence

from catalog import Loss
from live.families.base import State
from live.families.distances.inputs import chosen_code, chosen_pair
from live.families.snippets import argument_list, float_list, float_text

MATRICES = """\
import torch

from losses import {function}

prediction = {prediction}.requires_grad_()
target = {target}

loss = {function}(prediction, target)
loss.backward()
print(f"{{loss.item():.6f}}", prediction.grad.tolist())
"""

POINTS = """\
import torch

from losses import {function}

first = {first}.requires_grad_()
second = {second}

distances = {function}(first, second{arguments})
distances[{row}, {column}].backward()
print(f"{{distances[{row}, {column}].item():.6f}}", first.grad[{row}].tolist())
"""

CODES_TEXT = """\
import torch

from losses import {function}

first = torch.tensor({first}, requires_grad=True)
second = torch.tensor({second})

distance = {function}(first, second)
distance.backward()
print(f"{{distance.item():.6f}}", first.grad.tolist())

# Among codes stored in a matrix, the nearest first:
# {function}(first, stored, reduction="none").argsort(stable=True)
"""

PENALTY = """\
import torch

from losses import {function}

weight = torch.tensor({weight}, dtype=torch.float64, requires_grad=True)

loss = {function}(weight{arguments})
loss.backward()
print(f"{{loss.item():.6f}}", weight.grad.item())
"""


def snippet(loss: Loss, state: State) -> str:
    """The chosen loss of what the state compares, and its gradient where it has one."""
    arguments = argument_list(loss, state)
    (view,) = loss.views
    if view == "matrices":
        prediction, target = map(_tensor, state["matrices"])
        return MATRICES.format(function=loss.id, prediction=prediction, target=target)
    if view == "codes":
        codes = state["codes"]
        first, second = (float_list(code) for code in (codes[0], codes[chosen_code(state)]))
        return CODES_TEXT.format(function=loss.id, first=first, second=second)
    if view == "penalty":
        return PENALTY.format(
            function=loss.id,
            weight=float_text(state["weight"]),
            arguments=arguments,
        )
    row, column = chosen_pair(state)
    return POINTS.format(
        function=loss.id,
        first=_tensor(state["first"]),
        second=_tensor(state["second"]),
        row=row,
        column=column,
        arguments=arguments,
    )


def _tensor(rows: Sequence[Sequence[float]]) -> str:
    lines = "".join(f"        {float_list(row)},\n" for row in rows)
    return f"torch.tensor(\n    [\n{lines}    ],\n    dtype=torch.float64,\n)"
