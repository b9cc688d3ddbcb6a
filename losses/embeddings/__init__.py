"""Losses of embeddings: which vectors should lie together and which apart.

An embedding lies in the last dimension, `(…, D)`. Embeddings that are compared have the same shape;
a dimension of size 1 in one of them stands for all, and one may be a single embedding `(D,)`.

At a distance of 0 the direction is unknown and the gradient of the distance is taken as 0, its
curvature as finite: all three stay finite for identical points, but two embeddings that have
collapsed onto each other are not driven apart.

An infinite embedding has no direction: value or gradient of what it takes part in is infinite or
NaN.

The result has the dtype to which embeddings and a floating `similar` promote. It is computed in
float32 at least, also under autocast, and rounded once, at the end.
"""

from losses.embeddings import (
    info_nce,
    mining,
    pairs,
    supervised,
    triplet_forms,
    triplets,
    two_views,
)
from losses.embeddings.info_nce import *
from losses.embeddings.mining import *
from losses.embeddings.pairs import *
from losses.embeddings.supervised import *
from losses.embeddings.triplet_forms import *
from losses.embeddings.triplets import *
from losses.embeddings.two_views import *

__all__ = [
    *info_nce.__all__,
    *mining.__all__,
    *pairs.__all__,
    *supervised.__all__,
    *triplet_forms.__all__,
    *triplets.__all__,
    *two_views.__all__,
]
