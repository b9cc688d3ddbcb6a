# Made from losses/binary/cross_entropy.py of Loss Lab by `python -m tools.portable`.

from torch import nn
from torch.nn import functional


def bce(probabilities, target):
    # then they have been checked
    return functional.binary_cross_entropy(probabilities, target, reduction="none")


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def bce_loss(probabilities, target, *, reduction="mean"):
    target = target.to(probabilities.dtype)
    return reduce_loss(bce(probabilities, target), reduction)


class BCELoss(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, probabilities, target):
        return bce_loss(probabilities, target, reduction=self.reduction)
