"""Barron's general loss: where other implementations lose digits, and the paper's properties."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
import torch

from losses import barron_loss, charbonnier_loss, half_mse_loss
from tests.losses.regression_oracle import SLOPES, VALUES

INFINITY = math.inf
ZERO = torch.zeros((), dtype=torch.float64)
SHAPES = (-INFINITY, -1e6, -10.0, -2.0, -0.3, 0.0, 0.5, 1.0, 1.7, 2.0, 2.5, 4.0, INFINITY)
RESIDUALS = torch.tensor([-30.0, -3.0, -0.5, -1e-3, 1e-5, 0.02, 0.7, 1.0, 4.0, 12.0]).double()


def _exact(residual: float, alpha: float | Decimal) -> Decimal:
    """The general formula in sixty digits; for an α that is neither 0 nor 2 nor infinite."""
    with localcontext() as context:
        context.prec = 60
        shape = Decimal(alpha)
        bend = abs(shape - 2)
        growth = (Decimal(residual) ** 2 / bend + 1).ln()
        return bend / shape * ((shape / 2 * growth).exp() - 1)


def _random(count: int = 20_000) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Residuals of all sizes, shapes of all sizes (0, 2 and ±∞ included), scales."""
    generator = torch.Generator().manual_seed(0)

    def powers(low: float, high: float) -> torch.Tensor:
        spread = torch.rand(count, generator=generator, dtype=torch.float64)
        sign = (torch.rand(count, generator=generator) < 0.5).double() * 2 - 1
        return sign * 10 ** (low + (high - low) * spread)

    alpha = torch.where(torch.rand(count, generator=generator) < 0.5, powers(-9, 3), 0.0)
    alpha = alpha + 2.0 * (torch.rand(count, generator=generator) < 0.4)
    infinite = torch.rand(count, generator=generator) < 0.05
    alpha = torch.where(infinite, powers(0, 1).sign() * INFINITY, alpha)
    return powers(-8, 6), alpha, powers(-2, 2).abs()


@pytest.mark.parametrize("scale", [0.1, 1.0, 30.0])
@pytest.mark.parametrize("alpha", [-INFINITY, -2.0, 0.0, 1.0, 2.0, 4.0, INFINITY])
def test_named_members(alpha: float, scale: float) -> None:
    residual = RESIDUALS[RESIDUALS.abs() < 3 * scale].requires_grad_()
    values = barron_loss(residual, ZERO, alpha=alpha, scale=scale, reduction="none")
    (slopes,) = torch.autograd.grad(values.sum(), residual)
    r = residual.detach().numpy()
    np.testing.assert_allclose(
        values.detach(), VALUES["barron_loss"](r, alpha, scale), rtol=1e-9, atol=1e-15
    )
    np.testing.assert_allclose(slopes, SLOPES["barron_loss"](r, alpha, scale), rtol=1e-9)


def test_members_that_have_their_own_function() -> None:
    torch.testing.assert_close(
        barron_loss(RESIDUALS, ZERO, alpha=2.0), half_mse_loss(RESIDUALS, ZERO)
    )
    torch.testing.assert_close(
        barron_loss(RESIDUALS, ZERO, alpha=1.0), charbonnier_loss(RESIDUALS, ZERO, epsilon=1.0)
    )
    welsch, geman = (
        barron_loss(RESIDUALS, ZERO, alpha=alpha, reduction="none") for alpha in (-INFINITY, -2.0)
    )
    square = RESIDUALS**2
    torch.testing.assert_close(welsch, -torch.expm1(-square / 2), rtol=1e-14, atol=0)
    torch.testing.assert_close(geman, 2 * square / (square + 4), rtol=1e-14, atol=0)


@pytest.mark.parametrize(("dtype", "digits"), [(torch.float64, 1e-13), (torch.float32, 1e-5)])
@pytest.mark.parametrize("centre", [0.0, 2.0])
def test_digits_hold_near_the_special_shapes(
    centre: float, dtype: torch.dtype, digits: float
) -> None:
    """Subtracting 1 from a power, or dividing by α, would leave none here."""
    for exponent in range(1, 9 if dtype == torch.float64 else 7):
        for sign in (-1, 1):
            alpha = torch.tensor(centre + sign * 10.0**-exponent, dtype=dtype)
            for size in (1e-6, 1e-3, 0.5, 1.0, 3.0, 40.0):
                residual = torch.tensor(size, dtype=dtype)
                value = barron_loss(residual, ZERO.to(dtype), alpha=alpha).item()
                expected = float(_exact(residual.item(), alpha.item()))
                assert value == pytest.approx(expected, rel=digits), (alpha, size)


@pytest.mark.parametrize("alpha", [-1e-7, 0.0, 1e-7, 1e-4])
def test_the_loss_at_1_near_shape_0_is_the_logarithm(alpha: float) -> None:
    one = torch.ones((), dtype=torch.float32)
    value = barron_loss(one, torch.zeros(()), alpha=alpha).item()
    assert value == pytest.approx(math.log(1.5), rel=1e-4 if alpha == 1e-4 else 1e-6)


@pytest.mark.parametrize(("dtype", "digits"), [(torch.float64, 1e-12), (torch.float32, 2e-5)])
@pytest.mark.parametrize("alpha", [-10.0, -4.0, -2.0, -0.5, 0.0, 0.5, 1.0])
def test_slope_of_an_outlier_keeps_its_digits(
    alpha: float, dtype: torch.dtype, digits: float
) -> None:
    """It is a power of the residual, far below what 1 − (1 − slope) could hold."""
    residual = torch.tensor([3.0, 30.0, 300.0, 3000.0], dtype=dtype, requires_grad=True)
    values = barron_loss(residual, ZERO.to(dtype), alpha=alpha, reduction="sum")
    (slopes,) = torch.autograd.grad(values, residual)
    expected = SLOPES["barron_loss"](residual.detach().double().numpy(), alpha, 1.0)
    np.testing.assert_allclose(slopes, expected, rtol=digits)


@pytest.mark.parametrize("alpha", SHAPES)
def test_tiny_residuals_in_single_precision(alpha: float) -> None:
    residual = torch.tensor([1e-15, 1e-10, 1e-6, 1e-3], requires_grad=True)
    values = barron_loss(residual, torch.zeros(()), alpha=alpha, reduction="none")
    (slopes,) = torch.autograd.grad(values.sum(), residual)
    half_square = residual.detach().double() ** 2 / 2
    torch.testing.assert_close(values.detach().double(), half_square, rtol=3e-6, atol=0)
    torch.testing.assert_close(slopes, residual.detach(), rtol=3e-6, atol=0)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_finite_everywhere(dtype: torch.dtype) -> None:
    limits = torch.finfo(dtype)
    sizes = torch.logspace(
        math.log10(limits.tiny), math.log10(limits.max) - 0.01, 60, dtype=torch.float64
    )
    residual = torch.cat((-sizes, torch.zeros(1), sizes)).to(dtype)
    near = torch.tensor([1e-12, 1e-6, 1e-3]).double()
    shapes = torch.cat((torch.tensor(SHAPES).double(), near, -near, 2 - near, 2 + near)).to(dtype)
    for scale in (0.01, 1.0, 100.0):
        alpha = shapes.clone().requires_grad_()
        r = residual[:, None].repeat(1, len(alpha)).requires_grad_()
        if dtype in (torch.float16, torch.bfloat16):
            # A loss that leaves the dtype is infinite in it, like r² would be.
            values = barron_loss(r.float(), ZERO.float(), alpha=alpha.float(), scale=scale)
        else:
            values = barron_loss(r, ZERO.to(dtype), alpha=alpha, scale=scale, reduction="none")
            assert values.isfinite().all()
            values = values[values < limits.max**0.5].sum()
        for gradient in torch.autograd.grad(values, (r, alpha)):
            assert not gradient.isnan().any()
            if dtype in (torch.float32, torch.float64):
                assert gradient.isfinite().all()


@pytest.mark.parametrize("alpha", [-1e-3, -1e-5, -1e-8, 0.0, 1e-9, 1e-6, 2e-4, 0.1, 1.9, 2.1])
def test_gradient_in_the_shape(alpha: float) -> None:
    """Against differences of the sixty-digit formula, also through the removable singularity."""
    for size in (0.3, 1.0, 5.0):
        residual = torch.tensor(size, dtype=torch.float64)
        shape = torch.tensor(alpha, dtype=torch.float64, requires_grad=True)
        (slope,) = torch.autograd.grad(barron_loss(residual, ZERO, alpha=shape), shape)
        with localcontext() as context:
            context.prec = 60
            step = Decimal("1e-20")
            rise = _exact(size, Decimal(alpha) + step) - _exact(size, Decimal(alpha) - step)
            expected = float(rise / (2 * step))
        assert slope.item() == pytest.approx(expected, rel=1e-8)


class TestPropertiesOfThePaper:
    """Section 2 and the appendix of the paper, on twenty thousand random cases."""

    residual, alpha, scale = _random()

    def values(self, factor: float = 1.0) -> torch.Tensor:
        return barron_loss(
            factor * self.residual,
            ZERO,
            alpha=self.alpha,
            scale=factor * self.scale,
            reduction="none",
        )

    def slopes(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """In the residual, in the shape, in the scale."""
        inputs = [t.clone().requires_grad_() for t in (self.residual, self.alpha, self.scale)]
        values = barron_loss(inputs[0], ZERO, alpha=inputs[1], scale=inputs[2], reduction="none")
        slopes = torch.autograd.grad(values.sum(), inputs)
        assert all(slope.isfinite().all() for slope in slopes)
        return slopes

    def test_symmetric_and_not_negative(self) -> None:
        mirrored = barron_loss(
            -self.residual, ZERO, alpha=self.alpha, scale=self.scale, reduction="none"
        )
        assert torch.equal(mirrored, self.values())
        assert (self.values() >= 0).all()

    def test_slope_has_the_sign_of_the_residual(self) -> None:
        slope, _, _ = self.slopes()
        ratio = self.residual / self.scale
        # Far out on the plateaus the slope underflows to 0.
        assert ((slope.sign() == ratio.sign()) | (slope == 0)).all()
        assert (slope[ratio.abs() < 3] != 0).all()

    def test_quadratic_near_the_match(self) -> None:
        near = (self.residual / self.scale).abs() < 1e-3 * (self.alpha - 2).abs().clamp(
            1e-3, 1
        ).sqrt()
        ratio = (self.residual / self.scale)[near]
        torch.testing.assert_close(self.values()[near], ratio**2 / 2, rtol=1e-5, atol=0)

    def test_bounded_for_negative_shapes(self) -> None:
        negative = self.alpha < 0
        bound = (self.alpha - 2) / self.alpha
        bound = torch.where(self.alpha == -INFINITY, 1.0, bound)
        assert (self.values() <= bound * (1 + 1e-12))[negative].all()

    def test_slope_bounded_for_shapes_up_to_2(self) -> None:
        slope, _, _ = self.slopes()
        ratio = (self.residual / self.scale).abs()
        upto_1, upto_2 = self.alpha <= 1, self.alpha <= 2
        assert (slope.abs() * self.scale <= 1 + 1e-12)[upto_1].all()
        assert (slope.abs() * self.scale <= ratio * (1 + 1e-12))[upto_2].all()

    def test_rises_with_the_shape_and_falls_with_the_scale(self) -> None:
        _, in_shape, in_scale = self.slopes()
        # Two terms of the size of ln(z²/b + 1) cancel where the loss is still its parabola.
        bend = (self.alpha - 2).abs().clamp(min=2e-16)
        growth = torch.log1p((self.residual / self.scale) ** 2 / bend)
        tolerance = 1e-15 * growth + 1e-12 * self.values()
        assert (in_shape >= -tolerance)[self.alpha.isfinite()].all()
        assert (in_scale <= 0).all()

    def test_only_the_ratio_to_the_scale_counts(self) -> None:
        torch.testing.assert_close(self.values(4.0), self.values(), rtol=0, atol=0)
