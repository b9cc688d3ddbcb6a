"""Losses of yes-or-no classifiers: one number per example, and a target in [0, 1].

The name of the first argument says what the model must hand over: *logits* are unbounded scores
before the sigmoid, *probabilities* come after it. Handing over the wrong one is the most common
mistake with these losses, and it raises no error.

Targets have the shape of the prediction; a dimension of size 1 in one of the two stands for all,
and a target may be a single number. They may be integers or booleans. One outside [0, 1] raises
`ValueError` on the CPU; where its value cannot be read (on a GPU, in a compiled or traced program,
inside `vmap`) its loss is NaN, and so is a mean or a sum over it: −1 and 255 are no hidden ways to
ignore. The result has the dtype to
which the floating ones of prediction and target promote; it is computed in float32 at least, also
under autocast, and rounded once, at the end.
"""

from losses.binary import cross_entropy, focal, margin
from losses.binary.cross_entropy import *
from losses.binary.focal import *
from losses.binary.margin import *

__all__ = [
    *cross_entropy.__all__,
    *focal.__all__,
    *margin.__all__,
]
