"""The evidence about where descent leads."""

from collections.abc import Callable
from typing import Any

import torch
from torch.func import grad

from experiments.descent import descend
from experiments.evidence.record import Curve, Evidence, curve
from losses.regression import half_mse_loss, l1_loss, mse_loss

Loss = Callable[..., torch.Tensor]
RATE = 0.3


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


def _path(label: str, positions: torch.Tensor) -> Curve:
    return curve(label, torch.arange(len(positions)), positions)
