"""Every property of every record, tried: a true one survives a search, a false one is refuted.

The searches are random but seeded. Properties are those at the default parameters.
"""

import math
from functools import partial

import pytest
import torch

from catalog import CATALOG, Loss
from tests.catalog.searches import above_a_chord, jump, segments, steepest
from tests.losses.samples import CONTEXT, kind_of

COUNT = 4000
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
    return rows - rows.mean(1, keepdim=True) if kind_of(loss).distributions else rows


def _differ(first: torch.Tensor, second: torch.Tensor) -> bool:
    same = torch.isclose(first, second, rtol=1e-8, atol=1e-8)
    return not same.all().item()


def _match(loss: Loss, seed: int) -> torch.Tensor:
    """Predictions that can be matched exactly: where a target is 0 or 1, the target."""
    prediction, target = kind_of(loss).ordinary(COUNT, seed)
    return target if kind_of(loss).probabilities else prediction


def _claims(loss: Loss, name: str) -> str:
    """What the record says, to stand beside what was found."""
    return f"{loss.id} in catalog/{loss.family}.py has {name}={getattr(loss.properties, name)}"


@every_loss
def test_convex(loss: Loss) -> None:
    first, second, target = segments(kind_of(loss), COUNT, (1, 2))
    above = above_a_chord(partial(_values, loss, target=target), first, second)
    claim = f"{_claims(loss, 'convex')}; above a chord: {above}"
    assert (above.size <= 1e-9) is loss.properties.convex, claim


@every_loss
def test_smooth(loss: Loss) -> None:
    first, second, target = segments(kind_of(loss), COUNT, (3, 4))
    kink = jump(partial(_gradients, loss), first, second, target)
    claim = f"{_claims(loss, 'smooth')}; the gradient jumps by {kink}"
    if loss.properties.smooth:
        assert kink.size < 1e-6, f"{claim}; expected less than 1e-6"
    else:
        assert kink.size > 1e-2, f"{claim}; expected more than 1e-2"


@every_loss
def test_bounded_gradient(loss: Loss) -> None:
    prediction, target = kind_of(loss).extreme(COUNT, 5)
    found = steepest(partial(_gradients, loss, target=target), prediction)
    low, high = 1e4, math.inf
    if loss.properties.bounded_gradient:
        low, high = 0, 100
    elif loss.properties.gradient_like_logarithm:
        low, high = 20, 1000
    claim = f"{_claims(loss, 'bounded_gradient')}; the steepest is {found}"
    assert low <= found.size < high, f"{claim}; expected {low:g} to {high:g}"


@every_loss
def test_piecewise_linear(loss: Loss) -> None:
    """Straight on either side of the target: of the losses of one residual, which are fitted."""
    if loss.family != "regression":
        assert not loss.properties.piecewise_linear, _claims(loss, "piecewise_linear")
        return
    prediction, target = kind_of(loss).ordinary(COUNT, 14)
    slopes = _gradients(loss, prediction, target)
    further = _gradients(loss, target + 3.7 * (prediction - target), target)
    straight = (slopes - further).norm(dim=1).max().item() == 0
    assert straight is loss.properties.piecewise_linear, _claims(loss, "piecewise_linear")


@every_loss
def test_symmetric(loss: Loss) -> None:
    prediction, target = kind_of(loss).ordinary(COUNT, 6)
    exchanged = _values(loss, target, prediction)
    differ = _differ(_values(loss, prediction, target), exchanged)
    assert differ is not loss.properties.symmetric, _claims(loss, "symmetric")


@every_loss
def test_range(loss: Loss) -> None:
    properties = loss.properties
    ordinary = _values(loss, *kind_of(loss).ordinary(COUNT, 7))
    extreme = _values(loss, *kind_of(loss).extreme(COUNT, 8))
    match = _match(loss, 9)
    matched = _values(loss, match, match)
    values = torch.cat((ordinary, extreme, matched))
    lowest_met = (matched if properties.least_at_match else values).min().item()
    found = f"values from {values.min().item():g} to {values.max().item():g} were found"
    low, high = f"{_claims(loss, 'lowest')}; {found}", f"{_claims(loss, 'highest')}; {found}"
    assert (values >= properties.lowest - 1e-12).all(), low
    assert (values <= properties.highest + 1e-9).all(), high
    # Both ends are reached or come near: the record is no looser than it must be.
    near = -20 if math.isinf(properties.lowest) else properties.lowest + 1e-12
    assert lowest_met <= near, f"{low}; {lowest_met:g} at a match"
    if math.isinf(properties.highest):
        assert values.max() > 20, high
    else:
        assert values.max() > 0.85 * properties.highest, high


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
    if kind_of(loss).probabilities:
        # At an end of [0, 1] the way down may lead out of it.
        there = match.reshape(len(match), -1)
        outwards = ((there == 0) & (downhill < 0)) | ((there == 1) & (downhill > 0))
        downhill = torch.where(outwards, 0, downhill)
    assert (downhill.abs() < 1e-9).all()


@every_loss
def test_shift_invariant(loss: Loss) -> None:
    if kind_of(loss).distributions:
        assert not loss.properties.shift_invariant
        return
    prediction, target = kind_of(loss).ordinary(COUNT, 11)
    if kind_of(loss).probabilities:
        prediction, target = prediction / 2, target / 2
    generator = torch.Generator().manual_seed(12)
    shift = 10 * torch.randn(2, generator=generator, dtype=torch.float64)
    shift = shift[0] if kind_of(loss).dimensions == 0 else shift.repeat(prediction.shape[-1] // 2)
    if kind_of(loss).probabilities:
        shift = torch.tensor(0.3, dtype=torch.float64)
    shifted = _values(loss, prediction + shift, target + shift)
    assert (
        _differ(_values(loss, prediction, target), shifted) is not loss.properties.shift_invariant
    )


@every_loss
def test_scale_invariant(loss: Loss) -> None:
    if kind_of(loss).distributions:
        assert not loss.properties.scale_invariant
        return
    prediction, target = kind_of(loss).ordinary(COUNT, 13)
    factor = 0.37 if kind_of(loss).probabilities else 7.3
    scaled = _values(loss, factor * prediction, factor * target)
    differ = _differ(_values(loss, prediction, target), scaled)
    assert differ is not loss.properties.scale_invariant, _claims(loss, "scale_invariant")
