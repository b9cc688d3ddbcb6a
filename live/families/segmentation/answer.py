"""Torch's own answer to a state of the segmentation page."""

from typing import Any

from live.families.autograd import autograd_answer
from live.families.base import State
from live.families.segmentation.masks import masks_of


def answer(state: State) -> dict[str, Any]:
    """Value of every loss, and its gradient in every pixel's probability."""
    probabilities, target = masks_of(state)
    return autograd_answer("segmentation", state, probabilities, target)
