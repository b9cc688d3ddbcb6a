# Made from losses/embeddings/pairs.py of Loss Lab by `python -m tools.portable`.

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


def contrastive_loss(first, second, similar, *, margin=1.0, reduction="mean"):
    similar = similar.to(first.dtype)
    difference = first - second
    near = (difference * difference).sum(-1)
    short = functional.relu(margin - length(difference).squeeze(-1))
    loss = (similar * near + (1 - similar) * short * short) / 2
    return reduce_loss(loss, reduction)


class ContrastiveLoss(nn.Module):
    def __init__(self, margin=1.0, reduction="mean"):
        super().__init__()
        self.margin = margin
        self.reduction = reduction

    def forward(self, first, second, similar):
        return contrastive_loss(
            first, second, similar, margin=self.margin, reduction=self.reduction
        )
