"""The numbers that the scenes of the segmentation page speak of."""

import torch

from catalog import Loss
from experiments.descent import descend
from experiments.segmentation import scores, to_logits
from live.families.base import State
from live.families.loss_numbers import keywords, reading, value_and_gradient
from live.families.segmentation.masks import masks_of

SCORES = ("iou", "dice", "precision", "recall")

PULLS = ("pull_on_object", "pull_on_background")


def quantity(loss: Loss, state: State, name: str, after: int | None) -> float:
    """A reading; a score at the state's threshold ("iou", "dice", "precision", "recall"); or the
    mean size of the gradient on the target's pixels ("pull_on_object") or beside them
    ("pull_on_background")."""
    given = keywords(loss, state)
    probabilities, target = masks_of(state)

    def program(probabilities: torch.Tensor) -> torch.Tensor:
        return loss.call(probabilities, target, **given)

    if after is not None:
        probabilities = descend(
            program,
            to_logits(probabilities),
            rate=state["rate"],
            steps=after,
            through=torch.sigmoid,
        )[-1]
    if name in SCORES:
        return scores(probabilities, target, state["threshold"])[name].item()
    if name in PULLS:
        _, gradient = value_and_gradient(program, probabilities)
        chosen = (target > 0) == (name == "pull_on_object")
        return torch.where(chosen, gradient.abs(), 0).sum().item() / max(int(chosen.sum()), 1)
    return reading(loss, probabilities, target, name=name, given=given)
