"""The code to copy of the box page."""

import torch

from catalog import Loss
from live.families.base import State
from live.families.snippets import argument_list, float_list
from losses.boxes import corners_to_centre

SNIPPET = """\
import torch

from losses import {imports}

target = torch.tensor({target}, dtype=torch.float64)
box = torch.tensor({box}, dtype=torch.float64, requires_grad=True)

loss = {function}({prediction}, target{arguments})
loss.backward()
print(f"{{loss.item():.6f}}", box.grad.tolist())
"""


def snippet(loss: Loss, state: State) -> str:
    """The chosen loss and its gradient, in the coordinates of the state."""
    centred = state["coordinates"] == "centre"
    corners = torch.tensor(state["prediction"], dtype=torch.float64)
    return SNIPPET.format(
        imports=", ".join(sorted({loss.id} | ({"centre_to_corners"} if centred else set()))),
        target=float_list(state["target"]),
        box=float_list((corners_to_centre(corners) if centred else corners).tolist()),
        prediction="centre_to_corners(box)" if centred else "box",
        function=loss.id,
        arguments=argument_list(loss, state),
    )
