# Made from losses/distances/points.py of Loss Lab by `python -m tools.portable`.

import math

import torch
from torch import nn


def _gaps(first, second):
    return first.unsqueeze(-2) - second.unsqueeze(-3)


def _root_of_squares(vectors):
    squares = (vectors * vectors).sum(-1, keepdim=True)
    # √(0 + 1) − 1 is 0 as well, and has all its derivatives
    nothing = squares == 0
    return (squares + nothing).sqrt() - nothing.to(squares.dtype)


def largest_size(vectors):
    sizes = vectors.detach().abs()
    # which has no largest
    if vectors.numel() == 0:
        return sizes.sum(-1, keepdim=True) + 1
    largest = sizes.amax(-1, keepdim=True).clamp(max=torch.finfo(sizes.dtype).max)
    return largest + (largest == 0)


def length(vectors):
    if vectors.dtype == torch.float64:
        return _root_of_squares(vectors)
    scale = largest_size(vectors)
    return scale * _root_of_squares(vectors / scale)


def _minkowski(gaps, p):
    # The largest gap is taken out, or a high power would overflow or vanish.
    scale = largest_size(gaps)
    ratio = gaps.abs() / scale
    zero = ratio == 0
    powers = torch.where(zero, 0, torch.where(zero, 1, ratio) ** p)
    total = powers.sum(-1)
    root = torch.where(total == 0, 1, total) ** (1 / p)
    return torch.where(total == 0, 0, root * scale.squeeze(-1))


def _of_gaps(gaps, p):
    if p == 1:
        return gaps.abs().sum(-1)
    if p == 2:
        return length(gaps).squeeze(-1)
    if p == math.inf:
        return gaps.abs().amax(-1) if gaps.shape[-1] else gaps.sum(-1)
    return _minkowski(gaps, p)


def pairwise_distance(first, second, *, p=2.0):
    return _of_gaps(_gaps(first, second), p)


class PairwiseDistance(nn.Module):
    def __init__(self, p=2.0):
        super().__init__()
        self.p = p

    def forward(self, first, second):
        return pairwise_distance(first, second, p=self.p)
