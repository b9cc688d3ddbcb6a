"""Every claim of every record, tried: a true one survives a search, a false one meets an example.

The searches are random but seeded. All claims are those at the default parameters.
"""

import math
from functools import partial

import pytest
import torch

from catalog import CATALOG, Loss
from tests.catalog.searches import across_the_kink, breaks_a_chord
from tests.losses.samples import (
    CONTEXT,
    DISTRIBUTIONS,
    PROBABILITIES,
    coordinates,
    extremes,
    sampler,
)

COUNT = 4000
GROW_LIKE_A_LOGARITHM = {"entropy", "js_divergence"}
"""Losses whose gradient has no bound, but stays below 1000 for every float there is."""
# Prediction and target of a classifier are of two kinds: see `test_properties_classification.py`.
LOSSES = {name: loss for name, loss in CATALOG.items() if loss.family != "classification"}
every_loss = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES.keys())


def _values(loss: Loss, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    context = {name: CONTEXT[name] for name in loss.context}
    return loss.call(prediction, target, reduction="none", **context)


def _gradients(loss: Loss, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """One row per prediction; of a distribution, the part that leaves its sum as it is."""
    prediction = prediction.detach().requires_grad_()
    values = _values(loss, prediction, target)
    (gradient,) = torch.autograd.grad(values[values.isfinite()].sum(), prediction)
    rows = gradient.reshape(len(prediction), -1)
    return rows - rows.mean(1, keepdim=True) if loss.family in DISTRIBUTIONS else rows


def _differ(first: torch.Tensor, second: torch.Tensor) -> bool:
    same = torch.isclose(first, second, rtol=1e-8, atol=1e-8)
    return not same.all().item()


def _match(loss: Loss, seed: int) -> torch.Tensor:
    """Predictions that can be matched exactly: where a target is 0 or 1, the target."""
    prediction, target = sampler(loss)(COUNT, seed)
    return target if loss.family in PROBABILITIES else prediction


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
    jump = (slope - other).norm(dim=1).max()
    assert jump < 1e-6 if loss.properties.smooth else jump > 1e-2


@every_loss
def test_bounded_gradient(loss: Loss) -> None:
    steepest = _gradients(loss, *extremes(loss)(COUNT, 5)).norm(dim=1).max()
    assert steepest.isfinite()
    if loss.properties.bounded_gradient:
        assert steepest < 100
    elif loss.id in GROW_LIKE_A_LOGARITHM:
        assert 20 < steepest < 1000
    else:
        assert steepest > 1e4


@every_loss
def test_symmetric(loss: Loss) -> None:
    prediction, target = sampler(loss)(COUNT, 6)
    exchanged = _values(loss, target, prediction)
    assert _differ(_values(loss, prediction, target), exchanged) is not loss.properties.symmetric


@every_loss
def test_range(loss: Loss) -> None:
    properties = loss.properties
    ordinary = _values(loss, *sampler(loss)(COUNT, 7))
    extreme = _values(loss, *extremes(loss)(COUNT, 8))
    match = _match(loss, 9)
    matched = _values(loss, match, match)
    values = torch.cat((ordinary, extreme, matched))
    lowest_met = (matched if properties.least_at_match else values).min()
    assert (values >= properties.lowest - 1e-12).all()
    assert (values <= properties.highest + 1e-9).all()
    # Both ends are reached or come near: the claim is no looser than it must be.
    assert lowest_met <= properties.lowest + 1e-12
    if math.isinf(properties.highest):
        assert values.max() > 30
    else:
        assert values.max() > 0.85 * properties.highest


@every_loss
def test_least_at_a_match(loss: Loss) -> None:
    match = _match(loss, 10)
    if not loss.properties.least_at_match:
        assert _differ(_values(loss, match, match), match.new_tensor(loss.properties.lowest))
        return
    torch.testing.assert_close(
        _values(loss, match, match), match.new_full((COUNT,), loss.properties.lowest)
    )
    downhill = -_gradients(loss, match, match)
    if loss.family in PROBABILITIES:
        # At an end of [0, 1] the way down may lead out of it.
        there = match.reshape(len(match), -1)
        outwards = ((there == 0) & (downhill < 0)) | ((there == 1) & (downhill > 0))
        downhill = torch.where(outwards, 0, downhill)
    assert (downhill.abs() < 1e-9).all()


@every_loss
def test_shift_invariant(loss: Loss) -> None:
    if loss.family in DISTRIBUTIONS:
        assert not loss.properties.shift_invariant
        return
    prediction, target = sampler(loss)(COUNT, 11)
    if loss.family in PROBABILITIES:
        prediction, target = prediction / 2, target / 2
    generator = torch.Generator().manual_seed(12)
    shift = 10 * torch.randn(2, generator=generator, dtype=torch.float64)
    shift = shift[0] if coordinates(loss) == 0 else shift.repeat(prediction.shape[-1] // 2)
    if loss.family in PROBABILITIES:
        shift = torch.tensor(0.3, dtype=torch.float64)
    shifted = _values(loss, prediction + shift, target + shift)
    assert (
        _differ(_values(loss, prediction, target), shifted) is not loss.properties.shift_invariant
    )


@every_loss
def test_scale_invariant(loss: Loss) -> None:
    if loss.family in DISTRIBUTIONS:
        assert not loss.properties.scale_invariant
        return
    prediction, target = sampler(loss)(COUNT, 13)
    factor = 0.37 if loss.family in PROBABILITIES else 7.3
    scaled = _values(loss, factor * prediction, factor * target)
    assert _differ(_values(loss, prediction, target), scaled) is not loss.properties.scale_invariant
