"""How two distributions differ."""

import torch

from losses.information.distributions import (
    Unit,
    log_where,
    read_distributions,
    read_logits,
    reduce_in_unit,
)
from losses.precision import full_precision
from losses.reduction import Reduction

__all__ = [
    "js_divergence",
    "kl_divergence",
    "kl_divergence_with_logits",
    "wasserstein_distance",
]


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
    p, q = read_distributions(weight, truth=truth, model=model)
    return reduce_in_unit(_relative_entropy(p, q), unit, weight, reduction)


@full_precision
def kl_divergence_with_logits(
    *,
    truth: torch.Tensor,
    model: torch.Tensor,
    unit: Unit = "nats",
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """`kl_divergence` of two softmaxes, from their logits.

    Logarithms of probabilities are logits too, for their softmax is those probabilities: hand over
    log-probabilities, or `probabilities.log()`, as they are. Where a probability would round to 0
    its logarithm still has all its digits, so the value stays finite, and the gradient in the
    logits of the model is softmax(model) − softmax(truth).

    Args:
        truth: Logits `(…, K)` of the distribution that the outcomes follow; −∞ for a probability of
            0.
        model: Logits `(…, K)` of the distribution that is held to it; either may be a single
            `(K,)`.
        unit: `"nats"` for the natural log, `"bits"` for the log to base 2.
        weight: Non-negative, finite weights of the pairs, broadcastable to `(…)`; 0 removes a pair.
            `None` weighs all alike.
        reduction: `"none"` (one value per pair), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values ≥ 0 up to rounding, in the dtype that `truth` and `model` promote to; computed in
        float32 or better. +∞ where a logit of `model` is −∞ and that of `truth` is not.

    Raises:
        ValueError: for integer logits, no outcome, shapes that do not fit, an unknown unit, a
            negative or infinite weight or one that does not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor.

    Example:
        >>> truth, model = torch.tensor([0.5, 0.5]).log(), torch.tensor([0.0, 100.0])
        >>> kl_divergence_with_logits(truth=truth, model=model)  # 50 − ln 2
        tensor(49.3069)

    Source: as `kl_divergence`; of two softmaxes: G. Hinton, O. Vinyals, J. Dean, Distilling the
    Knowledge in a Neural Network, NIPS Deep Learning Workshop, 2014.
    """
    truth, model = read_logits(weight, truth=truth, model=model)
    log_p, log_q = truth.log_softmax(-1), model.log_softmax(-1)
    p = log_p.exp()
    return reduce_in_unit(p * torch.where(p == 0, 0, log_p - log_q), unit, weight, reduction)


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
    p, q = read_distributions(weight, first=first, second=second)
    # Half of the smallest number there is rounds to 0, and its log would be infinite.
    smallest = torch.finfo(p.dtype).tiny * torch.finfo(p.dtype).eps
    middle = ((p + q) / 2).clamp(min=smallest)
    terms = _relative_entropy(p, middle) + _relative_entropy(q, middle)
    return reduce_in_unit(terms / 2, unit, weight, reduction)


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
    p, q = read_distributions(weight, first=first, second=second)
    # The last cumulative sum is 0 but for rounding, and its sign would be noise in the gradient.
    work = (p - q).cumsum(-1).narrow(-1, 0, p.shape[-1] - 1).abs()
    return reduce_in_unit(work, "nats", weight, reduction)


def _relative_entropy(truth: torch.Tensor, model: torch.Tensor) -> torch.Tensor:
    # A difference of logs, not the log of a ratio, which can overflow.
    return truth * (log_where(truth, truth) - log_where(truth, model))
