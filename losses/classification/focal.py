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
    read_distribution,
    read_labels,
    reduce_by_share,
    weighted,
)
from losses.limits import focused, share_of
from losses.precision import full_precision
from losses.reduction import Reduction, reduce_loss

__all__ = [
    "multiclass_focal_loss",
    "soft_multiclass_focal_loss",
]


@full_precision
def multiclass_focal_loss(
    logits: torch.Tensor,
    labels: torch.Tensor,
    *,
    gamma: Scalar = 2.0,
    class_alpha: torch.Tensor | None = None,
    label_smoothing: Scalar = 0.0,
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
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over all classes; the
            loss is then that of `soft_multiclass_focal_loss`.
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
            class, a negative γ, an ε outside [0, 1], weights that are negative, not finite (seen on
            the CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors, or a γ or ε that is neither number
            nor tensor.

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
    _check_two_classes(logits)
    log_probabilities = functional.log_softmax(logits, dim)
    loss, _ = pick(log_probabilities, labels, counts, class_alpha)
    check_number("gamma", gamma, at_least=0, like=loss)
    check_number("label_smoothing", label_smoothing, at_least=0, at_most=1, like=loss)
    loss = focused(loss, _log_of_others(log_probabilities, is_label(labels, logits)), gamma)
    if isinstance(label_smoothing, torch.Tensor) or label_smoothing > 0:
        uniform = torch.full_like(logits, 1 / logits.shape[dim])
        spread = _expected(log_probabilities, uniform, class_alpha, gamma)
        loss = share_of(1 - label_smoothing, loss) + share_of(label_smoothing * counts, spread)
    return reduce_by_share(loss, counts, weight, reduction)


@full_precision
def soft_multiclass_focal_loss(
    logits: torch.Tensor,
    probabilities: torch.Tensor,
    *,
    gamma: Scalar = 2.0,
    class_alpha: torch.Tensor | None = None,
    label_smoothing: Scalar = 0.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """The focal loss where the target is a whole distribution: −Σ q_k (1 − p_k)^γ ln p_k.

    It is the expected `multiclass_focal_loss` of a label that is drawn from the target q. Its
    lowest value is not at p = q, unless γ is 0 or q is sure of one class.

    Args:
        logits: Scores before the softmax, unbounded, of a floating dtype, `(N, K, …)`, or `(K,)`
            for one example; K ≥ 2.
        probabilities: Target probabilities in [0, 1] of the same shape and of a floating dtype,
            summing to 1 over the classes (that they do is not checked).
        gamma: Focusing exponent γ ≥ 0: a number, or a tensor that broadcasts to the losses; 0 gives
            the cross-entropy.
        class_alpha: K finite, non-negative factors of the classes, in shape `(K,)`. They scale the
            loss and do *not* enter the divisor of a mean.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over all classes.
        weight: Weights of the examples, non-negative, broadcastable to the losses; 0 removes an
            example.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Losses ≥ 0: one per example, of the shape of `logits` without its classes, for `"none"`,
        otherwise a scalar. In the dtype that `logits` and `probabilities` promote to; computed in
        float32 or better.

    Raises:
        ValueError: for integer logits or probabilities, fewer than two classes, a different shape,
            a probability outside [0, 1] (seen on the CPU only), factors that are negative or not
            one per class, a negative γ, an ε outside [0, 1], weights that are negative, not finite
            (seen on the CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for logits, probabilities or a weight that are no tensors, or a γ or ε that is
            neither number nor tensor.

    Example:
        >>> logits = torch.tensor([[0.5, 0.25, 0.25]]).log()
        >>> soft_multiclass_focal_loss(logits, torch.tensor([[0.5, 0.5, 0.0]]))
        tensor(0.4765)

    Source: as `multiclass_focal_loss`, in expectation.
    """
    logits, target = read_distribution(logits, probabilities, weight, label_smoothing)
    _check_two_classes(logits)
    class_alpha = read_class_weight("class_alpha", class_alpha, logits)
    dim = class_dimension(logits)
    check_number("gamma", gamma, at_least=0, like=logits.select(dim, 0))
    log_probabilities = functional.log_softmax(logits, dim)
    loss = _expected(log_probabilities, target, class_alpha, gamma)
    return reduce_loss(loss, weight, reduction)


def _check_two_classes(logits: torch.Tensor) -> None:
    if logits.shape[class_dimension(logits)] < 2:
        raise ValueError(f"logits must hold at least 2 classes; got shape {tuple(logits.shape)}")


def _log_of_others(log_probabilities: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    """The log of the probability that is left when that of the chosen classes is taken out."""
    # The lowest finite number, for a sum of −∞ alone has no slope.
    lowest = torch.finfo(log_probabilities.dtype).min
    others = torch.where(chosen, lowest, log_probabilities)
    return torch.logsumexp(others, class_dimension(log_probabilities))


def _expected(
    log_probabilities: torch.Tensor,
    target: torch.Tensor,
    class_alpha: torch.Tensor | None,
    gamma: Scalar,
) -> torch.Tensor:
    """Σ q_k α_k (1 − p_k)^γ (−ln p_k)."""
    dim = class_dimension(log_probabilities)
    # Only of the largest probability does 1 − p lose digits: there the others are summed.
    largest = log_probabilities.argmax(dim, keepdim=True)
    is_largest = is_label(largest.squeeze(dim), log_probabilities)
    sums = _log_of_others(log_probabilities, is_largest).unsqueeze(dim)
    below = torch.where(is_largest, -1, log_probabilities)
    log_wrong = torch.where(is_largest, sums, torch.log1p(-below.exp()))
    if isinstance(gamma, torch.Tensor) and gamma.ndim == log_probabilities.ndim - 1:
        gamma = gamma.unsqueeze(dim)
    terms = focused(share_of(target, -log_probabilities), log_wrong, gamma)
    return weighted(class_alpha, terms).sum(dim)
