# Made from losses/binary/cross_entropy.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn
from torch.nn import functional


def share_of(share, term):
    nothing = (term.abs() == torch.inf) & (share == 0)
    return share * torch.where(nothing, 0, term)


def bce_of_logits(logits, target, pos_weight):
    positive = share_of(pos_weight * target, -functional.logsigmoid(logits))
    negative = share_of(1 - target, -functional.logsigmoid(-logits))
    return positive + negative


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def bce_with_logits_loss(logits, target, *, pos_weight=1.0, reduction="mean"):
    target = target.to(logits.dtype)
    return reduce_loss(bce_of_logits(logits, target, pos_weight), reduction)


class BCEWithLogitsLoss(nn.Module):
    def __init__(self, pos_weight=1.0, reduction="mean"):
        super().__init__()
        self.pos_weight = pos_weight
        self.reduction = reduction

    def forward(self, logits, target):
        return bce_with_logits_loss(
            logits, target, pos_weight=self.pos_weight, reduction=self.reduction
        )
