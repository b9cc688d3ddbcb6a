"""The regression losses: against vectors, an oracle in numpy, torch, and the rules of tensors."""

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import Loss
from catalog.regression import LOSSES as REGRESSION
from losses import (
    barron_loss,
    half_mse_loss,
    huber_loss,
    l1_loss,
    log_cosh_loss,
    mse_loss,
    quantile_loss,
    smooth_l1_loss,
)
from tests.losses.regression_oracle import SLOPES, VALUES
from tests.vectors import Vector, vectors


def _each(losses: Iterable[Loss]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("loss", list(losses), ids=lambda loss: loss.id)


every_loss = _each(REGRESSION)
with_oracle = _each(loss for loss in REGRESSION if loss.id in VALUES.keys() & SLOPES.keys())


@every_loss
def test_a_loss_has_its_oracle(loss: Loss) -> None:
    for name, oracles in (("VALUES", VALUES), ("SLOPES", SLOPES)):
        assert loss.id in oracles, f"{name} of tests/losses/regression_oracle.py lacks {loss.id!r}"


NAMES_IN_FACT_SHEET: dict[str, Callable[..., torch.Tensor]] = {
    "mae": l1_loss,
    "mse": mse_loss,
    "half_mse": half_mse_loss,
    "smooth_l1": smooth_l1_loss,
    "huber": huber_loss,
}
VECTORS = [vector for name in NAMES_IN_FACT_SHEET for vector in vectors(name)]

# Away from every kink at the default parameters.
RESIDUALS = (-300.0, -7.3, -1.2, -0.8, -0.013, 0.021, 0.6, 1.4, 9.0, 250.0)


def _f64(*numbers: float) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_vectors(vector: Vector) -> None:
    prediction = vector.tensor("pred").requires_grad_()
    given = {
        name: vector.parameters[name] for name in ("beta", "delta") if name in vector.parameters
    }
    loss = NAMES_IN_FACT_SHEET[vector.loss](prediction, vector.tensor("target"), **given)
    assert loss.item() == pytest.approx(vector.value, rel=1e-9)
    (gradient,) = torch.autograd.grad(loss, prediction)
    # The residual -0.5 of two vectors sits exactly on the knee, where both branches agree.
    torch.testing.assert_close(gradient, vector.gradient("pred"), rtol=1e-9, atol=1e-10)


def _settings(loss: Loss) -> st.SearchStrategy[dict[str, float]]:
    """Parameters anywhere on their sliders.

    They come in thousandths: the oracle has no digits left at Barron's α = 1e-9.
    """
    return st.fixed_dictionaries(
        {
            parameter.name: st.integers(
                round(parameter.low * 1000), round(parameter.high * 1000)
            ).map(lambda thousandths: thousandths / 1000)
            for parameter in loss.parameters
        }
    )


numbers = st.floats(-1e3, 1e3)


@with_oracle
@settings(max_examples=60, deadline=None)
@given(data=st.data(), prediction=numbers, target=numbers)
def test_value_and_slope_equal_the_oracle(
    loss: Loss, data: st.DataObject, prediction: float, target: float
) -> None:
    parameters = data.draw(_settings(loss))
    value = VALUES[loss.id](np.float64(prediction - target), **parameters)
    slope = SLOPES[loss.id](np.float64(prediction - target), **parameters)
    gradient, result = torch.func.grad_and_value(loss.function)(
        *_f64(prediction, target), **parameters
    )
    # The oracle subtracts numbers of the size of ε or 1/α, and so loses digits of small losses.
    lost = 1e-15 * max(1, *(abs(parameter) for parameter in parameters.values()), 0)
    lost /= min(1.0, abs(parameters.get("alpha", 1.0)) or 1.0)
    assert result.item() == pytest.approx(value, rel=1e-9, abs=10 * lost)
    assert gradient.item() == pytest.approx(slope, rel=1e-9, abs=1e-300)


@every_loss
@settings(max_examples=40, deadline=None)
@given(data=st.data(), prediction=numbers, target=numbers, shift=numbers)
def test_properties(
    loss: Loss, data: st.DataObject, prediction: float, target: float, shift: float
) -> None:
    parameters = data.draw(_settings(loss))
    p, t, s = _f64(prediction, target, shift).unbind()
    value = loss.function(p, t, **parameters)
    assert value.isfinite()
    assert value >= 0
    assert loss.function(p, p, **parameters) == 0
    moved = torch.func.grad(loss.function)(p + s, p + s, **parameters)
    assert moved == 0
    # Moving both changes the residual by rounding alone, and the loss by that times its slope.
    rounding = abs((p + s) - (t + s) - (p - t)) * 1.01
    slope = torch.func.grad(loss.function)(p, t, **parameters).abs()
    change = (loss.function(p + s, t + s, **parameters) - value).abs()
    assert change <= 2 * slope * rounding + 1e-9 * value + 1e-6 * rounding


@every_loss
def test_gradcheck(loss: Loss) -> None:
    """In the prediction, the target and every parameter, first and second order."""
    names = [parameter.name for parameter in loss.parameters]

    def call(p: torch.Tensor, t: torch.Tensor, *numbers: torch.Tensor) -> torch.Tensor:
        return loss.function(p, t, reduction="none", **dict(zip(names, numbers, strict=True)))

    prediction = _f64(*(r for r in RESIDUALS if abs(r) < 20)).requires_grad_()
    # Not at 0 for Barron's α: the differences would straddle the removable singularity.
    numbers = [_f64(parameter.default * 0.9 - 0.17).squeeze() for parameter in loss.parameters]
    for number in numbers:
        number.requires_grad_()
    inputs = (prediction, torch.zeros_like(prediction, requires_grad=True), *numbers)
    assert torch.autograd.gradcheck(call, inputs)
    assert torch.autograd.gradgradcheck(call, inputs, atol=1e-4)


@every_loss
def test_curvature_at_the_match(loss: Loss) -> None:
    """|r| inside a smooth loss would lose the second derivative exactly at 0."""
    bend = torch.func.grad(torch.func.grad(loss.function))
    expected = 2.0 if loss.id == "mse_loss" else 1.0
    if loss.properties.smooth:
        assert bend(*_f64(3.0, 3.0)).item() == pytest.approx(expected, rel=1e-12)
        assert bend(*_f64(3.0 + 1e-9, 3.0)).item() == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("ours", "theirs", "parameters"),
    [
        (l1_loss, F.l1_loss, {}),
        (mse_loss, F.mse_loss, {}),
        (smooth_l1_loss, F.smooth_l1_loss, {"beta": 0.3}),
        (huber_loss, F.huber_loss, {"delta": 2.5}),
    ],
    ids=["l1", "mse", "smooth_l1", "huber"],
)
@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
def test_torch_agrees(ours: Any, theirs: Any, parameters: Any, reduction: str) -> None:
    prediction = 3 * torch.randn(50, 4, generator=torch.Generator().manual_seed(0))
    target = torch.zeros(50, 4)
    torch.testing.assert_close(
        ours(prediction, target, reduction=reduction, **parameters),
        theirs(prediction, target, reduction=reduction, **parameters),
    )


def test_identities() -> None:
    r, zero = _f64(*RESIDUALS), _f64(0.0)
    for number in (0.5, 1.0, 2.0):
        torch.testing.assert_close(
            huber_loss(r, zero, delta=number, reduction="none"),
            number * smooth_l1_loss(r, zero, beta=number, reduction="none"),
        )
    torch.testing.assert_close(huber_loss(r, zero, delta=1e9), half_mse_loss(r, zero))
    torch.testing.assert_close(smooth_l1_loss(r, zero, beta=1e-12), l1_loss(r, zero))
    torch.testing.assert_close(2 * quantile_loss(r, zero, tau=0.5), l1_loss(r, zero))
    torch.testing.assert_close(2 * half_mse_loss(r, zero), mse_loss(r, zero))


def test_asking_for_the_ninth_decile_costs_nine_times_more_below() -> None:
    below, above = quantile_loss(_f64(-1.0, 1.0), _f64(0.0), reduction="none").tolist()
    assert below == pytest.approx(0.9)
    assert above == pytest.approx(0.1)


@every_loss
def test_tiny_residuals_keep_their_digits(loss: Loss) -> None:
    """In float32, down to where r² itself underflows; a smooth loss is then its parabola."""
    r = torch.tensor([1e-18, 3e-12, 1e-7, 1e-4, 1e-3])
    result = loss.function(r, torch.zeros(()), reduction="none")
    if loss.properties.smooth:
        exact = r.double() ** 2 * (1.0 if loss.id == "mse_loss" else 0.5)
        torch.testing.assert_close(result.double(), exact, rtol=1e-6, atol=0)
    else:
        exact = torch.from_numpy(VALUES[loss.id](r.double().numpy(), **loss.defaults()))
        torch.testing.assert_close(result.double(), exact, rtol=1e-6, atol=0)


@_each(loss for loss in REGRESSION if loss.properties.bounded_gradient)
@pytest.mark.parametrize(
    ("dtype", "huge"), [(torch.float16, 3e4), (torch.float32, 1e30), (torch.float64, 1e300)]
)
def test_huge_residuals_stay_finite(loss: Loss, dtype: torch.dtype, huge: float) -> None:
    prediction = torch.tensor([-huge, huge], dtype=dtype, requires_grad=True)
    values = loss.function(prediction, torch.zeros((), dtype=dtype), reduction="none")
    assert values.isfinite().all()
    (gradient,) = torch.autograd.grad(values.sum(), prediction)
    assert gradient.isfinite().all()
    if loss.id in ("log_cosh_loss", "charbonnier_loss", "huber_loss", "smooth_l1_loss", "l1_loss"):
        torch.testing.assert_close(values, prediction.detach().abs(), rtol=2e-3, atol=0)
        torch.testing.assert_close(gradient, torch.tensor([-1.0, 1.0], dtype=dtype))


def test_log_cosh_for_large_residuals() -> None:
    r = _f64(5.0, 17.9, 18.1, 40.0, 700.0, 1e5)
    expected = r - math.log(2) + torch.log1p(torch.exp(-2 * r))
    torch.testing.assert_close(
        log_cosh_loss(r, _f64(0.0), reduction="none"), expected, rtol=1e-15, atol=0
    )


@every_loss
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_shorter_dtypes(loss: Loss, dtype: torch.dtype) -> None:
    """Within one rounding of what float64 makes of the same inputs, and in their dtype."""
    generator = torch.Generator().manual_seed(2)
    prediction = (torch.randn(500, generator=generator) * 10).to(dtype)
    target = torch.randn(500, generator=generator).to(dtype)
    eps = torch.finfo(dtype).eps
    for reduction in ("none", "mean", "sum"):
        result = loss.function(prediction, target, reduction=reduction)
        exact = loss.function(prediction.double(), target.double(), reduction=reduction)
        assert result.dtype == dtype
        exact = exact.clamp(max=torch.finfo(dtype).max).to(dtype)
        result = result.clamp(max=torch.finfo(dtype).max)
        tolerance = 16 * eps if dtype == torch.float32 else eps
        torch.testing.assert_close(result, exact, rtol=tolerance, atol=1e-7)


@every_loss
def test_mean_in_half_precision_does_not_overflow_on_the_way(loss: Loss) -> None:
    prediction = torch.full((3000,), 100.0, dtype=torch.float16)
    mean = loss.function(prediction, torch.zeros((), dtype=torch.float16))
    assert mean.isfinite()
    assert mean == loss.function(prediction[0], torch.zeros((), dtype=torch.float16))


@every_loss
def test_shapes(loss: Loss) -> None:
    """A dimension of size 1 stands for all, and so does a single number."""
    generator = torch.Generator().manual_seed(3)
    prediction, target = torch.randn(5, 4, 3, generator=generator), torch.randn(1, 4, 1)
    values = loss.function(prediction, target, reduction="none")
    assert values.shape == (5, 4, 3)
    for i, j, k in ((0, 0, 0), (4, 3, 2), (2, 1, 0)):
        one = loss.function(prediction[i, j, k], target[0, j, 0])
        torch.testing.assert_close(values[i, j, k], one)
    torch.testing.assert_close(loss.function(prediction, target), values.mean())
    torch.testing.assert_close(loss.function(prediction, target, reduction="sum"), values.sum())
    weight = torch.rand(3, generator=generator)
    torch.testing.assert_close(
        loss.function(prediction, target, weight=weight),
        (values * weight).sum() / (20 * weight.sum()),
    )
    number = loss.function(prediction, torch.tensor(0.3), reduction="none")
    torch.testing.assert_close(
        number, loss.function(prediction, torch.full((5, 4, 3), 0.3), reduction="none")
    )


@every_loss
def test_vmap_over_everything(loss: Loss) -> None:
    prediction, target = _f64(*RESIDUALS), torch.linspace(-1, 1, 10, dtype=torch.float64)
    numbers = {
        parameter.name: torch.linspace(0.2, 0.9, 10, dtype=torch.float64)
        for parameter in loss.parameters
    }

    def one(p: torch.Tensor, t: torch.Tensor, n: dict[str, torch.Tensor]) -> torch.Tensor:
        return loss.function(p, t, **n)

    batch = torch.func.vmap(torch.func.grad_and_value(one))(prediction, target, numbers)
    for index in range(10):
        here = {name: number[index].item() for name, number in numbers.items()}
        single = torch.func.grad_and_value(one)(prediction[index], target[index], here)
        for together, alone in zip(batch, single, strict=True):
            torch.testing.assert_close(together[index], alone)


@every_loss
def test_refuses_bad_tensors(loss: Loss) -> None:
    with pytest.raises(ValueError, match=r"prediction must have a floating dtype; got torch.int64"):
        loss.function(torch.zeros(3, dtype=torch.int64), torch.zeros(3))
    with pytest.raises(ValueError, match=r"target must have a floating dtype; got torch.bool"):
        loss.function(torch.zeros(3), torch.zeros(3, dtype=torch.bool))
    with pytest.raises(ValueError, match=r"prediction \(3,\), target \(4,\)"):
        loss.function(torch.zeros(3), torch.zeros(4))
    with pytest.raises(ValueError, match=r"reduction must be one of none, mean, sum; got 'avg'"):
        loss.function(torch.zeros(3), torch.zeros(3), reduction="avg")


@_each(loss for loss in REGRESSION if loss.parameters)
def test_refuses_bad_numbers(loss: Loss) -> None:
    for parameter in loss.parameters:
        bad = {
            "alpha": [math.nan],
            "tau": [0.0, -1.0, 1.0, 2.0, math.nan],
            "beta": [-1.0, math.nan, math.inf],  # 0 is a limit, and so is an infinite δ
            "delta": [0.0, -1.0, math.nan],
        }
        for number in bad.get(parameter.name, [0.0, -1.0, math.nan, math.inf]):
            with pytest.raises(ValueError, match=f"{parameter.name} must be a number.*; got"):
                loss.function(torch.zeros(3), torch.zeros(3), **{parameter.name: number})


@pytest.mark.parametrize("dtype", [torch.float16, torch.float32], ids=str)
def test_refuses_numbers_that_the_dtype_cannot_hold(dtype: torch.dtype) -> None:
    residual = torch.ones(3, dtype=dtype)
    for loss, name in ((huber_loss, "delta"), (smooth_l1_loss, "beta"), (barron_loss, "scale")):
        with pytest.raises(ValueError, match=rf"{name} must be a number > 0 and <= 3\.4.*; got 1e"):
            loss(residual, 0 * residual, **{name: 1e308})
    flattest = barron_loss(residual, 0 * residual, alpha=1e308)
    torch.testing.assert_close(flattest, barron_loss(residual, 0 * residual, alpha=math.inf))
