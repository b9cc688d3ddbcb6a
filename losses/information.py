"""Quantities of information: how surprising an outcome is, and how two distributions differ.

A distribution lies in the last dimension: probabilities of the outcomes, which sum to 1. The
functions say no to anything else, as far as values can be looked at (see `losses.values`).

What depends on the order of its arguments takes them by name only: `truth` is the distribution
that the outcomes follow, `model` the one that is held to it.

A probability of 0 contributes nothing, for p ln p → 0 as p → 0. The derivative of p ln p is −∞
there; it is taken as 0, which is what the softmax that such probabilities come from makes of it
(its own derivative is p times smaller still), so that no NaN arises on the way back.

Distributions that are compared have the same shape; a dimension of size 1 in one of them stands
for all, and one may be a single distribution `(K,)`. The result has the dtype to which
the distributions promote. It is computed in float32 at least, also under autocast, and
rounded once, at the end.
"""

import math
from typing import Literal

import torch

from losses.arguments import check_choice, check_floating, check_shapes
from losses.precision import full_precision
from losses.reduction import Reduction, drop_weightless, reduce_loss
from losses.values import check_distribution, check_probability

__all__ = [
    "cross_entropy",
    "entropy",
    "js_divergence",
    "kl_divergence",
    "self_information",
    "wasserstein_distance",
]

Unit = Literal["nats", "bits"]
UNITS = ("nats", "bits")


@full_precision
def self_information(probability: torch.Tensor, *, unit: Unit = "nats") -> torch.Tensor:
    """Surprise at an outcome, −ln p: minus the log of the probability p that it had.

    Args:
        probability: Probabilities in [0, 1], of any shape; each stands for itself.
        unit: `"nats"` for the natural log, `"bits"` for the log to base 2.

    Returns:
        Values ≥ 0 of the shape and dtype of `probability`, computed in float32 or better; +∞ for a
        probability of 0.

    Raises:
        ValueError: for an integer dtype, a value outside [0, 1], or an unknown unit.
        TypeError: for what is no tensor.

    Example:
        >>> self_information(torch.tensor([0.5, 0.25]), unit="bits")
        tensor([1., 2.])

    Source: C. E. Shannon, A Mathematical Theory of Communication, Bell System Technical Journal
    27, 1948.
    """
    check_floating(probability=probability)
    check_choice("unit", unit, UNITS)
    check_probability(probability=probability)
    return _in_unit(-probability.log(), unit)


@full_precision
def entropy(
    distribution: torch.Tensor,
    *,
    unit: Unit = "nats",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Expected surprise of a distribution: 0 when the outcome is certain, ln K when all are alike.

    It is −Σ p ln p.

    Args:
        distribution: Probabilities `(…, K)` in [0, 1] that sum to 1.
        unit: `"nats"` for the natural log, `"bits"` for the log to base 2.
        weight: Non-negative, finite weights of the distributions, broadcastable to `(…)`; 0 removes
            a distribution. `None` weighs all alike.
        reduction: `"none"` (one value per distribution), `"mean"` (by the sum of the weights) or
            `"sum"`.

    Returns:
        Values in [0, ln K] (in bits [0, log₂ K]), in the dtype of `distribution`; computed in
        float32 or better.

    Raises:
        ValueError: for what is no distribution, an unknown unit, a negative or infinite weight or
            one that does not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> coins = torch.tensor([[0.5, 0.5], [1.0, 0.0]])
        >>> entropy(coins, unit="bits", reduction="none")
        tensor([1., 0.])

    Source: C. E. Shannon, A Mathematical Theory of Communication, 1948.
    """
    (p,) = _read(weight, distribution=distribution)
    return _reduce(-p * _log_where(p, p), unit, weight, reduction)


@full_precision
def cross_entropy(
    *,
    truth: torch.Tensor,
    model: torch.Tensor,
    unit: Unit = "nats",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Expected surprise of someone who believes `model` while outcomes follow `truth`.

    It is −Σ p ln q for `truth` p and `model` q: the entropy of `truth` plus the
    divergence of `model` from it. Its lowest value is therefore that entropy, reached at `model` =
    `truth`, and not 0.

    Args:
        truth: Probabilities `(…, K)` in [0, 1] that sum to 1: what happens.
        model: Probabilities `(…, K)` in [0, 1] that sum to 1: what was believed; either may be a
            single `(K,)`. From logits, use `losses.soft_cross_entropy_loss`, which does not lose
            small probabilities.
        unit: `"nats"` for the natural log, `"bits"` for the log to base 2.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…)`; 0 removes a pair.
            `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values ≥ 0 in the dtype that `truth` and `model` promote to; computed in float32 or better.
        +∞ where something happens that `model` ruled out.

    Raises:
        ValueError: for what is no distribution, shapes that do not fit, an unknown unit, a negative
            or infinite weight or one that does not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> truth = torch.tensor([0.5, 0.5])
        >>> cross_entropy(truth=truth, model=truth, unit="bits")
        tensor(1.)
        >>> cross_entropy(truth=truth, model=torch.tensor([0.125, 0.875]), unit="bits")
        tensor(1.5963)

    Source: C. E. Shannon, A Mathematical Theory of Communication, 1948, for the lower bound; as
    entropy plus divergence: S. Kullback, R. A. Leibler, as in `kl_divergence`.
    """
    p, q = _read(weight, truth=truth, model=model)
    return _reduce(-p * _log_where(p, q), unit, weight, reduction)


@full_precision
def kl_divergence(
    *,
    truth: torch.Tensor,
    model: torch.Tensor,
    unit: Unit = "nats",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Kullback–Leibler divergence D(truth ‖ model): what believing `model` costs on top.

    It is Σ p (ln p − ln q) for `truth` p and `model` q. It is not a distance: exchanging the
    arguments changes it, and there is no triangle inequality. PyTorch's `kl_div(input, target)` is
    D(target ‖ exp(input)), takes the *logs* of the model's probabilities, and its default mean
    divides by the number of outcomes too.

    Args:
        truth: Probabilities `(…, K)` in [0, 1] that sum to 1: what happens.
        model: Probabilities `(…, K)` in [0, 1] that sum to 1: what is held to it; either may be a
            single `(K,)`.
        unit: `"nats"` for the natural log, `"bits"` for the log to base 2.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…)`; 0 removes a pair.
            `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values ≥ 0 up to rounding, in the dtype that `truth` and `model` promote to; computed in
        float32 or better. Exactly 0 for equal distributions, and +∞ where `truth` is above 0 and
        `model` is 0 (with a gradient of −∞ there).

    Raises:
        ValueError: for what is no distribution, shapes that do not fit, an unknown unit, a negative
            or infinite weight or one that does not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> sure, fair = torch.tensor([1.0, 0.0]), torch.tensor([0.5, 0.5])
        >>> kl_divergence(truth=sure, model=fair, unit="bits")
        tensor(1.)
        >>> kl_divergence(truth=fair, model=sure, unit="bits")
        tensor(inf)

    Source: S. Kullback, R. A. Leibler, On Information and Sufficiency, Annals of Mathematical
    Statistics 22(1), 1951.
    """
    p, q = _read(weight, truth=truth, model=model)
    return _reduce(_relative_entropy(p, q), unit, weight, reduction)


@full_precision
def js_divergence(
    first: torch.Tensor,
    second: torch.Tensor,
    *,
    unit: Unit = "nats",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Jensen–Shannon divergence: the mean divergence of two distributions from their middle.

    Symmetric and never above ln 2 (one bit), which it reaches as soon as the two have no outcome
    in common, however far apart they are; there it has no slope to follow. Its square root is a
    metric.

    Args:
        first: Probabilities `(…, K)` in [0, 1] that sum to 1.
        second: Probabilities `(…, K)` in [0, 1] that sum to 1; either may be a single `(K,)`.
        unit: `"nats"` for the natural log, `"bits"` for the log to base 2.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…)`; 0 removes a pair.
            `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, ln 2] (in bits [0, 1]) up to rounding, in the dtype that `first` and `second`
        promote to; computed in float32 or better.

    Raises:
        ValueError: for what is no distribution, shapes that do not fit, an unknown unit, a negative
            or infinite weight or one that does not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> first = torch.tensor([1.0, 0.0, 0.0])
        >>> js_divergence(first, torch.tensor([0.0, 1.0, 0.0]), unit="bits")
        tensor(1.)
        >>> js_divergence(first, torch.tensor([0.0, 0.0, 1.0]), unit="bits")
        tensor(1.)

    Source: J. Lin, Divergence Measures Based on the Shannon Entropy, IEEE Transactions on
    Information Theory 37(1), 1991.
    """
    p, q = _read(weight, first=first, second=second)
    # Half of the smallest number there is rounds to 0, and its log would be infinite.
    smallest = torch.finfo(p.dtype).tiny * torch.finfo(p.dtype).eps
    middle = ((p + q) / 2).clamp(min=smallest)
    terms = _relative_entropy(p, middle) + _relative_entropy(q, middle)
    return _reduce(terms / 2, unit, weight, reduction)


@full_precision
def wasserstein_distance(
    first: torch.Tensor,
    second: torch.Tensor,
    *,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Wasserstein-1 or earth mover's distance between histograms over bins one unit apart.

    The least work, mass times distance, that turns one pile into the other; on a line it is the
    area between the two cumulative sums. It grows with the distance of the piles also where they
    share no bin, which the divergences above cannot tell.

    Args:
        first: Probabilities `(…, K)` of the bins, in their order, in [0, 1] that sum to 1.
        second: Probabilities `(…, K)` of the same bins in [0, 1] that sum to 1; either may be a
            single `(K,)`.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…)`; 0 removes a pair.
            `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, K − 1], in widths of a bin, in the dtype that `first` and `second` promote to;
        computed in float32 or better. Gradients hold up to a constant, as for any function of
        distributions; here that of the last bin is 0.

    Raises:
        ValueError: for what is no distribution, shapes that do not fit, a negative or infinite
            weight or one that does not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> first = torch.tensor([1.0, 0.0, 0.0])
        >>> wasserstein_distance(first, torch.tensor([0.0, 1.0, 0.0]))
        tensor(1.)
        >>> wasserstein_distance(first, torch.tensor([0.0, 0.0, 1.0]))
        tensor(2.)

    Source: L. V. Kantorovich, On the translocation of masses, Doklady Akademii Nauk SSSR 37,
    1942; as a training loss: M. Arjovsky, S. Chintala, L. Bottou, Wasserstein GAN, ICML 2017.
    """
    p, q = _read(weight, first=first, second=second)
    # The last cumulative sum is 0 but for rounding, and its sign would be noise in the gradient.
    work = (p - q).cumsum(-1).narrow(-1, 0, p.shape[-1] - 1).abs()
    return _reduce(work, "nats", weight, reduction)


def _read(weight: torch.Tensor | None, **distributions: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """The distributions, checked; even ones in the place of those without a weight."""
    check_floating(**distributions)
    sizes = {tensor.shape[-1:] for tensor in distributions.values()}
    if len(sizes) > 1:
        given = ", ".join(f"{name} {tuple(one.shape)}" for name, one in distributions.items())
        raise ValueError(f"distributions must have the same number of outcomes; got {given}")
    check_shapes(distributions, event=1)
    (outcomes,) = sizes
    if outcomes.numel() and outcomes:
        kept = drop_weightless(weight, *distributions.values(), dim=(-1,), fill=1 / outcomes[0])
        distributions = dict(zip(distributions, kept, strict=True))
    check_distribution(**distributions)
    return tuple(distributions.values())


def _log_where(present: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
    """log(values), and 0 with a zero gradient where `present` is 0."""
    return torch.where(present == 0, 1, values).log()


def _relative_entropy(truth: torch.Tensor, model: torch.Tensor) -> torch.Tensor:
    # A difference of logs, not the log of a ratio, which can overflow.
    return truth * (_log_where(truth, truth) - _log_where(truth, model))


def _reduce(
    terms: torch.Tensor,
    unit: Unit,
    weight: torch.Tensor | None,
    reduction: Reduction,
) -> torch.Tensor:
    check_choice("unit", unit, UNITS)
    return reduce_loss(_in_unit(terms.sum(-1), unit), weight, reduction)


def _in_unit(nats: torch.Tensor, unit: Unit) -> torch.Tensor:
    return nats if unit == "nats" else nats / math.log(2)
