# Made from losses/regression/smooth.py of Loss Lab by `python -m tools.portable`.

import math

import torch
from torch import nn


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def log_cosh_loss(prediction, target, *, reduction="mean"):
    residual = prediction - target
    # cosh q = 1 + (e^q − 1)² / (2 e^q) keeps the digits of a tiny q. Beyond the limit cosh r is
    # e^|r| / 2 to the last digit, and |r| − |q| is added outside the logarithm.
    limit = -math.log(torch.finfo(residual.dtype).eps) / 2
    inner = residual.clamp(-limit, limit)
    bowl = torch.log1p(torch.expm1(inner).square() / (2 * torch.exp(inner)))
    return reduce_loss(bowl + (residual - inner).abs(), reduction)


class LogCoshLoss(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, prediction, target):
        return log_cosh_loss(prediction, target, reduction=self.reduction)
