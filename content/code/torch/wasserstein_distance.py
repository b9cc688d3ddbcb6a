# Made from losses/information/divergences.py of Loss Lab by `python -m tools.portable`.

import math

from torch import nn


def in_unit(nats, unit):
    return nats if unit == "nats" else nats / math.log(2)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def reduce_in_unit(terms, unit, reduction):
    return reduce_loss(in_unit(terms.sum(-1), unit), reduction)


def wasserstein_distance(first, second, *, reduction="mean"):
    # The last cumulative sum is 0 but for rounding, and its sign would be noise in the gradient.
    work = (first - second).cumsum(-1).narrow(-1, 0, first.shape[-1] - 1).abs()
    return reduce_in_unit(work, "nats", reduction)


class WassersteinDistance(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, first, second):
        return wasserstein_distance(first, second, reduction=self.reduction)
