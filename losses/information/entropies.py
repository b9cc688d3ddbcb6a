"""How surprising an outcome is, and how surprising all are in the mean."""

import torch

from losses.arguments import (
    check_choice,
    check_floating,
)
from losses.information.distributions import (
    UNITS,
    Unit,
    in_unit,
    log_where,
    read_distributions,
    reduce_in_unit,
)
from losses.precision import full_precision
from losses.reduction import Reduction
from losses.values import check_probability

__all__ = [
    "cross_entropy",
    "entropy",
    "self_information",
]


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
    return in_unit(-probability.log(), unit)


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
    (p,) = read_distributions(weight, distribution=distribution)
    return reduce_in_unit(-p * log_where(p, p), unit, weight, reduction)


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
    p, q = read_distributions(weight, truth=truth, model=model)
    return reduce_in_unit(-p * log_where(p, q), unit, weight, reduction)
