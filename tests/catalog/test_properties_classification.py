"""What the records of the classification losses say of them, tried.

The prediction of a classifier and its label are of different kinds, so there is nothing to
exchange or to move together; what is left are convexity, smoothness, steepness and range.
"""

import math
from functools import partial

import pytest
import torch

from catalog import Loss, family
from tests.catalog.searches import above_a_chord, jump, segments, steepest
from tests.losses.samples import kind_of

COUNT = 3000
STAIRS = [loss for loss in family("classification") if loss.arguments[0] == "prediction"]
"""Losses of class numbers: between two of them there is nothing to try."""
LOSSES = [loss for loss in family("classification") if loss not in STAIRS]
every_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.id)


def _values(loss: Loss, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return loss.call(prediction, target, reduction="none")


def _gradients(loss: Loss, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    prediction = prediction.detach().requires_grad_()
    total = loss.call(prediction, target, reduction="sum")
    return torch.autograd.grad(total, prediction)[0].reshape(len(prediction), -1)


def _claims(loss: Loss, name: str) -> str:
    return f"{loss.id} in catalog/classification.py has {name}={getattr(loss.properties, name)}"


@every_loss
def test_convex(loss: Loss) -> None:
    first, second, target = segments(kind_of(loss), COUNT, (1, 2))
    above = above_a_chord(partial(_values, loss, target=target), first, second)
    claim = f"{_claims(loss, 'convex')}; above a chord: {above}"
    assert (above.size <= 1e-9) is loss.properties.convex, claim


@every_loss
def test_smooth(loss: Loss) -> None:
    first, second, target = segments(kind_of(loss), COUNT, (3, 4))
    kink = jump(partial(_gradients, loss), first, second, target, relative=True)
    claim = f"{_claims(loss, 'smooth')}; relative to its size the gradient jumps by {kink}"
    if loss.properties.smooth:
        assert kink.size < 1e-6, f"{claim}; expected less than 1e-6"
    else:
        assert kink.size > 1e-2, f"{claim}; expected more than 1e-2"


@every_loss
def test_bounded_gradient(loss: Loss) -> None:
    prediction, target = kind_of(loss).extreme(COUNT, 5)
    found = steepest(partial(_gradients, loss, target=target), prediction)
    low, high = (0.0, 100.0) if loss.properties.bounded_gradient else (1e4, math.inf)
    claim = f"{_claims(loss, 'bounded_gradient')}; the steepest is {found}"
    assert low <= found.size < high, f"{claim}; expected {low:g} to {high:g}"


@every_loss
def test_range(loss: Loss) -> None:
    pairs = [kind_of(loss).ordinary(COUNT, 6), kind_of(loss).extreme(COUNT, 6)]
    values = torch.cat([_values(loss, prediction, target) for prediction, target in pairs])
    lowest, highest = loss.properties.lowest, loss.properties.highest
    found = f"values from {values.min().item():g} to {values.max().item():g} were found"
    low, high = f"{_claims(loss, 'lowest')}; {found}", f"{_claims(loss, 'highest')}; {found}"
    assert (values >= lowest - 1e-12).all(), low
    assert (values <= highest + 1e-9).all(), high
    # Both ends are reached or come near: the record is no looser than it must be.
    assert values.min() < lowest + 0.2, low
    assert values.max() > (20 if math.isinf(highest) else 0.85 * highest), high


@pytest.mark.parametrize("loss", STAIRS, ids=lambda loss: loss.id)
def test_a_stair_is_flat_and_reaches_both_ends(loss: Loss) -> None:
    prediction, labels = kind_of(loss).ordinary(COUNT, 7)
    properties = loss.properties
    values = set(_values(loss, prediction, labels).tolist())
    assert values == {properties.lowest, properties.highest} == {0.0, 1.0}
    assert (_gradients(loss, prediction, labels) == 0).all()
    assert not properties.convex
    assert not properties.smooth
    assert properties.bounded_gradient
