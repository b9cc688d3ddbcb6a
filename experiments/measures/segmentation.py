"""The numbers that the scenes of the segmentation page speak of."""

import torch

from catalog import Loss
from experiments.measures.readings import State, keywords, reading, value_and_gradient
from experiments.segmentation import descend, masks_of, scores

SCORES = ("iou", "dice", "precision", "recall")
PULLS = ("pull_on_object", "pull_on_background")


def measure(loss: Loss, state: State, quantity: str, after: int | None) -> float:
    """A reading; a score at the state's threshold ("iou", "dice", "precision", "recall"); or the
    mean size of the gradient on the target's pixels ("pull_on_object") or beside them
    ("pull_on_background")."""
    given = keywords(loss, state)
    probabilities, target = masks_of(state)
    if after is not None:
        rate = state["rate"]
        path = descend(loss.call, probabilities, target, rate=rate, steps=after, **given)
        probabilities = path[-1]
    if quantity in SCORES:
        return scores(probabilities, target, state["threshold"])[quantity].item()
    if quantity in PULLS:
        gradient = value_and_gradient(loss, probabilities, target, given)[1]
        chosen = (target > 0) == (quantity == "pull_on_object")
        return torch.where(chosen, gradient.abs(), 0).sum().item() / max(int(chosen.sum()), 1)
    return reading(loss, probabilities, target, quantity, given)
