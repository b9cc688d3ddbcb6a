# Made from losses/segmentation/dice.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn


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


def dice_loss(
    probabilities, target, *, denominator="sum", smoothing=1.0, reduction="mean"
):
    mask = target.to(probabilities.dtype)
    loss = _dice(probabilities, mask, smoothing, denominator)
    return reduce_loss(loss, reduction)


class DiceLoss(nn.Module):
    def __init__(self, smoothing=1.0, denominator="sum", reduction="mean"):
        super().__init__()
        self.smoothing = smoothing
        self.denominator = denominator
        self.reduction = reduction

    def forward(self, probabilities, target):
        return dice_loss(
            probabilities,
            target,
            smoothing=self.smoothing,
            denominator=self.denominator,
            reduction=self.reduction,
        )
