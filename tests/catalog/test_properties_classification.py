"""What the records of the classification losses claim, tried.

The prediction of a classifier and its label are of different kinds, so there is nothing to
exchange or to move together; what is left are convexity, smoothness, steepness and range.
"""

import math
from functools import partial

import pytest
import torch

from catalog import Loss, family
from tests.catalog.searches import across_the_kink, breaks_a_chord
from tests.losses.samples import sampler

COUNT = 3000
LOSSES = [loss for loss in family("classification") if loss.id != "zero_one_loss"]
every_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.id)


def _values(loss: Loss, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return loss.call(prediction, target, reduction="none")


def _gradients(loss: Loss, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    prediction = prediction.detach().requires_grad_()
    total = loss.call(prediction, target, reduction="sum")
    return torch.autograd.grad(total, prediction)[0].reshape(len(prediction), -1)


def _far(loss: Loss, prediction: torch.Tensor) -> torch.Tensor:
    """Predictions far beyond what a page shows, and valid still."""
    if loss.id in ("bce_loss", "weighted_bce_loss"):
        steps = torch.linspace(-60, 60, len(prediction), dtype=torch.float64)
        return torch.sigmoid(steps)
    return 1e3 * prediction


@every_loss
def test_convex(loss: Loss) -> None:
    first, target = sampler(loss)(COUNT, 1)
    second, _ = sampler(loss)(COUNT, 2)
    violated = breaks_a_chord(partial(_values, loss, target=target), first, second)
    assert violated is not loss.properties.convex


@every_loss
def test_smooth(loss: Loss) -> None:
    first, target = sampler(loss)(COUNT, 3)
    second, _ = sampler(loss)(COUNT, 4)
    slope, other = across_the_kink(partial(_gradients, loss, target=target), first, second)
    # Relative: where a gradient is huge, neighbours differ by more without any kink.
    jump = ((slope - other).norm(dim=1) / (1 + slope.norm(dim=1))).max()
    assert jump < 1e-6 if loss.properties.smooth else jump > 1e-2


@every_loss
def test_bounded_gradient(loss: Loss) -> None:
    prediction, target = sampler(loss)(COUNT, 5)
    steepest = _gradients(loss, _far(loss, prediction), target).norm(dim=1).max()
    assert steepest.isfinite()
    assert steepest < 100 if loss.properties.bounded_gradient else steepest > 1e4


@every_loss
def test_range(loss: Loss) -> None:
    prediction, target = sampler(loss)(COUNT, 6)
    values = torch.cat(
        [_values(loss, each, target) for each in (prediction, _far(loss, prediction))]
    )
    assert (values >= loss.properties.lowest - 1e-12).all()
    assert (values <= loss.properties.highest + 1e-9).all()
    assert values.min() < loss.properties.lowest + 0.2
    # Both ends are reached or come near: the claim is no looser than it must be.
    highest = loss.properties.highest
    assert values.max() > (30 if math.isinf(highest) else 0.85 * highest)


def test_the_stair_is_flat_and_reaches_both_ends() -> None:
    (loss,) = (loss for loss in family("classification") if loss.id == "zero_one_loss")
    prediction, labels = sampler(loss)(COUNT, 7)
    assert set(_values(loss, prediction, labels).tolist()) == {0.0, 1.0}
    assert (_gradients(loss, prediction, labels) == 0).all()
    properties = loss.properties
    assert (properties.convex, properties.smooth, properties.bounded_gradient) == (
        False,
        False,
        True,
    )
    assert (properties.lowest, properties.highest) == (0, 1)
