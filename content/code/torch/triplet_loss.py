# Made from losses/embeddings/triplets.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn
from torch.nn import functional


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


def triplet_loss(
    anchor, positive, negative, *, margin=0.2, distance="squared", reduction="mean"
):
    points = (anchor, positive, negative)
    to_positive = points[0] - points[1]
    to_negative = points[0] - points[2]
    if distance == "squared":
        gap = (to_positive * to_positive).sum(-1) - (to_negative * to_negative).sum(-1)
    else:
        gap = (length(to_positive) - length(to_negative)).squeeze(-1)
    loss = functional.relu(gap + margin)
    return reduce_loss(loss, reduction)


class TripletLoss(nn.Module):
    def __init__(self, margin=0.2, distance="squared", reduction="mean"):
        super().__init__()
        self.margin = margin
        self.distance = distance
        self.reduction = reduction

    def forward(self, anchor, positive, negative):
        return triplet_loss(
            anchor,
            positive,
            negative,
            margin=self.margin,
            distance=self.distance,
            reduction=self.reduction,
        )
