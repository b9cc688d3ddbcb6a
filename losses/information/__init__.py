"""Quantities of information: how surprising an outcome is, and how two distributions differ.

A distribution lies in the last dimension: probabilities of the outcomes, which sum to 1. The
functions say no to anything else, as far as values can be looked at (see `losses.values`).

What depends on the order of its arguments takes them by name only: `truth` is the distribution
that the outcomes follow, `model` the one that is held to it.

A probability of 0 contributes nothing, for p ln p → 0 as p → 0. The derivative of p ln p is −∞
there; it is taken as 0, which is what the softmax that such probabilities come from makes of it
(its own derivative is p times smaller still), so that no NaN arises on the way back.

Distributions that are compared have the same shape; a dimension of size 1 in one of them stands
for all, and one may be a single distribution `(K,)`. The result has the dtype to which
the distributions promote. It is computed in float32 at least, also under autocast, and
rounded once, at the end.
"""

from losses.information import divergences, entropies
from losses.information.divergences import *
from losses.information.entropies import *

__all__ = [
    *divergences.__all__,
    *entropies.__all__,
]
