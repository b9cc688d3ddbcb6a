# Made from losses/binary/cross_entropy.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn
from torch.nn import functional


def bce(probabilities, target):
    # then they have been checked
    return functional.binary_cross_entropy(probabilities, target, reduction="none")


def surprises(probabilities):
    ones = torch.ones_like(probabilities)
    return (
        bce(probabilities, ones),
        bce(probabilities, torch.zeros_like(probabilities)),
    )


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def weighted_bce_loss(
    probabilities, target, *, positive_weight=1.0, negative_weight=1.0, reduction="mean"
):
    target = target.to(probabilities.dtype)
    positive, negative = surprises(probabilities)
    loss = (
        positive_weight * target * positive + negative_weight * (1 - target) * negative
    )
    return reduce_loss(loss, reduction)


class WeightedBCELoss(nn.Module):
    def __init__(self, positive_weight=1.0, negative_weight=1.0, reduction="mean"):
        super().__init__()
        self.positive_weight = positive_weight
        self.negative_weight = negative_weight
        self.reduction = reduction

    def forward(self, probabilities, target):
        return weighted_bce_loss(
            probabilities,
            target,
            positive_weight=self.positive_weight,
            negative_weight=self.negative_weight,
            reduction=self.reduction,
        )
