"""The evidence about the best constants, sums and means."""

from collections.abc import Callable

import torch

from experiments.evidence.record import Curve, Evidence, curve, tensor
from experiments.regression import best_constant
from losses.regression import half_mse_loss, huber_loss, l1_loss, mse_loss

Loss = Callable[..., torch.Tensor]
MANY, FEW = 1000.0, 10.0  # the two targets of the notes' example
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
        curves=tuple(curve(name, guess, mean) for name, mean in means.items()),
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
            curve("median", deltas, level * best_constant(l1_loss, targets, shares)),
            Curve("huber", tuple(deltas.tolist()), tuple(map(minimum, deltas.tolist()))),
            curve("mean", deltas, level * best_constant(mse_loss, targets, shares)),
        ),
        x_label="delta",
        y_label="minimum",
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
        curves=tuple(curve(name, shifts, loss) for name, loss in losses.items()),
        x_label="shift",
        y_label="loss",
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


def _two_groups(share: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The two targets, 1000 and 10, and their shares in percent: `share` of them are 10."""
    return torch.tensor((MANY, FEW)).double(), torch.tensor((100 - share, share)).double()


def _mean_loss(
    loss: Loss, guess: torch.Tensor, targets: torch.Tensor, shares: torch.Tensor
) -> torch.Tensor:
    """The weighted mean loss of each guess over all targets."""
    losses = loss(*torch.broadcast_tensors(guess[:, None], targets), reduction="none")
    return (losses * shares).sum(dim=1) / shares.sum()


def small_mae() -> Evidence:
    """The mean absolute error of three predictions, by `losses` and by both forms of PyTorch's."""
    prediction, target = tensor(0.0, 0.1, 0.2), tensor(0.0, 0.2, 0.25)
    return Evidence(
        numbers={
            "mae": float(l1_loss(prediction, target)),
            "module": float(torch.nn.L1Loss()(prediction, target)),
            "function": float(torch.nn.functional.l1_loss(prediction, target)),
        }
    )
