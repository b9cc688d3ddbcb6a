"""How the losses of a batch become one number."""

from typing import Literal

import torch

from losses.arguments import check_tensor

Reduction = Literal["none", "mean", "sum"]
REDUCTIONS = ("none", "mean", "sum")


def reduce_loss(
    loss: torch.Tensor,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Weight and reduce elementwise losses.

    One rule holds for every loss of this package: a weighted mean divides by the *sum of the
    weights*, so that multiplying all weights by the same number changes nothing. (PyTorch's
    cross-entropy does the same; its `mse_loss` divides by the number of elements instead.)

    Args:
        loss: Losses of any shape.
        weight: Non-negative weights, broadcastable to `loss`; `None` weighs all alike.
        reduction: `"none"` returns the weighted losses, `"sum"` their sum, `"mean"` the mean.
            The mean of nothing, and a mean whose weights are all zero, is 0 with a zero
            gradient, so that an empty batch does not poison a training run.

    Returns:
        A tensor of the shape of `loss` for `"none"`, otherwise a scalar, in the dtype of `loss`.

    Raises:
        ValueError: if `reduction` is none of the three names, or `weight` does not broadcast to
            the shape of `loss`.
        TypeError: if `weight` is no tensor.
    """
    if reduction not in REDUCTIONS:
        raise ValueError(f"reduction must be one of {', '.join(REDUCTIONS)}; got {reduction!r}")
    if weight is not None:
        check_tensor("weight", weight)
        if not _broadcasts_to(weight.shape, loss.shape):
            shapes = f"{tuple(loss.shape)}; got {tuple(weight.shape)}"
            raise ValueError(f"weight must broadcast to the losses {shapes}")
        loss = loss * weight
    if reduction == "none":
        return loss
    if reduction == "sum":
        return loss.sum()
    if weight is None:
        return loss.sum() / max(loss.numel(), 1)
    total = weight.expand_as(loss).sum()
    # Double where: neither branch may divide by zero, or the gradient would be NaN.
    positive = total > 0
    return torch.where(positive, loss.sum() / torch.where(positive, total, 1), 0 * loss.sum())


def _broadcasts_to(shape: torch.Size, goal: torch.Size) -> bool:
    pairs = zip(reversed(shape), reversed(goal), strict=False)
    return len(shape) <= len(goal) and all(size in (1, wanted) for size, wanted in pairs)
