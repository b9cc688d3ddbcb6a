"""Losses of a number: how far a prediction lies from its target.

Every function takes `prediction` and `target` of one shape and of any floating dtype, and works
with the residual r = prediction − target. A dimension of size 1 in one of the two stands for all;
either may be a single number. Both growing, as `(N, 1)` and `(N,)` would to `(N, N)`, is refused.

The result has the dtype to which prediction and target promote. It is computed and reduced in
float32 at least, also under autocast, and rounded once, at the end, so that r² does not
overflow on the way to a mean that would have fitted. Numbers such as `delta` may be 0-dimensional
tensors (learnt, or inputs of a trace) or tensors that broadcast to the losses; then the caller
answers for their range.

All raise `ValueError` for an integer tensor, for shapes that do not fit, for a number out of
its range (or one above 0 that is 0 in the dtype of the computation), for a weight that
`reduce_loss` does not take and for an unknown `reduction`, and `TypeError` for what is no tensor
or no number; each message names the argument.
`weight` and `reduction` are those of `losses.reduction.reduce_loss`.
"""

from losses.regression import absolute, adaptive, barron, smooth, squared
from losses.regression.absolute import *
from losses.regression.adaptive import *
from losses.regression.barron import *
from losses.regression.smooth import *
from losses.regression.squared import *

__all__ = [
    *absolute.__all__,
    *adaptive.__all__,
    *barron.__all__,
    *smooth.__all__,
    *squared.__all__,
]
