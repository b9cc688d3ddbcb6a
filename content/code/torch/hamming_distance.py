# Made from losses/distances/codes.py of Loss Lab by `python -m tools.portable`.

import math

import torch
from torch import nn


def differs(first, second):
    dtype = torch.promote_types(first.dtype, second.dtype)
    if not dtype.is_floating_point:
        wide = torch.promote_types(torch.get_default_dtype(), torch.float32)
        return (first != second).to(wide)
    difference = first.to(dtype) - second.to(dtype)
    step = torch.where(difference.isnan(), math.nan, difference.sign().abs())
    # equal infinities, whose difference is NaN
    return torch.where(first == second, 0, step)


def _places(first, second):
    return differs(first, second)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def hamming_distance(first, second, *, reduction="mean"):
    places = _places(first, second)
    share = places.sum(-1) / max(places.shape[-1], 1)
    return reduce_loss(share, reduction)


class HammingDistance(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, first, second):
        return hamming_distance(first, second, reduction=self.reduction)
