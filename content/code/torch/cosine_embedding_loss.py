# Made from losses/embeddings/pairs.py of Loss Lab by `python -m tools.portable`.

import torch
from torch import nn
from torch.nn import functional


def largest_size(vectors):
    sizes = vectors.detach().abs()
    # which has no largest
    if vectors.numel() == 0:
        return sizes.sum(-1, keepdim=True) + 1
    largest = sizes.amax(-1, keepdim=True).clamp(max=torch.finfo(sizes.dtype).max)
    return largest + (largest == 0)


def _root_of_squares(vectors):
    squares = (vectors * vectors).sum(-1, keepdim=True)
    # √(0 + 1) − 1 is 0 as well, and has all its derivatives
    nothing = squares == 0
    return (squares + nothing).sqrt() - nothing.to(squares.dtype)


def unit_vectors(vectors):
    vectors = vectors / largest_size(vectors)
    size = _root_of_squares(vectors)
    return vectors / (size + (size == 0))


def reduce_loss(loss, reduction="mean"):
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / max(loss.numel(), 1)


def cosine_embedding_loss(first, second, similar, *, margin=0.0, reduction="mean"):
    similar = similar.to(first.dtype)
    cosine = (unit_vectors(first) * unit_vectors(second)).sum(-1)
    loss = similar * (1 - cosine) + (1 - similar) * functional.relu(cosine - margin)
    return reduce_loss(loss, reduction)


class CosineEmbeddingLoss(nn.Module):
    def __init__(self, margin=0.0, reduction="mean"):
        super().__init__()
        self.margin = margin
        self.reduction = reduction

    def forward(self, first, second, similar):
        return cosine_embedding_loss(
            first, second, similar, margin=self.margin, reduction=self.reduction
        )
