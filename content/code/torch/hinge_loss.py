# Made from losses/binary/margin.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn
from torch.nn import functional


def share_of(share, term):
    nothing = (term.abs() == torch.inf) & (share == 0)
    return share * torch.where(nothing, 0, term)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def hinge_loss(logits, target, *, margin=1.0, reduction="mean"):
    target = target.to(logits.dtype)
    loss = functional.relu(margin - share_of(2 * target - 1, logits))
    return reduce_loss(loss, reduction)


class HingeLoss(nn.Module):
    def __init__(self, margin=1.0, reduction="mean"):
        super().__init__()
        self.margin = margin
        self.reduction = reduction

    def forward(self, logits, target):
        return hinge_loss(logits, target, margin=self.margin, reduction=self.reduction)
