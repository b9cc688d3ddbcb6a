# Made from losses/distances/norms.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn


def _difference(prediction, target):
    return prediction - target


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


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def row_norm(prediction, target, *, reduction="mean"):
    difference = _difference(prediction, target)
    norm = length(difference).squeeze(-1)
    return reduce_loss(norm, reduction)


class RowNorm(nn.Module):
    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, prediction, target):
        return row_norm(prediction, target, reduction=self.reduction)
