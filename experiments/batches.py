"""A batch of labelled examples: what each adds to the cost, and to the gradient.

Class weights, ignored labels, the reduction, accumulated micro-batches and the choice of the
hardest examples all do one thing: they set the coefficient with which a loss enters the cost.
"""

from collections.abc import Callable

import torch

from catalog import Loss

CLASSES = 3
EXAMPLES = 6
FIRST = 4
"""So many examples are in the first micro-batch, the others in the second."""
COSTS = ("mean", "sum", "accumulated")

Outputs = dict[str, torch.Tensor]


def batch_program(loss: Loss, cost: str) -> Callable[..., Outputs]:
    """The cost of a batch as a function of its examples' `margins`.

    Inputs: `margins` (n,), the logit of each example's own class where the others have 0; `labels`
    (n, K), one-hot, all 0 for an ignored one; `copies` (n,), how many examples alike each stands
    for; `class_weights` (K,); `hardest`, the percentage that online hard example mining keeps; and
    the parameters of the loss. The weight of an example is that of its class times its copies.

    Outputs: "value"; of each example "losses", "probabilities" of its own class, "weights" and
    "parts" of the cost (they sum to 1); and what the cost is made of: "weighted" losses and "total"
    weight, the means of the "first" and the "second" micro-batch, and the smallest "divisor".
    """

    def outputs(
        margins: torch.Tensor,
        labels: torch.Tensor,
        copies: torch.Tensor,
        class_weights: torch.Tensor,
        hardest: torch.Tensor,
        **parameters: torch.Tensor,
    ) -> Outputs:
        # The other classes are alike, so every example may have its own class first.
        logits = torch.stack([margins, *(0 * margins for _ in range(CLASSES - 1))], 1)
        own = torch.zeros(EXAMPLES, dtype=torch.long)
        losses = loss.call(logits, own, **parameters, reduction="none")
        kept = kept_copies(losses.detach(), copies * labels.sum(1), hardest)
        weights = (labels * class_weights).sum(1) * kept
        first, second = (
            _mean(losses, weights, part) for part in (slice(FIRST), slice(FIRST, None))
        )
        weighted, total = (weights * losses).sum(), weights.sum()
        coefficients = _coefficients(weights, cost)
        value = (coefficients * losses).sum()
        return {
            "value": value,
            "losses": losses,
            "probabilities": torch.softmax(logits, 1)[:, 0],
            "weights": weights,
            "parts": coefficients * losses / torch.where(value == 0, 1, value),
            "weighted": weighted,
            "total": total,
            "first": first,
            "second": second,
            "divisor": _divided_by(weights, cost),
        }

    return outputs


def kept_copies(
    losses: torch.Tensor, copies: torch.Tensor, hardest: torch.Tensor | float
) -> torch.Tensor:
    """How many copies of each example are among the hardest, so many percent of all.

    Source: A. Shrivastava, A. Gupta, R. Girshick, Training Region-based Object Detectors with
    Online Hard Example Mining, CVPR 2016.

    Example:
        >>> kept_copies(torch.tensor([0.1, 2.0]), torch.tensor([6.0, 2.0]), 50)
        tensor([2., 2.])
    """
    order = torch.arange(len(losses))
    harder = losses[None] > losses[:, None]
    earlier = (losses[None] == losses[:, None]) & (order[None] < order[:, None])
    ahead = torch.where(harder | earlier, copies[None], 0).sum(1)
    left = (hardest / 100 * copies.sum() - ahead).clamp(min=0)
    return torch.where(left < copies, left, copies)


def _coefficients(weights: torch.Tensor, cost: str) -> torch.Tensor:
    if cost == "sum":
        return weights
    if cost == "mean":
        return weights / _divisor(weights)
    halves = (weights[:FIRST], weights[FIRST:])
    return torch.cat([half / _divisor(half) / 2 for half in halves])


def _divided_by(weights: torch.Tensor, cost: str) -> torch.Tensor:
    if cost == "sum":
        return torch.ones_like(weights.sum())
    if cost == "mean":
        return weights.sum()
    return torch.minimum(weights[:FIRST].sum(), weights[FIRST:].sum())


def _mean(losses: torch.Tensor, weights: torch.Tensor, part: slice) -> torch.Tensor:
    return (losses[part] * weights[part]).sum() / _divisor(weights[part])


def _divisor(weights: torch.Tensor) -> torch.Tensor:
    """The sum of the weights, or 1 where there are none: the mean of nothing is 0."""
    total = weights.sum()
    return torch.where(total == 0, 1, total)
