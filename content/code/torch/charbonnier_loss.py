# Made from losses/regression/smooth.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def charbonnier_loss(prediction, target, *, epsilon=1.0, reduction="mean"):
    residual = prediction - target
    # r²/(√(r² + ε²) + ε) keeps the digits that the subtraction would lose. Both are first divided
    # by the larger, so that no square overflows; this scale cancels, hence needs no derivative. Of
    # an infinite r its finite part q is taken, and |r − q| added.
    most = torch.finfo(residual.dtype).max
    inner = residual.clamp(-most, most)
    scale = inner.abs().clamp(min=epsilon).detach()
    ratio = inner / scale
    width = epsilon / scale
    root = torch.sqrt(ratio.square() + width * width)
    loss = inner * (ratio / (root + width)) + (residual - inner).abs()
    return reduce_loss(loss, reduction)


class CharbonnierLoss(nn.Module):
    def __init__(self, epsilon=1.0, reduction="mean"):
        super().__init__()
        self.epsilon = epsilon
        self.reduction = reduction

    def forward(self, prediction, target):
        return charbonnier_loss(
            prediction, target, epsilon=self.epsilon, reduction=self.reduction
        )
