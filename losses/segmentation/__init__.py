"""Losses of masks: how well a map of foreground probabilities covers a target mask.

All take *probabilities*, after one sigmoid (a second one squeezes them into [0.5, 0.73], where no
loss here can reach 0), and return one value per mask. `dim` names the dimensions that make up one
mask: the last two for pictures, (-3, -2, -1) for volumes; with 0 added, a whole batch counts as
one big mask.

Targets have the shape of the probabilities, channels included; a dimension of size 1 in one of the
two stands for all, and a target may be a single mask or number. They may be integers, booleans, or
soft values in [0, 1]. The result has the dtype to which the floating ones of probabilities and
target promote; it is computed in float32 at least, also under autocast, and rounded once, at the
end, for a picture has more pixels than float16 can count.

The overlap losses are written as errors over what could have been: FP + FN over the whole, which
is 1 minus the usual ratio without the digits that the subtraction loses.
"""

from losses.segmentation import dice, pixels, tversky
from losses.segmentation.dice import *
from losses.segmentation.pixels import *
from losses.segmentation.tversky import *

__all__ = [
    *dice.__all__,
    *pixels.__all__,
    *tversky.__all__,
]
