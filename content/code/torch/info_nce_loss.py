# Made from losses/embeddings/info_nce.py of Loss Lab by `python -m tools.portable`.

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


def info_nce_loss(queries, keys, *, temperature=0.1, reduction="mean"):
    directions = unit_vectors(keys)
    similarity = unit_vectors(queries) @ directions.mT
    log_probabilities = functional.log_softmax(similarity / temperature, dim=-1)
    loss = -log_probabilities.diagonal(dim1=-2, dim2=-1)
    return reduce_loss(loss, reduction)


class InfoNCELoss(nn.Module):
    def __init__(self, temperature=0.1, reduction="mean"):
        super().__init__()
        self.temperature = temperature
        self.reduction = reduction

    def forward(self, queries, keys):
        return info_nce_loss(
            queries, keys, temperature=self.temperature, reduction=self.reduction
        )
