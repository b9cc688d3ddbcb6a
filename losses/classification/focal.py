"""The focal loss of a softmax."""

import torch
from torch.nn import functional

from losses.arguments import (
    Scalar,
    check_floating,
    check_number,
)
from losses.classification.classes import (
    class_dimension,
    is_label,
    pick,
    read_class_weight,
    read_labels,
    reduce_by_share,
)
from losses.limits import focused
from losses.precision import full_precision
from losses.reduction import Reduction

__all__ = [
    "multiclass_focal_loss",
]


@full_precision
def multiclass_focal_loss(
    logits: torch.Tensor,
    labels: torch.Tensor,
    *,
    gamma: Scalar = 2.0,
    class_alpha: torch.Tensor | None = None,
    ignore_label: int | None = -100,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Cross-entropy times (1 − p)^γ, where p is the softmax probability of the true class.

    Examples that the model already gets right count less, the more so the larger γ. The share
    that went to the *other* classes is summed in log space, so that neither 1 − p nor its power
    loses digits: value and gradient are finite for every γ ≥ 0 and every finite logit.

    Args:
        logits: Scores before the softmax, unbounded, of a floating dtype, `(N, K, …)`, or `(K,)`
            for one example; K ≥ 2.
        labels: Class numbers 0 … K − 1 of an integer dtype, `(N, …)`, or `()` for one example.
            Where labels cannot be read (on a GPU, in a trace), one out of range makes its loss NaN.
        gamma: Focusing exponent γ ≥ 0: a number, or a tensor that broadcasts to the losses; 0 gives
            the cross-entropy.
        class_alpha: K finite, non-negative factors of the classes, in shape `(K,)`. As in the paper
            they scale the loss and do *not* enter the divisor of a mean.
        ignore_label: Examples with this label count nothing; `None` ignores none.
        weight: Weights of the examples, non-negative, broadcastable to `labels`; 0 removes an
            example.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per example, of the shape of `labels`, for `"none"`, otherwise a scalar. In
        the dtype of `logits`; computed in float32 or better. A mean or sum is 0 if every example is
        ignored.

    Raises:
        ValueError: for integer logits, fewer than two classes, labels of another dtype, shape or
            range (the range is seen on the CPU only), factors that are negative or not one per
            class, a negative γ, weights that are negative, not finite (seen on the CPU only) or do
            not broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors, or a γ that is neither number nor
            tensor.

    Example:
        >>> logits = torch.tensor([[0.5, 0.25, 0.25], [0.5, 0.25, 0.25]]).log()
        >>> labels = torch.tensor([0, 1])
        >>> multiclass_focal_loss(logits, labels, reduction="none")  # (1/2)² ln 2 and (3/4)² ln 4
        tensor([0.1733, 0.7798])

    Source: T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár, Focal Loss for Dense Object
    Detection, ICCV 2017; there in the binary form.
    """
    check_floating(logits=logits)
    logits, labels, counts = read_labels("logits", logits, labels, weight, ignore_label)
    class_alpha = read_class_weight("class_alpha", class_alpha, logits)
    dim = class_dimension(logits)
    if logits.shape[dim] < 2:
        raise ValueError(f"logits must hold at least 2 classes; got shape {tuple(logits.shape)}")
    log_probabilities = functional.log_softmax(logits, dim)
    loss, _ = pick(log_probabilities, labels, counts, class_alpha)
    check_number("gamma", gamma, at_least=0, like=loss)
    # The lowest finite number, for a sum of −∞ alone has no slope.
    lowest = torch.finfo(log_probabilities.dtype).min
    others = torch.where(is_label(labels, logits), lowest, log_probabilities)
    loss = focused(loss, torch.logsumexp(others, dim), gamma)
    return reduce_by_share(loss, counts, weight, reduction)
