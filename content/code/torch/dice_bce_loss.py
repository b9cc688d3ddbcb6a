# Made from losses/segmentation/dice.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn
from torch.nn import functional


def bce(probabilities, target):
    # then they have been checked
    return functional.binary_cross_entropy(probabilities, target, reduction="none")


def average(pixels):
    total = pixels.sum((-2, -1))
    return total * (total.numel() / max(pixels.numel(), 1))


def ratio(errors, whole):
    return errors / torch.where(whole == 0, 1, whole)


def _dice(prediction, mask, smoothing, denominator="sum"):
    if denominator == "squares":
        errors = ((prediction - mask) ** 2).sum((-2, -1))
        areas = (prediction * prediction + mask * mask).sum((-2, -1))
    else:
        errors = (prediction + mask - 2 * prediction * mask).sum((-2, -1))
        areas = (prediction + mask).sum((-2, -1))
    return ratio(errors, areas + smoothing)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def dice_bce_loss(
    probabilities,
    target,
    *,
    dice_weight=1.0,
    bce_weight=1.0,
    smoothing=1.0,
    reduction="mean",
):
    mask = target.to(probabilities.dtype)
    cross_entropy = average(bce(probabilities, mask))
    dice = _dice(probabilities, mask, smoothing)
    return reduce_loss(dice_weight * dice + bce_weight * cross_entropy, reduction)


class DiceBCELoss(nn.Module):
    def __init__(
        self, dice_weight=1.0, bce_weight=1.0, smoothing=1.0, reduction="mean"
    ):
        super().__init__()
        self.dice_weight = dice_weight
        self.bce_weight = bce_weight
        self.smoothing = smoothing
        self.reduction = reduction

    def forward(self, probabilities, target):
        return dice_bce_loss(
            probabilities,
            target,
            dice_weight=self.dice_weight,
            bce_weight=self.bce_weight,
            smoothing=self.smoothing,
            reduction=self.reduction,
        )
