"""The evidence about the focal loss."""

import torch

from experiments.evidence.record import Curve, Evidence, tensor
from losses.binary import (
    bce_loss,
    focal_loss_on_probabilities,
)
from losses.classification import multiclass_focal_loss

ONE = torch.ones((), dtype=torch.float64)


def shapes_of_the_focal_snippet() -> Evidence:
    """What `unsqueeze(1)` makes of four labels beside four predictions."""
    labels, predictions = torch.zeros(4).unsqueeze(1), torch.zeros(4)
    pairs = torch.broadcast_shapes(labels.shape, predictions.shape)
    return Evidence(
        numbers={
            "predictions": float(predictions.numel()),
            "columns": float(labels.shape[1]),
            "pairs": float(pairs.numel()),
        }
    )


def alpha_for_both() -> Evidence:
    """The focal loss of the notes' code, which multiplies both classes by α, and the paper's."""
    chances, labels, alpha = tensor(0.9, 0.1, 0.8, 0.7), tensor(1, 0, 1, 1), 0.25
    plain = focal_loss_on_probabilities(chances, labels, alpha=None, reduction="none")
    paper = focal_loss_on_probabilities(chances, labels, alpha=alpha, reduction="none")
    return Evidence(
        numbers={
            "alpha": alpha,
            "notes_mean": float((alpha * plain).mean()),
            "paper_mean": float(paper.mean()),
            "notes_negative": float(alpha * plain[1]),
            "paper_negative": float(paper[1]),
        }
    )


def who_is_heard() -> Evidence:
    """A clean example and a mislabelled one: their losses' ratio, as γ grows."""
    clean, mislabelled = 0.9, 0.01
    gammas = torch.linspace(0, 4, 41, dtype=torch.float64)

    def ratio(gamma: float) -> float:
        losses = focal_loss_on_probabilities(
            tensor(clean, mislabelled), tensor(1, 1), alpha=None, gamma=gamma, reduction="none"
        )
        return float(losses[1] / losses[0])

    return Evidence(
        numbers={
            "clean": clean,
            "mislabelled": mislabelled,
            "cross_entropy_ratio": ratio(0.0),
            "focal_ratio": ratio(2.0),
        },
        curves=(Curve("ratio", tuple(gammas.tolist()), tuple(map(ratio, gammas.tolist()))),),
        x_label="gamma",
        y_label="ratio_axis",
        log_y=True,
    )


def gamma_turns_down() -> Evidence:
    """The factor that focusing leaves to an easy example, over γ."""
    chance = 0.9
    gammas = torch.linspace(0, 5, 51, dtype=torch.float64)
    plain = bce_loss(tensor(chance), ONE)

    def left(gamma: float) -> float:
        return float(
            focal_loss_on_probabilities(tensor(chance), ONE, alpha=None, gamma=gamma) / plain
        )

    return Evidence(
        numbers={"chance": chance, "at_one": left(1.0), "at_two": left(2.0)},
        curves=(Curve("left", tuple(gammas.tolist()), tuple(map(left, gammas.tolist()))),),
        x_label="gamma",
        y_label="left_axis",
    )


def three_focal_outputs() -> Evidence:
    """The multi-class focal loss of the notes' three rows, from the printed logits."""
    logits = torch.tensor(
        [
            [0.5688, -1.1567, 1.8231, -0.2724, -1.2335, 0.9968, 0.9643],
            [-0.1824, 0.301, 1.707, 0.8743, 0.4528, 1.4306, -2.3726],
            [-2.5052, -0.3744, 0.3718, -1.5129, -2.0459, 1.0374, -0.5433],
        ],
        dtype=torch.float64,
    )
    values = multiclass_focal_loss(logits, torch.tensor([6, 5, 1]), reduction="none")
    return Evidence(numbers=dict(zip(("first", "second", "third"), values.tolist(), strict=True)))
