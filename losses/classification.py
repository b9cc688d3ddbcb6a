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

The result has the dtype to which scores and target probabilities promote. It is computed in float32
at least, also under autocast, and rounded once, at the end.
"""

import math

import torch
from torch.nn import functional

from losses.arguments import Scalar, check_floating, check_number, check_shapes
from losses.limits import share_of
from losses.precision import full_precision
from losses.reduction import Reduction, checked_weight, drop_weightless, reduce_loss
from losses.values import check_labels, check_probability, values_are_readable

__all__ = [
    "cross_entropy_loss",
    "multiclass_focal_loss",
    "nll_loss",
    "soft_cross_entropy_loss",
    "zero_one_loss",
]


@full_precision
def zero_one_loss(
    prediction: torch.Tensor,
    labels: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """1 for every wrong answer, 0 for every right one: the mean is the error rate.

    This is what one would like to minimise and cannot: it is constant between its jumps, so its
    gradient is 0 wherever it exists, and here everywhere.

    Args:
        prediction: Predicted class numbers, of any dtype and shape (`logits.argmax(1)`, not
            logits).
        labels: True class numbers of any dtype. They have the shape of `prediction`, or a dimension
            of size 1 or a single number stands for all.
        weight: Weights of the examples, non-negative, broadcastable to the losses; 0 removes an
            example.
        reduction: `"none"`, `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        0 or 1: one per example, of the shape of the larger argument, for `"none"`, otherwise a
        scalar. In the dtype that the floating ones of the arguments promote to, or the default
        dtype if both are integers; computed in float32 or better.

    Raises:
        ValueError: for shapes that do not fit, weights that are negative, not finite (seen on the
            CPU only) or do not broadcast, or an unknown `reduction`.
        TypeError: for a weight that is no tensor.

    Example:
        >>> prediction, labels = torch.tensor([0, 1, 2, 2]), torch.tensor([0, 1, 1, 2])
        >>> zero_one_loss(prediction, labels)  # one of four is wrong
        tensor(0.2500)

    Source: A. Wald, Statistical Decision Functions, Wiley, 1950.
    """
    check_shapes({"prediction": prediction, "labels": labels})
    wrong = differs(*drop_weightless(weight, prediction, labels))
    return reduce_loss(wrong, weight, reduction)


def differs(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """1 where two tensors differ, 0 where they agree, with the derivative 0 that a step has.

    NaN where one of them is NaN: nobody knows whether it would have been right.
    """
    dtype = torch.promote_types(first.dtype, second.dtype)
    if not dtype.is_floating_point:
        wide = torch.promote_types(torch.get_default_dtype(), torch.float32)
        return (first != second).to(wide)
    difference = first.to(dtype) - second.to(dtype)
    step = torch.where(difference.isnan(), math.nan, difference.sign().abs())
    return torch.where(first == second, 0, step)  # equal infinities, whose difference is NaN


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
    logits, labels, counts = _read_labels("logits", logits, labels, weight, ignore_label)
    class_weight = _read_class_weight("class_weight", class_weight, logits)
    dim = _class_dimension(logits)
    log_probabilities = functional.log_softmax(logits, dim)
    loss, share = _pick(log_probabilities, labels, counts, class_weight)
    check_number("label_smoothing", label_smoothing, at_least=0, at_most=1, like=loss)
    if isinstance(label_smoothing, torch.Tensor) or label_smoothing > 0:
        uniform = _weighted(class_weight, -log_probabilities).mean(dim)
        mean_weight = 1 if class_weight is None else class_weight.mean()
        loss = loss + label_smoothing * (uniform * counts - loss)
        share = share + label_smoothing * (mean_weight * counts - share)
    return _reduce_by_share(loss, share, weight, reduction)


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
    check_floating(logits=logits, probabilities=probabilities)
    _check_classes("logits", logits)
    if probabilities.shape != logits.shape:
        raise ValueError(
            f"probabilities must have the shape of logits, {tuple(logits.shape)}; "
            f"got {tuple(probabilities.shape)}"
        )
    class_weight = _read_class_weight("class_weight", class_weight, logits)
    dim = _class_dimension(logits)
    logits, target = drop_weightless(weight, logits, probabilities, dim=(dim,))
    check_probability(probabilities=target)
    log_probabilities = functional.log_softmax(logits, dim)
    check_number("label_smoothing", label_smoothing, at_least=0, at_most=1, like=logits)
    if isinstance(label_smoothing, torch.Tensor) or label_smoothing > 0:
        target = target + label_smoothing * (1 / logits.shape[dim] - target)
    target = _weighted(class_weight, target)
    share = None if class_weight is None else target.sum(dim)
    loss = share_of(target, -log_probabilities).sum(dim)
    return _reduce_by_share(loss, share, weight, reduction)


@full_precision
def nll_loss(
    log_probabilities: torch.Tensor,
    labels: torch.Tensor,
    *,
    class_weight: torch.Tensor | None = None,
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
            range is seen on the CPU only), class weights that are negative or not one per class,
            weights that are negative, not finite (seen on the CPU only) or do not broadcast, or an
            unknown `reduction`.
        TypeError: for log-probabilities or a weight that are no tensors.

    Example:
        >>> log_probabilities = torch.tensor([[0.5, 0.25, 0.25], [0.5, 0.25, 0.25]]).log()
        >>> nll_loss(log_probabilities, torch.tensor([0, 1]), reduction="none")  # ln 2 and ln 4
        tensor([0.6931, 1.3863])

    Source: R. A. Fisher, On the mathematical foundations of theoretical statistics, Phil. Trans.
    Royal Society A 222, 1922.
    """
    check_floating(log_probabilities=log_probabilities)
    log_probabilities, labels, counts = _read_labels(
        "log_probabilities", log_probabilities, labels, weight, ignore_label
    )
    class_weight = _read_class_weight("class_weight", class_weight, log_probabilities)
    loss, share = _pick(log_probabilities, labels, counts, class_weight)
    return _reduce_by_share(loss, share, weight, reduction)


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
    logits, labels, counts = _read_labels("logits", logits, labels, weight, ignore_label)
    class_alpha = _read_class_weight("class_alpha", class_alpha, logits)
    dim = _class_dimension(logits)
    if logits.shape[dim] < 2:
        raise ValueError(f"logits must hold at least 2 classes; got shape {tuple(logits.shape)}")
    log_probabilities = functional.log_softmax(logits, dim)
    loss, _ = _pick(log_probabilities, labels, counts, class_alpha)
    check_number("gamma", gamma, at_least=0, like=loss)
    # The lowest finite number instead of −∞: γ = 0 times it is 0, not NaN.
    lowest = torch.finfo(log_probabilities.dtype).min
    others = torch.where(_is_label(labels, logits), lowest, log_probabilities)
    focus = torch.exp(gamma * torch.logsumexp(others, dim))
    return _reduce_by_share(focus * loss, counts, weight, reduction)


def _class_dimension(scores: torch.Tensor) -> int:
    return 1 if scores.ndim > 1 else 0


def _weighted(class_weight: torch.Tensor | None, scores: torch.Tensor) -> torch.Tensor:
    """The scores, which are never below 0, times the weights of their classes."""
    if class_weight is None:
        return scores
    following = scores.ndim - 1 - _class_dimension(scores)
    return share_of(class_weight.reshape(-1, *[1] * following), scores)


def _is_label(labels: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
    """The labels as one-hot booleans, in the shape of `scores`."""
    dim = _class_dimension(scores)
    classes = torch.arange(scores.shape[dim], device=scores.device)
    return classes.reshape(-1, *[1] * (scores.ndim - 1 - dim)) == labels.unsqueeze(dim)


def _check_classes(name: str, scores: torch.Tensor) -> None:
    if scores.ndim == 0 or scores.shape[_class_dimension(scores)] == 0:
        raise ValueError(
            f"{name} must hold at least one class, in shape (N, K, …) or (K,); "
            f"got shape {tuple(scores.shape)}"
        )


def _read_class_weight(
    name: str, class_weight: torch.Tensor | None, scores: torch.Tensor
) -> torch.Tensor | None:
    """The weights of the classes, checked."""
    if class_weight is None:
        return None
    expected = (scores.shape[_class_dimension(scores)],)
    if tuple(class_weight.shape) != expected:
        raise ValueError(
            f"{name} must have shape {expected}, one value per class; "
            f"got {tuple(class_weight.shape)}"
        )
    return checked_weight(name, class_weight.to(scores.dtype))


def _read_labels(
    name: str,
    scores: torch.Tensor,
    labels: torch.Tensor,
    weight: torch.Tensor | None,
    ignore_label: int | None,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Scores and labels, both 0 where an example is ignored or has no weight, and what it counts.

    It counts 1, or 0, or NaN if its label is no class and that could not be reported.
    """
    _check_classes(name, scores)
    dim = _class_dimension(scores)
    expected = scores.shape[:dim] + scores.shape[dim + 1 :]
    if labels.shape != expected:
        raise ValueError(
            f"labels must have the shape of {name} {tuple(scores.shape)} without its classes, "
            f"{tuple(expected)}; got {tuple(labels.shape)}"
        )
    classes = scores.shape[dim]
    (valid,) = drop_weightless(weight, torch.ones_like(labels, dtype=torch.bool), fill=False)
    if ignore_label is not None:
        valid = valid & (labels != ignore_label)
    labels = torch.where(valid, labels, labels.new_zeros(()))
    check_labels("labels", labels, classes, ignore_label=ignore_label)
    labels = labels.long()
    # What is ignored may be NaN, and NaN · 0 is NaN in the gradient.
    scores = torch.where(valid.unsqueeze(dim), scores, 0)
    counts = valid.to(scores.dtype)
    if values_are_readable(labels):
        return scores, labels, counts
    known = (labels >= 0) & (labels < classes)
    return scores, torch.where(known, labels, 0), torch.where(known, counts, math.nan)


def _pick(
    log_probabilities: torch.Tensor,
    labels: torch.Tensor,
    counts: torch.Tensor,
    class_weight: torch.Tensor | None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Minus the entry of the label times the weight of its class, and that weight; 0 if ignored."""
    picked = functional.nll_loss(log_probabilities, labels, reduction="none", ignore_index=-1)
    if class_weight is None:
        return picked * counts, counts
    share = counts * class_weight.gather(0, labels.flatten()).reshape(labels.shape)
    return share_of(share, picked), share


def _reduce_by_share(
    loss: torch.Tensor,
    share: torch.Tensor | None,
    weight: torch.Tensor | None,
    reduction: Reduction,
) -> torch.Tensor:
    """`reduce_loss` for losses that already hold a weight of their own, the `share`."""
    if share is None or reduction != "mean":
        return reduce_loss(loss, weight, reduction)
    summed = reduce_loss(loss, weight, "sum")
    total = (share if weight is None else share * weight).sum()
    return summed / torch.where(total == 0, 1, total)
