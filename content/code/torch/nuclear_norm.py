# Made from losses/distances/norms.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn


def _rounding(values, matrix):
    relative = max(matrix.shape[-2:]) * torch.finfo(values.dtype).eps
    return relative * values.amax(-1, keepdim=True)


def is_rounding(values, matrix):
    return values <= _rounding(values, matrix)


def one_of_each(values, matrix):
    return is_rounding(values, matrix).logical_not().to(values.dtype)


def _difference(prediction, target):
    return prediction - target


def _outer_sum(here, there):
    return here.unsqueeze(-1) + there.unsqueeze(-2)


def _ratio(above, below):
    most = torch.finfo(below.dtype).max
    ratio = (above / torch.where(below == 0, 1, below)).clamp(-most, most)
    return torch.where(above == 0, 0, ratio)


def weighted_sum(matrix, slopes):
    fixed = matrix.detach()
    left, values, right = torch.linalg.svd(fixed, full_matrices=False)
    factors = slopes(values, fixed)
    moving = matrix - fixed
    moving_right = moving @ right.mT
    moving_left = left.mT @ moving
    inner = moving_left @ right.mT
    symmetric = inner + inner.mT
    skew = inner - inner.mT
    bend = _ratio(_outer_sum(factors, -factors), _outer_sum(values, -values))
    turn = _ratio(_outer_sum(factors, factors), _outer_sum(values, values))
    within = (bend * symmetric.square() + turn * skew.square()).sum((-2, -1)) / 8
    squares = inner.square()
    outside = moving_right.square().sum(-2) - squares.sum(-2)
    outside = outside + moving_left.square().sum(-1) - squares.sum(-1)
    first = factors * (values + inner.diagonal(dim1=-2, dim2=-1))
    return (first + _ratio(factors, values) * outside / 2).sum(-1) + within


def _of_singular_values(prediction, target, slopes):
    difference = _difference(prediction, target)
    if 0 in difference.shape[-2:]:
        return difference.sum((-2, -1))
    return weighted_sum(difference, slopes)


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def nuclear_norm(prediction, target, *, reduction="mean"):
    norm = _of_singular_values(prediction, target, one_of_each)
    return reduce_loss(norm, reduction)


class NuclearNorm(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, prediction, target):
        return nuclear_norm(prediction, target, reduction=self.reduction)
