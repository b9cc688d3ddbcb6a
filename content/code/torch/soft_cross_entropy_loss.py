# Made from losses/classification/cross_entropy.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn
from torch.nn import functional


def class_dimension(scores):
    return 1 if scores.ndim > 1 else 0


def share_of(share, term):
    nothing = (term.abs() == torch.inf) & (share == 0)
    return share * torch.where(nothing, 0, term)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def soft_cross_entropy_loss(logits, probabilities, *, reduction="mean"):
    dim = class_dimension(logits)
    log_probabilities = functional.log_softmax(logits, dim)
    loss = share_of(probabilities, -log_probabilities).sum(dim)
    return reduce_loss(loss, reduction)


class SoftCrossEntropyLoss(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, logits, probabilities):
        return soft_cross_entropy_loss(logits, probabilities, reduction=self.reduction)
