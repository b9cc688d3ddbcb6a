# Made from losses/regression/smooth.py of Loss Lab by `python -m tools.portable`.

import math

from torch import nn


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def _clamped(residual, bound):
    # torch's stubs know a number and a tensor, but no union of the two.
    return residual.clamp(-bound, bound)


def huber_loss(prediction, target, *, delta=1.0, reduction="mean"):
    residual = prediction - target
    if delta == math.inf:
        return reduce_loss(residual.square() / 2, reduction)
    # With q = r clamped to ±δ both pieces are q (r − q/2): no branch, and no |r| whose second
    # derivative at 0 would be lost.
    inner = _clamped(residual, delta)
    return reduce_loss(inner * (residual - inner / 2), reduction)


class HuberLoss(nn.Module):
    def __init__(self, delta=1.0, reduction="mean"):
        super().__init__()
        self.delta = delta
        self.reduction = reduction

    def forward(self, prediction, target):
        return huber_loss(
            prediction, target, delta=self.delta, reduction=self.reduction
        )
