"""Losses of classifiers that choose among K classes. Those of yes or no lie in `losses.binary`.

The classes lie in dimension 1, as in PyTorch (dimension 0 for a single example without a batch),
so that `(N, K)` and `(N, K, height, width)` both work; the unreduced result has the shape of the
labels.

The name of the first argument says what the model must hand over: *logits* are unbounded scores
before any softmax, *log-probabilities* come after a log-softmax. Handing over the wrong one is
the most common mistake with these losses, and it raises no error.

Labels that are no class numbers raise `ValueError` on the CPU. Where their values cannot be read
(on a GPU, in a compiled or traced program, inside `vmap`) the loss of such an example is NaN, and
so is a mean or a sum over it: −1 is no hidden way to ignore.

A logit of −∞ is a class of probability 0. One of +∞ leaves the softmax undefined: its example is
NaN.

The result has the dtype to which scores and target probabilities promote. It is computed in float32
at least, also under autocast, and rounded once, at the end.
"""

from losses.classification import cross_entropy, focal, zero_one
from losses.classification.cross_entropy import *
from losses.classification.focal import *
from losses.classification.zero_one import *

__all__ = [
    *cross_entropy.__all__,
    *focal.__all__,
    *zero_one.__all__,
]
