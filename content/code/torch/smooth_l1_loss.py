# Made from losses/regression/smooth.py of Loss Lab by `python -m tools.portable`.

from torch import nn


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def _clamped(residual, bound):
    # torch's stubs know a number and a tensor, but no union of the two.
    return residual.clamp(-bound, bound)


def smooth_l1_loss(prediction, target, *, beta=1.0, reduction="mean"):
    residual = prediction - target
    if beta == 0:
        return reduce_loss(residual.abs(), reduction)
    inner = _clamped(residual, beta)
    return reduce_loss(inner / beta * (residual - inner / 2), reduction)


class SmoothL1Loss(nn.Module):
    def __init__(self, beta=1.0, reduction="mean"):
        super().__init__()
        self.beta = beta
        self.reduction = reduction

    def forward(self, prediction, target):
        return smooth_l1_loss(
            prediction, target, beta=self.beta, reduction=self.reduction
        )
