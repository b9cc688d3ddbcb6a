"""The evidence for the regression claims."""

from collections.abc import Callable
from typing import Any

import torch
from torch.func import grad

from experiments.descent import descend
from experiments.evidence.record import Curve, Evidence
from experiments.regression import best_constant
from losses.regression import half_mse_loss, huber_loss, l1_loss, mse_loss, smooth_l1_loss

Loss = Callable[..., torch.Tensor]
MANY, FEW = 1000.0, 10.0  # the two targets of the notes' example
RATE = 0.3
LOSSES = {"mse": mse_loss, "l1": l1_loss}


def minimum_of_mse() -> Evidence:
    """Mean loss of a constant prediction where 95 % of the targets are 1000 and 5 % are 10."""
    targets, shares = _two_groups(5)
    guess = torch.linspace(0, 1050, 211, dtype=torch.float64)
    means = {name: _mean_loss(loss, guess, targets, shares) for name, loss in LOSSES.items()}
    minimum = best_constant(mse_loss, targets, shares)
    at_minimum = _mean_loss(mse_loss, torch.tensor([minimum]).double(), targets, shares)
    at_notes = _mean_loss(mse_loss, torch.tensor([FEW]).double(), targets, shares)
    return Evidence(
        numbers={
            "mse_minimum": minimum,
            "l1_minimum": best_constant(l1_loss, targets, shares),
            "mse_at_minimum": float(at_minimum),
            "mse_at_notes": float(at_notes),
            "times_higher": float(at_notes / at_minimum),
        },
        curves=tuple(_curve(name, guess, mean) for name, mean in means.items()),
        x_label="guess",
        y_label="loss",
        log_y=True,
    )


def huber_between() -> Evidence:
    """Where Huber's best constant lies for the same targets, as its threshold grows."""
    targets, shares = _two_groups(5)
    deltas = torch.linspace(1, 1000, 28, dtype=torch.float64)  # steps of 37

    def minimum(delta: float) -> float:
        return best_constant(huber_loss, targets, shares, delta=delta)

    level = torch.ones_like(deltas)
    return Evidence(
        numbers={f"minimum_at_{delta}": minimum(float(delta)) for delta in (1, 10, 100, 1000)},
        curves=(
            _curve("median", deltas, level * best_constant(l1_loss, targets, shares)),
            Curve("huber", tuple(deltas.tolist()), tuple(map(minimum, deltas.tolist()))),
            _curve("mean", deltas, level * best_constant(mse_loss, targets, shares)),
        ),
        x_label="delta",
        y_label="minimum",
    )


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
        fit = half_mse_loss(grid, weight[:, None], reduction="none")
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
            _curve("l1_penalty", weights, shrunken(l1_loss, weights)),
            _curve("l2_penalty", weights, shrunken(half_mse_loss, weights)),
        ),
        x_label="weight",
        y_label="shrunken",
    )


def hopping() -> Evidence:
    """Gradient descent from 1 with one fixed rate: L1 hops, half MSE lands."""
    l1 = _from_one(l1_loss, rate=RATE, steps=20)
    half_mse = _from_one(half_mse_loss, rate=RATE, steps=20)
    return Evidence(
        numbers={
            "rate": RATE,
            "l1_before_last": float(l1[-2]),
            "l1_last": float(l1[-1]),
            "half_mse_last": float(half_mse[-1]),
        },
        curves=(_path("l1", l1), _path("half_mse", half_mse)),
        x_label="step",
        y_label="prediction",
    )


def sign_of_the_gradient() -> Evidence:
    """The gradient of both squared errors, and a descent with the sign of the notes."""
    prediction = torch.tensor([0.8, -2.0, 0.5, 4.0], dtype=torch.float64)
    target = torch.tensor([0.0, -1.5, 0.7, 1.0], dtype=torch.float64)
    steps = 10
    right = _from_one(half_mse_loss, rate=RATE, steps=steps)
    # Stepping against a gradient of the wrong sign is stepping along the right one.
    notes = _from_one(half_mse_loss, rate=-RATE, steps=steps)
    return Evidence(
        numbers={
            "count": float(len(prediction)),
            "residual": float((prediction - target)[0]),
            "mse_gradient": float(grad(mse_loss)(prediction, target)[0]),
            "half_mse_gradient": float(grad(half_mse_loss)(prediction, target)[0]),
            "steps": float(steps),
            "right_distance": float(right[-1].abs()),
            "notes_distance": float(notes[-1].abs()),
        },
        curves=(_path("right", right), _path("notes", notes)),
        x_label="step",
        y_label="distance",
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
            _curve("prediction", moved, mse_loss(moved, one, reduction="none")),
            _curve("weights", moved, mse_loss(moved * moved, one, reduction="none")),
        ),
        x_label="moved",
        y_label="loss",
    )


def three_scales() -> Evidence:
    """Sum, mean and half mean of the same squared errors, as all predictions move together."""
    prediction = torch.tensor([0.8, -2.0, 0.5, 4.0], dtype=torch.float64)
    target = torch.tensor([0.0, -1.5, 0.7, 1.0], dtype=torch.float64)
    scales = {
        "sum": lambda p: mse_loss(p, target, reduction="sum"),
        "mean": lambda p: mse_loss(p, target),
        "half_mean": lambda p: half_mse_loss(p, target),
    }
    shifts = torch.linspace(-2.275, 0.725, 121, dtype=torch.float64)
    losses = {
        name: torch.stack([scale(prediction + shift) for shift in shifts])
        for name, scale in scales.items()
    }
    at_rest = {name: float(scale(prediction)) for name, scale in scales.items()}
    minima = {f"{name}_minimum": float(shifts[loss.argmin()]) for name, loss in losses.items()}
    return Evidence(
        numbers=at_rest | minima,
        curves=tuple(_curve(name, shifts, loss) for name, loss in losses.items()),
        x_label="shift",
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
        curves=tuple(_curve(n, residuals, _slope(loss, residuals)) for n, loss in losses.items()),
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
            _curve("smooth_l1_curve", residuals, smooth_l1(residuals, zero, reduction="none")),
            _curve("huber_curve", residuals, huber(residuals, zero, reduction="none")),
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
        curves=tuple(_curve(n, residuals, _slope(loss, residuals)) for n, loss in LOSSES.items()),
        x_label="residual",
        y_label="gradient",
    )


def sums_called_means() -> Evidence:
    """The sums that the notes' code returns, and the means that the names promise."""
    zero = torch.zeros((), dtype=torch.float64)
    rows = torch.ones(2, 3, dtype=torch.float64)
    example = torch.tensor([0.0, 0.5, 1.0, 2.0], dtype=torch.float64)
    numbers = {
        "notes_formula": float(l1_loss(rows, zero, reduction="sum") / len(rows)),
        "torch_mean": float(l1_loss(rows, zero)),
    }
    for name, loss in {"mse": mse_loss, "mae": l1_loss, "huber": huber_loss}.items():
        numbers[f"{name}_sum"] = float(loss(example, zero, reduction="sum"))
        numbers[f"{name}_mean"] = float(loss(example, zero))
    return Evidence(numbers=numbers)


def median_and_mean() -> Evidence:
    """The best constant under L1 and MSE, as the share of the targets at 10 grows."""
    shares = range(101)
    minima = {
        name: [best_constant(loss, *_two_groups(share)) for share in shares]
        for name, loss in LOSSES.items()
    }
    numbers = {}
    for name, minimum in minima.items():
        numbers |= {f"{name}_below": minimum[49], f"{name}_above": minimum[51]}
    return Evidence(
        numbers=numbers,
        curves=tuple(
            Curve(name, tuple(shares), tuple(minimum)) for name, minimum in minima.items()
        ),
        x_label="share",
        y_label="minimum",
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
            _curve("parabola", residuals, half_mse_loss(residuals, zero, reduction="none")),
            _curve("line", residuals, line(residuals, zero, reduction="none")),
            _curve("huber", residuals, huber),
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
            _curve("half_mse", residuals, half_mse),
            _curve("gauss", residuals, gauss),
            _curve("l1", residuals, l1),
            _curve("laplace", residuals, laplace),
        ),
        x_label="residual",
        y_label="loss",
    )


def decaying_rate() -> Evidence:
    """L1 with a fixed rate and with one that shrinks by a tenth a step, beside half MSE."""
    steps = 40
    fixed = _from_one(l1_loss, rate=RATE, steps=steps)
    half_mse = _from_one(half_mse_loss, rate=RATE, steps=steps)
    decayed = _from_one(l1_loss, rate=lambda step: RATE * 0.9**step, steps=steps)
    return Evidence(
        numbers={
            "steps": float(steps),
            "fixed_hop": float((fixed[-1] - fixed[-2]).abs()),
            "decayed_hop": float((decayed[-1] - decayed[-2]).abs()),
            "decayed_distance": float(decayed[-1].abs()),
            "half_mse_distance": float(half_mse[-1].abs()),
        },
        curves=(_path("fixed", fixed), _path("decayed", decayed), _path("half_mse", half_mse)),
        x_label="step",
        y_label="prediction",
    )


def _from_one(loss: Loss, **steps: Any) -> torch.Tensor:
    """A prediction on its way from 1 to the target 0."""
    one = torch.ones((), dtype=torch.float64)
    return descend(lambda prediction: loss(prediction, 0 * one), one, **steps)


def _two_groups(share: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The two targets, 1000 and 10, and their shares in percent: `share` of them are 10."""
    return torch.tensor((MANY, FEW)).double(), torch.tensor((100 - share, share)).double()


def _mean_loss(
    loss: Loss, guess: torch.Tensor, targets: torch.Tensor, shares: torch.Tensor
) -> torch.Tensor:
    """The weighted mean loss of each guess over all targets."""
    losses = loss(guess[:, None], targets, reduction="none")
    return (losses * shares).sum(dim=1) / shares.sum()


def _slope(loss: Loss, residuals: torch.Tensor) -> torch.Tensor:
    """The derivative of the loss at each residual."""
    return grad(lambda r: loss(r, torch.zeros_like(r), reduction="sum"))(residuals)


def _spread(difference: torch.Tensor) -> float:
    """How much it varies, to twelve digits: below that, float64 itself varies."""
    return round(float(difference.max() - difference.min()), 12)


def _path(label: str, positions: torch.Tensor) -> Curve:
    return _curve(label, torch.arange(len(positions)), positions)


def _curve(label: str, x: torch.Tensor, y: torch.Tensor) -> Curve:
    return Curve(label, tuple(x.tolist()), tuple(y.tolist()))
