# Made from losses/regression/squared.py of Loss Lab by `python -m tools.portable`.

from torch import nn


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def mse_loss(prediction, target, *, reduction="mean"):
    residual = prediction - target
    return reduce_loss(residual.square(), reduction)


class MSELoss(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, prediction, target):
        return mse_loss(prediction, target, reduction=self.reduction)
