"""The evidence about sigmoid, logit and binary cross-entropy."""

import math

import torch
from torch.func import grad, vmap
from torch.nn.functional import binary_cross_entropy, binary_cross_entropy_with_logits

from catalog import CATALOG
from experiments.classification import binary_program
from experiments.evidence.record import Evidence, curve, tensor
from experiments.operations import operations
from losses.binary import (
    bce_loss,
    bce_with_logits_loss,
    squared_error_on_sigmoid,
    weighted_bce_loss,
)

ONE = torch.ones((), dtype=torch.float64)


def what_bce_expects() -> Evidence:
    """Three numbers read as probabilities and as logits; a perfect answer read as logits."""
    numbers, labels = tensor(0.6, 0.3, 0.8), tensor(1, 0, 1)
    return Evidence(
        numbers={
            "as_probabilities": float(bce_loss(numbers, labels)),
            "as_logits": float(bce_with_logits_loss(numbers, labels)),
            "perfect": float(bce_with_logits_loss(tensor(1, 0), tensor(1, 0))),
            "highest": float(torch.sigmoid(ONE)),
        }
    )


def sigmoid_then_bce() -> Evidence:
    """BCE in float32 for the label 0: from the sigmoid, and from the logit."""
    logits = torch.linspace(0, 24, 241)
    zeros = torch.zeros_like(logits)

    def two_steps(z: torch.Tensor) -> torch.Tensor:
        return bce_loss(torch.sigmoid(z), zeros, reduction="sum")

    def fused(z: torch.Tensor) -> torch.Tensor:
        return bce_with_logits_loss(z, zeros, reduction="sum")

    slopes = {"two_steps": grad(two_steps)(logits), "fused": grad(fused)(logits)}
    zero = torch.zeros(())
    dead = logits[slopes["two_steps"] == 0]
    numbers = {"first_dead": round(float(dead[0]), 1)}
    for name, z in {"ten": torch.tensor(10.0), "twenty": torch.tensor(20.0)}.items():
        numbers[f"two_steps_at_{name}"] = float(bce_loss(torch.sigmoid(z), zero))
        numbers[f"fused_at_{name}"] = float(bce_with_logits_loss(z, zero))
    return Evidence(
        numbers=numbers,
        curves=tuple(curve(name, logits, slope) for name, slope in slopes.items()),
        x_label="logit",
        y_label="gradient",
    )


def operations_of_bce() -> Evidence:
    """What torch takes for BCE from the sigmoid and from the logit: operations, and what is in
    them."""
    labels = tensor(1, 0, 1, 1, 0)

    def two_steps(z: torch.Tensor) -> torch.Tensor:
        return binary_cross_entropy(torch.sigmoid(z), labels, reduction="none")

    def fused(z: torch.Tensor) -> torch.Tensor:
        return binary_cross_entropy_with_logits(z, labels, reduction="none")

    return Evidence(
        numbers={
            "two_steps": operations(two_steps),
            "fused": operations(fused),
            "inside_two_steps": operations(two_steps, inside=True),
            "inside_fused": operations(fused, inside=True),
        }
    )


def weights_and_counts() -> Evidence:
    """The best constant probability for 20 positives and 80 negatives, under three weightings."""
    positives, negatives = 0.2, 0.8
    weights = {"none": (1.0, 1.0), "inverse": (0.8, 0.2), "proportional": (0.2, 0.8)}
    chances = torch.linspace(0.0005, 0.9995, 9991, dtype=torch.float64)
    ones = torch.ones_like(chances)

    def mean(prices: tuple[float, float]) -> torch.Tensor:
        given = {"positive_weight": prices[0], "negative_weight": prices[1], "reduction": "none"}
        yes = weighted_bce_loss(chances, ones, **given)
        no = weighted_bce_loss(chances, 0 * ones, **given)
        return (positives * yes + negatives * no) / (positives * prices[0] + negatives * prices[1])

    means = {name: mean(prices) for name, prices in weights.items()}
    thin = slice(95, -95, 98)
    return Evidence(
        numbers={name: round(float(chances[m.argmin()]), 4) for name, m in means.items()},
        curves=tuple(curve(f"curve_{n}", chances[thin], m[thin]) for n, m in means.items()),
        x_label="chance",
        y_label="loss",
    )


def product_with_the_loss() -> Evidence:
    """p · (−ln p) would be constant if the loss were inversely proportional to p."""
    chances = torch.linspace(0.05, 1, 96, dtype=torch.float64)
    loss = bce_loss(chances, ONE, reduction="none")
    places = {"low": 0.2, "middle": 0.4, "high": 0.8}
    products = {f"product_{n}": p * float(bce_loss(tensor(p), ONE)) for n, p in places.items()}
    return Evidence(
        numbers=places | products,
        curves=(
            curve("loss", chances, loss),
            curve("inverse", chances, products["product_middle"] / chances),
        ),
        x_label="chance",
        y_label="loss_axis",
    )


def giving_up() -> Evidence:
    """Cross-entropy and squared error from a confidently wrong logit."""
    start, enough = -8.0, 0.9
    losses = {"cross_entropy": bce_with_logits_loss, "squared_error": squared_error_on_sigmoid}
    axis = torch.linspace(-8, 8, 801, dtype=torch.float64)
    numbers: dict[str, float] = {"start": start, "enough": enough}
    curves = []
    for name, loss in losses.items():
        slope = grad(lambda z, own=loss: own(z, ONE))
        numbers[f"gradient_{name}"] = float(slope(tensor(start)))
        numbers[f"lowest_curvature_{name}"] = float(vmap(grad(slope))(axis).min())
        logit, steps = tensor(start), 0
        while torch.sigmoid(logit) < enough:
            logit, steps = logit - slope(logit), steps + 1
        numbers[f"steps_{name}"] = float(steps)
        curves.append(curve(name, axis[::10], vmap(slope)(axis[::10])))
    return Evidence(numbers=numbers, curves=tuple(curves), x_label="logit", y_label="gradient")


def slope_of_the_sigmoid() -> Evidence:
    """The sigmoid and its derivative, and that of ten in a chain at best."""
    logits = torch.linspace(-8, 8, 161, dtype=torch.float64)
    slope = vmap(grad(torch.sigmoid))
    slopes = slope(logits)
    single = torch.linspace(0, 20, 2001)
    dead = single[grad(lambda z: torch.sigmoid(z).sum())(single) == 0]
    return Evidence(
        numbers={
            "steepest": float(slopes.max()),
            "ten": float(slopes.max()) ** 10,
            "first_zero": round(float(dead[0]), 2),
        },
        curves=(curve("sigmoid", logits, logits.sigmoid()), curve("slope", logits, slopes)),
        x_label="logit",
        y_label="height",
    )


def small_network() -> Evidence:
    """The notes' network, with the import that it lacks: both losses of three random pictures, with
    other random weights than theirs, beside that of not knowing anything."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = torch.nn.Sequential(
            torch.nn.Conv2d(3, 10, 3, padding=1),
            torch.nn.AvgPool2d(512),
            torch.nn.Flatten(),
            torch.nn.Linear(10, 50),
            torch.nn.Linear(50, 1),
        ).double()
        pictures = torch.randn(3, 3, 512, 512, dtype=torch.float64)
    labels = tensor(1, 1, 0)
    with torch.no_grad():
        logits = network(pictures).squeeze(1)
    return Evidence(
        numbers={
            "with_sigmoid": float(torch.nn.BCELoss()(torch.sigmoid(logits), labels)),
            "with_logits": float(torch.nn.BCEWithLogitsLoss()(logits, labels)),
            "chance_level": math.log(2),
        }
    )


def printed_logits() -> Evidence:
    """BCE of the notes' three printed logits, both ways, beside that of not knowing anything."""
    logits, labels = tensor(-0.0381, -0.0381, -0.0382), tensor(1, 1, 0)
    return Evidence(
        numbers={
            "with_logits": float(bce_with_logits_loss(logits, labels)),
            "with_sigmoid": float(bce_loss(torch.sigmoid(logits), labels)),
            "chance_level": math.log(2),
        }
    )


def loss_and_gradient() -> Evidence:
    """The gradient in the true class's logit against the loss, beside 1 − exp(−L)."""
    program = binary_program(CATALOG["bce_with_logits_loss"], "logit")
    logits = torch.linspace(-4, 6, 101, dtype=torch.float64)
    values = torch.stack([program(ONE, logit=z, pos_weight=1.0)["value"] for z in logits])
    slopes = vmap(grad(lambda z: program(ONE, logit=z, pos_weight=1.0)["value"]))(logits).abs()
    difference = (slopes - (1 - (-values).exp())).abs().max()
    return Evidence(
        numbers={"largest_difference": round(float(difference), 12), "count": float(len(logits))},
        curves=(curve("gradient", values.flip(0), slopes.flip(0)),),
        x_label="loss",
        y_label="gradient_axis",
    )
