# Made from losses/segmentation/pixels.py of Loss Lab by `python -m tools.portable`.

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


def _shares(target, alpha):
    if alpha is None:
        return (target, 1 - target)
    return (alpha * target, (1 - alpha) * (1 - target))


def focal(probabilities, target, alpha, gamma):
    # Above 0, or a power between 0 and 1 has an infinite slope there.
    least = torch.finfo(probabilities.dtype).tiny
    positive, negative = surprises(probabilities)
    positive = positive * (1 - probabilities).clamp(min=least) ** gamma
    negative = negative * probabilities.clamp(min=least) ** gamma
    positive_share, negative_share = _shares(target, alpha)
    return positive_share * positive + negative_share * negative


def average(pixels):
    total = pixels.sum((-2, -1))
    return total * (total.numel() / max(pixels.numel(), 1))


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def pixel_focal_loss(probabilities, target, *, alpha=0.25, gamma=2.0, reduction="mean"):
    mask = target.to(probabilities.dtype)
    loss = average(focal(probabilities, mask, alpha, gamma))
    return reduce_loss(loss, reduction)


class PixelFocalLoss(nn.Module):
    def __init__(self, alpha=0.25, gamma=2.0, reduction="mean"):
        super().__init__()
        self.alpha = alpha
        self.gamma = gamma
        self.reduction = reduction

    def forward(self, probabilities, target):
        return pixel_focal_loss(
            probabilities,
            target,
            alpha=self.alpha,
            gamma=self.gamma,
            reduction=self.reduction,
        )
