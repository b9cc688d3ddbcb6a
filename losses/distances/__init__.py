"""Norms of matrices, distances between points and between codes.

Where a norm has a kink, the gradient is the shortest of the slopes that fit there: 0 at a
difference of 0, and for the nuclear norm nothing along directions that the matrix does not have.
The second derivative is right wherever there is one, also where other singular values coincide; at
a kink it is finite. An infinite difference has an infinite norm and no direction: the gradient is
NaN there.

Matrices, points or codes that are compared have the same shape; a dimension of size 1 in one of
them stands for all, and one may be a single sample. The result has the dtype to which the tensors
promote (the default dtype, if all are integers). It is computed in float32 at least, also under
autocast, and rounded once, at the end.
"""

from losses.distances import codes, norms, penalties, points
from losses.distances.codes import *
from losses.distances.norms import *
from losses.distances.penalties import *
from losses.distances.points import *

__all__ = [
    *codes.__all__,
    *norms.__all__,
    *penalties.__all__,
    *points.__all__,
]
