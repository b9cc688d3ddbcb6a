# Made from losses/binary/margin.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def squared_error_on_sigmoid(logits, target, *, reduction="mean"):
    target = target.to(logits.dtype)
    error = torch.sigmoid(logits) - target
    return reduce_loss(error * error, reduction)


class SquaredErrorOnSigmoid(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, logits, target):
        return squared_error_on_sigmoid(logits, target, reduction=self.reduction)
