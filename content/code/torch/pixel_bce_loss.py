# Made from losses/segmentation/pixels.py of Loss Lab by `python -m tools.portable`.

from torch import nn
from torch.nn import functional


def bce(probabilities, target):
    # then they have been checked
    return functional.binary_cross_entropy(probabilities, target, reduction="none")


def average(pixels):
    total = pixels.sum((-2, -1))
    return total * (total.numel() / max(pixels.numel(), 1))


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def pixel_bce_loss(probabilities, target, *, reduction="mean"):
    mask = target.to(probabilities.dtype)
    loss = average(bce(probabilities, mask))
    return reduce_loss(loss, reduction)


class PixelBCELoss(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, probabilities, target):
        return pixel_bce_loss(probabilities, target, reduction=self.reduction)
