"""Losses of masks: how well a map of foreground probabilities covers a target mask.

Those that do not say otherwise take *probabilities*, after one sigmoid (a second one squeezes them
into [0.5, 0.73], where no loss here can reach 0); `…_with_logits_loss` takes the logits before it,
and what chooses among classes takes those before a softmax. All return one value per mask, or per
picture. `dim` names the dimensions that make up one mask: the last two for pictures, (-3, -2, -1)
for volumes; with 0 added, a whole batch counts as one big mask.

Targets have the shape of the probabilities, channels included; a dimension of size 1 in one of the
two stands for all, and a target may be a single mask or number. They may be integers, booleans, or
soft values in [0, 1]; a mask with one outside is NaN where values cannot be read (on a GPU, in a
compiled or traced program, inside `vmap`), and `ValueError` elsewhere.

The result has the dtype to which the floating ones of probabilities and target promote; it is
computed in float32 at least, also under autocast, and rounded once, at the end, for a picture has
more pixels than float16 can count.

The overlap losses are written as errors over what could have been: FP + FN over the whole, which
is 1 minus the usual ratio without the digits that the subtraction loses.
"""

from losses.segmentation import (
    dice,
    multiclass,
    overlap_with_logits,
    pixels,
    pixels_with_logits,
    tversky,
)
from losses.segmentation.dice import *
from losses.segmentation.multiclass import *
from losses.segmentation.overlap_with_logits import *
from losses.segmentation.pixels import *
from losses.segmentation.pixels_with_logits import *
from losses.segmentation.tversky import *

__all__ = [
    *dice.__all__,
    *multiclass.__all__,
    *overlap_with_logits.__all__,
    *pixels.__all__,
    *pixels_with_logits.__all__,
    *tversky.__all__,
]
