"""Torch's own answer to a state of the box page."""

from typing import Any

import torch

from live.families.autograd import autograd_answer
from live.families.base import State
from losses.boxes import centre_to_corners, corners_to_centre


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss, the gradient in the coordinates of the state."""
    corners, target = (
        torch.tensor(state[k], dtype=torch.float64) for k in ("prediction", "target")
    )
    if state["coordinates"] == "corner":
        return autograd_answer("boxes", state, corners, target)
    centre = corners_to_centre(corners)
    return autograd_answer("boxes", state, centre, target, through=centre_to_corners)
