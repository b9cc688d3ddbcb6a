"""Masks on a small grid: their probabilities, their scores, and gradient descent of every pixel."""

import torch

from losses.arguments import Scalar


def areas(probabilities: torch.Tensor, target: torch.Tensor) -> dict[str, torch.Tensor]:
    """What each pixel contributes to the soft counts of hits, false alarms and misses."""
    hit = probabilities * target
    return {"hit": hit, "alarm": probabilities - hit, "miss": target - hit}


def scores(
    probabilities: torch.Tensor, target: torch.Tensor, threshold: Scalar
) -> dict[str, torch.Tensor]:
    """How well the pixels at or above a threshold cover the target.

    Args:
        probabilities: `(..., rows, columns)` in [0, 1].
        target: The mask, 0 or 1, of the same shape.
        threshold: From which probability on a pixel counts as foreground.

    Returns:
        "iou", "dice" (which is F1), "precision" and "recall", each `(...)`. Two empty masks agree:
        their IoU and Dice are 1. Precision of an empty prediction and recall of an empty target do
        not exist: NaN.
    """
    found = (probabilities >= threshold).to(probabilities.dtype)
    counts = {name: pixels.sum((-2, -1)) for name, pixels in areas(found, target).items()}
    hit, alarm, miss = counts["hit"], counts["alarm"], counts["miss"]
    return {
        "iou": _share(hit, hit + alarm + miss, 1.0),
        "dice": _share(2 * hit, 2 * hit + alarm + miss, 1.0),
        "precision": _share(hit, hit + alarm, float("nan")),
        "recall": _share(hit, hit + miss, float("nan")),
    }


def _share(part: torch.Tensor, whole: torch.Tensor, of_nothing: float) -> torch.Tensor:
    empty = whole == 0
    return torch.where(empty, of_nothing, part / torch.where(empty, 1, whole))


def to_logits(probabilities: torch.Tensor) -> torch.Tensor:
    """ln p − ln(1 − p)."""
    return probabilities.log() - (-probabilities).log1p()


def step(logits: torch.Tensor, gradient: torch.Tensor, rate: Scalar) -> torch.Tensor:
    """One step of gradient descent in the logits, z ← z − rate · ∂L/∂z.

    Descending in logits is what a network's last layer does, and it keeps every probability
    between 0 and 1.

    Args:
        logits: z, of any shape.
        gradient: ∂L/∂p at p = sigmoid(z), of the same shape.
        rate: Step size.
    """
    _, pull_back = torch.func.vjp(torch.sigmoid, logits)
    return logits - rate * pull_back(gradient)[0]
