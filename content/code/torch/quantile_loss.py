# Made from losses/regression/absolute.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def quantile_loss(prediction, target, *, tau=0.9, reduction="mean"):
    residual = prediction - target
    # its derivative at 0 is 0, so both branches agree at the kink
    size = residual.abs()
    loss = torch.where(residual > 0, (1 - tau) * size, tau * size)
    return reduce_loss(loss, reduction)


class QuantileLoss(nn.Module):
    def __init__(self, tau=0.9, reduction="mean"):
        super().__init__()
        self.tau = tau
        self.reduction = reduction

    def forward(self, prediction, target):
        return quantile_loss(prediction, target, tau=self.tau, reduction=self.reduction)
