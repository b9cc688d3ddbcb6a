"""Losses of embeddings: which vectors should lie together and which apart.

An embedding lies in the last dimension, `(…, D)`. Embeddings that are compared have the same shape;
a dimension of size 1 in one of them stands for all, and one may be a single embedding `(D,)`.

At a distance of 0 the direction is unknown and the gradient of the distance is taken as 0, its
curvature as finite: all three stay finite for identical points, but two embeddings that have
collapsed onto each other are not driven apart.

The result has the dtype to which embeddings and a floating `similar` promote. It is computed in
float32 at least, also under autocast, and rounded once, at the end.
"""

from losses.embeddings import info_nce, pairs, triplets
from losses.embeddings.info_nce import *
from losses.embeddings.pairs import *
from losses.embeddings.triplets import *

__all__ = [
    *info_nce.__all__,
    *pairs.__all__,
    *triplets.__all__,
]
