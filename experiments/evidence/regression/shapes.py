"""The evidence about slopes, convexity and densities of the losses."""

from collections.abc import Callable

import torch
from torch.func import grad

from experiments.evidence.record import Evidence, curve
from experiments.operations import operations
from losses.regression import half_mse_loss, huber_loss, l1_loss, mse_loss, smooth_l1_loss

Loss = Callable[..., torch.Tensor]
LOSSES = {"mse": mse_loss, "l1": l1_loss}


def sparse_gradient() -> Evidence:
    """The entries of L1's gradient, and what an L1 penalty does to a weight.

    The shrunken weight minimises ½(v − w)² + λ|v|, or ½(v − w)² + ½λv², over a fine grid of v.
    """
    count, penalty, small = 10_000, 0.5, 0.3
    generator = torch.Generator().manual_seed(0)
    residuals = torch.randn(count, generator=generator, dtype=torch.float64)
    gradient = grad(l1_loss)(residuals, torch.zeros_like(residuals)) * count

    grid = torch.arange(-2000, 2001).double() / 1000  # holds 0 itself
    weights = torch.linspace(-1.5, 1.5, 61, dtype=torch.float64)

    def shrunken(punish: Loss, weight: torch.Tensor) -> torch.Tensor:
        fit = half_mse_loss(*torch.broadcast_tensors(grid, weight[:, None]), reduction="none")
        punished = punish(grid, torch.zeros_like(grid), reduction="none")
        return grid[(fit + penalty * punished).argmin(dim=1)]

    one = torch.tensor([small], dtype=torch.float64)
    return Evidence(
        numbers={
            "count": float(count),
            "zeros": float((gradient == 0).sum()),
            "shortest": float(gradient.abs().min()),
            "longest": float(gradient.abs().max()),
            "small_weight": small,
            "small_weight_l1": float(shrunken(l1_loss, one)),
            "small_weight_l2": float(shrunken(half_mse_loss, one)),
        },
        curves=(
            curve("l1_penalty", weights, shrunken(l1_loss, weights)),
            curve("l2_penalty", weights, shrunken(half_mse_loss, weights)),
        ),
        x_label="weight",
        y_label="shrunken",
    )


def operations_of_both() -> Evidence:
    """The arithmetic that torch does for each element of the L1 and of the squared error."""
    target = torch.zeros(5, dtype=torch.float64)
    return Evidence(
        numbers={
            "l1": operations(
                lambda z: torch.nn.functional.l1_loss(z, target, reduction="none"), inside=True
            ),
            "mse": operations(
                lambda z: torch.nn.functional.mse_loss(z, target, reduction="none"), inside=True
            ),
        }
    )


def convex_in_what() -> Evidence:
    """The squared error of a prediction, of a product of two weights, and behind a sigmoid."""
    one = torch.ones((), dtype=torch.float64)
    moved = torch.linspace(-1.5, 1.5, 121, dtype=torch.float64)

    def behind_sigmoid(logit: torch.Tensor) -> torch.Tensor:
        return mse_loss(torch.sigmoid(logit), one)

    logits = torch.linspace(-6, 6, 1201, dtype=torch.float64)
    curvature = torch.func.vmap(grad(grad(behind_sigmoid)))(logits)
    lowest = curvature.argmin()
    valleys = mse_loss(torch.stack((one * one, (-one) * (-one))), one)
    return Evidence(
        numbers={
            "valley": float(valleys),
            "midpoint": float(mse_loss(0 * one, one)),
            "lowest_curvature": float(curvature[lowest]),
            "lowest_logit": float(logits[lowest]),
        },
        curves=(
            curve("prediction", moved, mse_loss(moved, one, reduction="none")),
            curve("weights", moved, mse_loss(moved * moved, one, reduction="none")),
        ),
        x_label="moved",
        y_label="loss",
    )


def slope_of_smooth_l1() -> Evidence:
    """The derivatives of L1, half MSE and Smooth L1 at its default threshold."""
    places = {"nearer": 0.1, "near": 0.5, "far": 5.0, "farther": 50.0}
    residuals = torch.linspace(-3, 3, 121, dtype=torch.float64)
    slopes = {
        f"slope_{name}": float(_slope(smooth_l1_loss, torch.tensor([at], dtype=torch.float64)))
        for name, at in places.items()
    }
    losses = {"l1": l1_loss, "half_mse": half_mse_loss, "smooth_l1": smooth_l1_loss}
    return Evidence(
        numbers=places | slopes,
        curves=tuple(curve(n, residuals, _slope(loss, residuals)) for n, loss in losses.items()),
        x_label="residual",
        y_label="slope",
    )


def pieces_of_smooth_l1() -> Evidence:
    """Smooth L1 and Huber with the same threshold, which is not one."""
    threshold = 0.5
    at = torch.tensor([3.0], dtype=torch.float64)
    residuals = torch.linspace(-3, 3, 121, dtype=torch.float64)
    zero = torch.zeros((), dtype=torch.float64)

    def smooth_l1(prediction, target, **keywords):
        return smooth_l1_loss(prediction, target, beta=threshold, **keywords)

    def huber(prediction, target, **keywords):
        return huber_loss(prediction, target, delta=threshold, **keywords)

    return Evidence(
        numbers={
            "threshold": threshold,
            "residual": float(at),
            "residual_far": float(10 * at),
            "smooth_l1": float(smooth_l1(at, zero)),
            "huber": float(huber(at, zero)),
            "smooth_l1_slope": float(_slope(smooth_l1, at)),
            "huber_slope": float(_slope(huber, at)),
            "mse_gradient": float(_slope(mse_loss, at)),
            "mse_gradient_far": float(_slope(mse_loss, 10 * at)),
        },
        curves=(
            curve("smooth_l1_curve", residuals, smooth_l1(residuals, zero, reduction="none")),
            curve("huber_curve", residuals, huber(residuals, zero, reduction="none")),
        ),
        x_label="residual_axis",
        y_label="loss",
    )


def why_l1_is_robust() -> Evidence:
    """How hard L1 and MSE pull at an ordinary residual and at an outlier's."""
    near = torch.tensor([3.0], dtype=torch.float64)
    far = 10 * near
    zero = torch.zeros((), dtype=torch.float64)
    residuals = torch.linspace(0.25, 30, 120, dtype=torch.float64)
    numbers = {"near": float(near), "far": float(far)}
    for name, loss in LOSSES.items():
        numbers[f"{name}_near"] = float(_slope(loss, near))
        numbers[f"{name}_far"] = float(_slope(loss, far))
        numbers[f"{name}_asymmetry"] = float(loss(near, zero) - loss(-near, zero))
    return Evidence(
        numbers=numbers,
        curves=tuple(curve(n, residuals, _slope(loss, residuals)) for n, loss in LOSSES.items()),
        x_label="residual",
        y_label="gradient",
    )


def huber_at_the_knee() -> Evidence:
    """Huber's two branches, each continued beyond the knee."""
    delta = 1.5
    residuals = torch.linspace(0, 3, 121, dtype=torch.float64)
    knee = torch.tensor([delta], dtype=torch.float64)
    zero = torch.zeros((), dtype=torch.float64)

    def line(prediction, target, **keywords):
        return delta * (l1_loss(prediction, target, **keywords) - delta / 2)

    huber = huber_loss(residuals, zero, delta=delta, reduction="none")
    return Evidence(
        numbers={
            "delta": delta,
            "inner": float(half_mse_loss(knee, zero)),
            "outer": float(line(knee, zero)),
            "inner_slope": float(_slope(half_mse_loss, knee)),
            "outer_slope": float(_slope(line, knee)),
        },
        curves=(
            curve("parabola", residuals, half_mse_loss(residuals, zero, reduction="none")),
            curve("line", residuals, line(residuals, zero, reduction="none")),
            curve("huber", residuals, huber),
        ),
        x_label="residual",
        y_label="loss",
    )


def mse_and_gauss() -> Evidence:
    """−log of the Gaussian and the Laplace density, beside the losses that belong to them."""
    residuals = torch.linspace(-3, 3, 121, dtype=torch.float64)
    zero, one = torch.zeros((), dtype=torch.float64), torch.ones((), dtype=torch.float64)
    gauss = -torch.distributions.Normal(zero, one).log_prob(residuals)
    laplace = -torch.distributions.Laplace(zero, one).log_prob(residuals)
    half_mse = half_mse_loss(residuals, zero, reduction="none")
    l1 = l1_loss(residuals, zero, reduction="none")
    return Evidence(
        numbers={
            "offset": float((gauss - half_mse).mean()),
            "spread": _spread(gauss - half_mse),
            "laplace_offset": float((laplace - l1).mean()),
            "laplace_spread": _spread(laplace - l1),
        },
        curves=(
            curve("half_mse", residuals, half_mse),
            curve("gauss", residuals, gauss),
            curve("l1", residuals, l1),
            curve("laplace", residuals, laplace),
        ),
        x_label="residual",
        y_label="loss",
    )


def _slope(loss: Loss, residuals: torch.Tensor) -> torch.Tensor:
    """The derivative of the loss at each residual."""
    return grad(lambda r: loss(r, torch.zeros_like(r), reduction="sum"))(residuals)


def _spread(difference: torch.Tensor) -> float:
    """How much it varies, to twelve digits: below that, float64 itself varies."""
    return round(float(difference.max() - difference.min()), 12)
