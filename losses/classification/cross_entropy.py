"""Cross-entropy with class numbers and with whole distributions as targets."""

import torch
from torch.nn import functional

from losses.arguments import (
    Scalar,
    check_floating,
    check_number,
)
from losses.classification.classes import (
    class_dimension,
    pick,
    read_class_weight,
    read_distribution,
    read_labels,
    reduce_by_share,
    weighted,
)
from losses.classification.smoothed import pick_smoothed
from losses.limits import share_of
from losses.precision import full_precision
from losses.reduction import Reduction

__all__ = [
    "cross_entropy_loss",
    "nll_loss",
    "soft_cross_entropy_loss",
]


@full_precision
def cross_entropy_loss(
    logits: torch.Tensor,
    labels: torch.Tensor,
    *,
    class_weight: torch.Tensor | None = None,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = -100,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Minus the log of the probability that a softmax over the logits gives the true class.

    Its gradient in the logits is softmax − one-hot: every example pulls with at most unit force.
    Softmax and log are one operation here (log-sum-exp with the maximum taken out), which keeps
    the value exact for logits of any size.

    A mean divides by the sum of the weights, those of the classes included, and ignored examples
    weigh nothing; so a model that knows nothing costs exactly ln K whatever the weights are.
    PyTorch agrees except where `class_weight` meets `label_smoothing`: it then divides by the
    weights of the labels alone, although the smoothed target also asks for the other classes. If
    every example is ignored the mean is 0 with a zero gradient (PyTorch: NaN).

    Args:
        logits: Scores before the softmax, unbounded, of a floating dtype, `(N, K, …)`, or `(K,)`
            for one example.
        labels: Class numbers 0 … K − 1 of an integer dtype, `(N, …)`, or `()` for one example. For
            target probabilities there is `soft_cross_entropy_loss`. Where labels cannot be read (on
            a GPU, in a trace), one out of range makes its loss NaN.
        class_weight: K finite, non-negative weights, in shape `(K,)`; `None` weighs all alike.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over all classes.
        ignore_label: Examples with this label count nothing; `None` ignores none.
        weight: Weights of the examples, non-negative, broadcastable to `labels`; 0 removes an
            example.
        reduction: `"none"`, `"mean"` (by the sum of the weights, see above) or `"sum"`.

    Returns:
        Nats ≥ 0: one per example, of the shape of `labels`, for `"none"`, otherwise a scalar. In
        the dtype of `logits`; computed in float32 or better.

    Raises:
        ValueError: for integer logits, labels of another dtype, shape or range (the range is seen
            on the CPU only), class weights that are negative or not one per class, an ε outside [0,
            1], weights that are negative, not finite (seen on the CPU only) or do not broadcast, or
            an unknown `reduction`.
        TypeError: for logits or a weight that are no tensors, or an ε that is neither number nor
            tensor.

    Example:
        >>> logits = torch.tensor([[0.5, 0.25, 0.25], [0.5, 0.25, 0.25], [0.5, 0.25, 0.25]]).log()
        >>> labels = torch.tensor([0, 1, -100])  # the last is ignored
        >>> cross_entropy_loss(logits, labels)  # (ln 2 + ln 4) / 2
        tensor(1.0397)

    Source: J. S. Bridle, Probabilistic interpretation of feedforward classification network
    outputs, Neurocomputing (NATO ASI Series F 68), 1990. Label smoothing: C. Szegedy et al.,
    Rethinking the Inception Architecture for Computer Vision, CVPR 2016.
    """
    check_floating(logits=logits)
    logits, labels, counts = read_labels("logits", logits, labels, weight, ignore_label)
    class_weight = read_class_weight("class_weight", class_weight, logits)
    log_probabilities = functional.log_softmax(logits, class_dimension(logits))
    return _picked(
        log_probabilities, labels, counts, class_weight, label_smoothing, weight, reduction
    )


@full_precision
def soft_cross_entropy_loss(
    logits: torch.Tensor,
    probabilities: torch.Tensor,
    *,
    class_weight: torch.Tensor | None = None,
    label_smoothing: Scalar = 0.0,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Cross-entropy where the target is a whole distribution: a teacher's, or several opinions.

    The lowest value is the entropy of the target, not 0; it is reached where the softmax of the
    logits equals the target. A target of 0 contributes 0, even where the logit is −∞.

    With class weights, an example weighs as much as its target does under them, and a mean
    divides by the sum of these; on one-hot targets this is `cross_entropy_loss`. (PyTorch divides
    by the number of examples here, so that its two forms disagree.)

    Args:
        logits: Scores before the softmax, unbounded, of a floating dtype, `(N, K, …)`, or `(K,)`
            for one example.
        probabilities: Target probabilities in [0, 1] of the same shape and of a floating dtype,
            summing to 1 over the classes (that they do is not checked).
        class_weight: K finite, non-negative weights, in shape `(K,)`; `None` weighs all alike.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over all classes.
        weight: Weights of the examples, non-negative, broadcastable to the losses; 0 removes an
            example.
        reduction: `"none"`, `"mean"` (by the sum of the weights, see above) or `"sum"`.

    Returns:
        Nats ≥ 0: one per example, of the shape of `logits` without its classes, for `"none"`,
        otherwise a scalar. In the dtype that `logits` and `probabilities` promote to; computed in
        float32 or better.

    Raises:
        ValueError: for integer logits or probabilities, a different shape, a probability outside
            [0, 1] (seen on the CPU only), class weights that are negative or not one per class, an
            ε outside [0, 1], weights that are negative, not finite (seen on the CPU only) or do not
            broadcast, or an unknown `reduction`.
        TypeError: for logits, probabilities or a weight that are no tensors, or an ε that is
            neither number nor tensor.

    Example:
        >>> probabilities = torch.tensor([[0.75, 0.25]])
        >>> soft_cross_entropy_loss(torch.zeros(1, 2), probabilities)  # ln 2
        tensor(0.6931)
        >>> soft_cross_entropy_loss(probabilities.log(), probabilities)  # the entropy
        tensor(0.5623)

    Source: as `cross_entropy_loss`; soft targets: G. Hinton, O. Vinyals, J. Dean, Distilling the
    Knowledge in a Neural Network, NIPS Deep Learning Workshop, 2014.
    """
    logits, target = read_distribution(logits, probabilities, weight, label_smoothing)
    class_weight = read_class_weight("class_weight", class_weight, logits)
    dim = class_dimension(logits)
    log_probabilities = functional.log_softmax(logits, dim)
    target = weighted(class_weight, target)
    share = None if class_weight is None else target.sum(dim)
    loss = share_of(target, -log_probabilities).sum(dim)
    return reduce_by_share(loss, share, weight, reduction)


@full_precision
def nll_loss(
    log_probabilities: torch.Tensor,
    labels: torch.Tensor,
    *,
    class_weight: torch.Tensor | None = None,
    label_smoothing: Scalar = 0.0,
    ignore_label: int | None = -100,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Negative log-likelihood: minus the log-probability of the true class.

    It only picks one entry per example. Of a log-softmax it makes the cross-entropy; of
    probabilities it makes −p, a "loss" below 0 that no check can tell from a right one.

    Args:
        log_probabilities: Natural logs of probabilities, ≤ 0 (not checked), of a floating dtype,
            `(N, K, …)`, or `(K,)` for one example.
        labels: Class numbers 0 … K − 1 of an integer dtype, `(N, …)`, or `()` for one example.
            Where labels cannot be read (on a GPU, in a trace), one out of range makes its loss NaN.
        class_weight: K finite, non-negative weights, in shape `(K,)`; `None` weighs all alike. A
            mean divides by the sum of those of the labels.
        label_smoothing: Share ε in [0, 1] of the target that is spread evenly over all classes.
        ignore_label: Examples with this label count nothing; `None` ignores none.
        weight: Weights of the examples, non-negative, broadcastable to `labels`; 0 removes an
            example.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Nats: one per example, of the shape of `labels`, for `"none"`, otherwise a scalar. In the
        dtype of `log_probabilities`; computed in float32 or better. A mean or sum is 0 if every
        example is ignored.

    Raises:
        ValueError: for integer log-probabilities, labels of another dtype, shape or range (the
            range is seen on the CPU only), class weights that are negative or not one per class, an
            ε outside [0, 1], weights that are negative, not finite (seen on the CPU only) or do not
            broadcast, or an unknown `reduction`.
        TypeError: for log-probabilities or a weight that are no tensors, or an ε that is neither
            number nor tensor.

    Example:
        >>> log_probabilities = torch.tensor([[0.5, 0.25, 0.25], [0.5, 0.25, 0.25]]).log()
        >>> nll_loss(log_probabilities, torch.tensor([0, 1]), reduction="none")  # ln 2 and ln 4
        tensor([0.6931, 1.3863])

    Source: R. A. Fisher, On the mathematical foundations of theoretical statistics, Phil. Trans.
    Royal Society A 222, 1922.
    """
    check_floating(log_probabilities=log_probabilities)
    log_probabilities, labels, counts = read_labels(
        "log_probabilities", log_probabilities, labels, weight, ignore_label
    )
    class_weight = read_class_weight("class_weight", class_weight, log_probabilities)
    return _picked(
        log_probabilities, labels, counts, class_weight, label_smoothing, weight, reduction
    )


def _picked(
    log_probabilities: torch.Tensor,
    labels: torch.Tensor,
    counts: torch.Tensor,
    class_weight: torch.Tensor | None,
    label_smoothing: Scalar,
    weight: torch.Tensor | None,
    reduction: Reduction,
) -> torch.Tensor:
    check_number("label_smoothing", label_smoothing, at_least=0, at_most=1, like=counts)
    if isinstance(label_smoothing, torch.Tensor) or label_smoothing > 0:
        loss, share = pick_smoothed(
            log_probabilities, labels, counts, class_weight, label_smoothing
        )
    else:
        loss, share = pick(log_probabilities, labels, counts, class_weight)
    return reduce_by_share(loss, share, weight, reduction)
