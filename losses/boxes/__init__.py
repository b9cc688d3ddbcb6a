"""Losses between bounding boxes.

All of them are called alike, `loss(prediction, target, *, weight=None, reduction="mean")`:

- `prediction`, `target`: boxes `(..., 4)`, `(x1, y1, x2, y2)` with x1 < x2 and y1 < y2, in any
  unit, of broadcastable shapes: `(N, 1, 4)` with `(M, 4)` gives all N × M pairs.
- `weight`: one non-negative weight per pair, broadcastable to the losses.
- `reduction`: `"none"` returns one loss per pair, `"sum"` the sum, `"mean"` the mean, weighted
  with the weights; the mean of no boxes is 0.
- The result has the dtype of the boxes; integers are converted to that of the other boxes, or to
  the default dtype, which holds them exactly up to 2²⁴ if it is float32. float16 and bfloat16 are
  computed and reduced in float32.
- `ValueError` for a complex or boolean dtype, a last dimension other than 4, shapes that do not
  broadcast, a hyper-parameter or a name that is not allowed; `TypeError` for boxes or weights that
  are no tensors and hyper-parameters that are no numbers. Values of boxes are not looked at,
  because a GPU would have to wait: call `check_boxes` where data enters. A box with an infinite
  coordinate has no size, and its losses are NaN.

None is convex; all have kinks, where edges of the two boxes align or where the boxes touch. Where
two edges align, the gradient is the mean of both sides, so that it is exactly 0 at a match.

Areas and squared diagonals are computed, so that in float32 a pair needs sides between 1e-18 and
1e18 units, or 0: beyond, the losses are wrong or NaN. In float64 that is 1e-153 to 1e153.

Degenerate boxes (see `losses.boxes.geometry`) give finite losses, except for `log_iou_loss`, and
identical boxes give 0, be they points. Gradients stay bounded: with s the larger of the two widths
(the width of the enclosing box if both are 0), |∂L/∂x| ≤ 10/s for the default parameters, and 0 if
s is 0; the same holds for y and heights. The exceptions:

- `log_iou_loss` divides by IoU;
- `ciou_loss` may add 4/(π√(w² + h²)), which grows as the *prediction* shrinks; at a point it is 0;
- the angle of `siou_loss` couples the axes: the smaller positive s bounds both;
- `mpdiou_loss` divides by the image, not by the boxes;
- powers of IoU below 1 (`alpha_iou_loss`, `focal_eiou_loss` with `focusing="differentiated"`) are
  steep as IoU approaches 0.
"""

from losses.boxes import distance, focus, formats, overlap, shape
from losses.boxes.distance import *
from losses.boxes.focus import *
from losses.boxes.formats import *
from losses.boxes.overlap import *
from losses.boxes.shape import *

__all__ = [
    *distance.__all__,
    *focus.__all__,
    *formats.__all__,
    *overlap.__all__,
    *shape.__all__,
]
