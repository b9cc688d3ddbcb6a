"""Each loss as a function of what a state of the classification page moves."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch

from catalog import Loss
from experiments.batches import CLASSES, EXAMPLES, batch_program
from experiments.classification import (
    Outputs,
    binary_program,
    mixed_program,
    multiclass_program,
    one_hot,
    pipeline_program,
    takes_shares,
)
from live.families.base import State
from live.families.classification.views import view_of
from live.families.loss_numbers import keywords

FARTHEST = 12.0
"""The logit at which the axis of probabilities ends."""

Setting = tuple[Callable[[torch.Tensor], Outputs], torch.Tensor]


def setting(loss: Loss, state: State, axis: str | None = None) -> Setting:
    """The loss as a function of what the state's view moves, and where that stands."""
    given: Mapping[str, Any] = keywords(loss, state)
    view = view_of(loss, state["view"])
    if view == "pipeline":
        features, weights, truth = pipeline_inputs(state)
        smoothing = number(given["label_smoothing"])
        return lambda moved: pipeline_program(features, moved, truth, smoothing), weights
    if view == "batch":
        inputs = batch_inputs(state)
        batch = batch_program(loss, state["batch_cost"])
        return lambda moved: batch(moved, **inputs, **given), numbers(state["margins"])
    if view == "multiclass":
        logits, truth = multiclass_inputs(loss, state)
        program = multiclass_program(loss)
        first = number(float(state["handed"] == "probabilities"))
        temperature = number(state["temperature"])
        return lambda moved: program(moved, truth, temperature, first, **given), logits
    axis = axis or state["axis"]
    point = number(state["logit"])
    if axis == "probability":
        point = torch.sigmoid(point.clamp(-FARTHEST, FARTHEST))
    if state["label"] == "mixed":
        share = number(state["share"] / 100)
        return lambda moved: mixed_program(loss, axis)(share, **{axis: moved}, **given), point
    target = number(float(state["label"] == "positive"))
    return lambda moved: binary_program(loss, axis)(target, **{axis: moved}, **given), point


def multiclass_inputs(loss: Loss, state: State) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits, and the truth: the shares for a loss that takes them, else the true class alone."""
    logits, shares = torch.tensor(state["classes"], dtype=torch.float64).unbind(-1)
    if takes_shares(loss):
        return logits, shares / shares.sum()
    return logits, one_hot(int(state["truth"]), len(logits))


def pipeline_inputs(state: State) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    features, weights = (
        torch.tensor(state[name], dtype=torch.float64) for name in ("features", "weights")
    )
    return features, weights, one_hot(int(state["truth"]), 3)


def batch_inputs(state: State) -> dict[str, torch.Tensor]:
    """What `experiments.batches.batch_program` takes beside the margins."""
    labels = [state[f"label_{i}"] for i in range(1, EXAMPLES + 1)]
    classes = [[float(label == str(k)) for k in range(CLASSES)] for label in labels]
    return {
        "labels": torch.tensor(classes, dtype=torch.float64),
        "copies": numbers(state["copies"]),
        "class_weights": numbers(state["class_weights"]),
        "hardest": number(state["hardest"]),
    }


def numbers(values: Sequence[float]) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def number(value: float) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64)
