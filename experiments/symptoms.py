"""The numbers that people see in a training log, each computed by the loss that produces it.

`SYMPTOMS["equal_classes"]()` is a list of cases, the usual ones first: what was varied, and the
number that comes of it.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import torch
from torch.nn import functional

from losses.binary import bce_loss, bce_with_logits_loss, focal_loss, squared_error_on_sigmoid
from losses.boxes import iou_loss
from losses.classification import cross_entropy_loss, nll_loss
from losses.embeddings import contrastive_loss, info_nce_loss, triplet_loss
from losses.information import js_divergence, self_information
from losses.regression import mse_loss
from losses.segmentation import dice_loss

USUAL_CLASSES = (2, 3, 4, 5, 10, 100, 1000, 20, 80, 21, 200, 365, 50257, 32000, 30522, 128256)
CLASSES = tuple(
    dict.fromkeys((*USUAL_CLASSES, *range(2, 1001), 1024, 2048, 4096, 8192, 10000, 21841))
)
"""Numbers of classes, the usual ones first: small ones, sizes of label sets and vocabularies."""
SOME_CLASSES = (*range(2, 101), 200, 365, 500, 1000)
SMOOTHINGS = (0.1, 0.2, 0.05, 0.01, 0.02, 0.15, 0.25, 0.3, 0.4, 0.5)
BATCHES = tuple(2**power for power in range(1, 13))
MARGINS = (0.2, 1.0, 0.3, 0.5, 0.1, 0.05, 0.4, 0.25, 0.6, 0.7, 0.75, 0.8, 0.9, 1.25, 1.5, 2.0)
HUNDREDTHS = tuple(part / 100 for part in range(1, 100))
CLIPS = (1e-7, 1e-12, 1e-8, 1e-6, 1e-5, 1e-10, 1e-9, 1e-15, 1e-4, 1e-3)


class Case(NamedTuple):
    """What was varied, by its symbol, and the value of the loss."""

    given: dict[str, float]
    number: float


def equal_classes() -> list[Case]:
    """Cross-entropy where all classes have the same probability."""
    return _cases("K", CLASSES, lambda k: cross_entropy_loss(_zeros(1, k), _first))


def undecided() -> list[Case]:
    """Binary cross-entropy at a probability of one half."""
    return [Case({}, bce_with_logits_loss(_zeros(1), _ones(1)).item())]


def equal_keys() -> list[Case]:
    """InfoNCE where all keys are equally similar to the query."""
    return _cases("N", BATCHES, lambda n: info_nce_loss(_ones(1, 2), _ones(n, 2)))


def focal_undecided() -> list[Case]:
    """Focal loss at a probability of one half, at the paper's α and γ, for both labels."""
    return _cases("y", (1, 0), lambda y: focal_loss(_zeros(1), torch.full((1,), float(y))))


def smoothing_floor() -> list[Case]:
    """Cross-entropy with smoothed labels, of a model that predicts exactly these labels."""

    def floor(k: int, smoothing: float) -> float:
        target = torch.full((1, k), smoothing / k, dtype=torch.float64)
        target[0, 0] += 1 - smoothing
        value = cross_entropy_loss(target.log(), _first, label_smoothing=smoothing)
        return value.item()

    return [
        Case({"K": k, "ε": smoothing}, floor(k, smoothing))
        for smoothing in SMOOTHINGS
        for k in SOME_CLASSES
    ]


def softmax_twice() -> list[Case]:
    """Cross-entropy of a perfect answer whose probabilities are taken for logits."""

    def value(k: int) -> torch.Tensor:
        certain = _zeros(1, k)
        certain[0, 0] = 1
        return cross_entropy_loss(certain, _first)

    return _cases("K", (10, *(k for k in SOME_CLASSES if k != 10)), value)


def sigmoid_twice() -> list[Case]:
    """Binary cross-entropy of a certain, right "yes" whose probability is taken for a logit."""
    return [Case({}, bce_with_logits_loss(_ones(1), _ones(1)).item())]


def constant_share() -> list[Case]:
    """Binary cross-entropy of a model that always answers with the share of the positives."""

    def value(share: float) -> torch.Tensor:
        answer = torch.tensor([share], dtype=torch.float64)
        return bce_loss(answer, answer)

    rarer = (0.1, 0.01, 0.05, 0.02, 0.2, 0.001, 0.005, 0.03, 0.04, 0.15, 0.25, 0.3, 0.35, 0.4, 0.45)
    return _cases("π", rarer, value)


def clipped_logarithm() -> list[Case]:
    """What one element costs whose probability was raised to ε before the logarithm."""

    def value(clip: float) -> torch.Tensor:
        return self_information(torch.tensor(clip, dtype=torch.float64))

    return _cases("ε", CLIPS, value)


def torch_clamp() -> list[Case]:
    """Torch's own binary cross-entropy where a certain answer is wrong: its log stops at −100."""
    return [Case({}, functional.binary_cross_entropy(_zeros(1), _ones(1)).item())]


def collapsed_triplet() -> list[Case]:
    """Triplet loss where all embeddings are the same point."""
    point = _zeros(1, 2)
    return _cases("m", MARGINS, lambda m: triplet_loss(point, point, point, margin=m))


def collapsed_pairs() -> list[Case]:
    """Contrastive loss of a dissimilar pair whose embeddings are the same point."""
    point, apart = _zeros(1, 2), _zeros(1)
    return _cases("m", MARGINS, lambda m: contrastive_loss(point, point, apart, margin=m))


def satisfied_triplets() -> list[Case]:
    """Triplet loss where every negative is farther away than the margin asks for."""
    anchor, far = _zeros(1, 2), 10 * _ones(1, 2)
    return [Case({}, triplet_loss(anchor, anchor, far).item())]


def boxes_apart() -> list[Case]:
    """The IoU loss of two boxes that do not touch."""
    left, right = _numbers([[0, 0, 1, 1]]), _numbers([[5, 5, 6, 6]])
    return [Case({}, iou_loss(left, right).item())]


def nothing_found() -> list[Case]:
    """Dice loss of an empty prediction for an object that is there."""
    found, wanted = _zeros(1, 4), _numbers([[1, 1, 0, 0]])
    return [Case({}, dice_loss(found, wanted, smoothing=0, dim=-1).item())]


def subtracted_dice() -> list[Case]:
    """The Dice coefficient with a minus in front."""

    def value(dice: float) -> torch.Tensor:
        # Where the target is one pixel and the prediction p on it: 2p / (p + 1) = dice.
        answer = torch.tensor([[dice / (2 - dice)]], dtype=torch.float64)
        return dice_loss(answer, torch.ones_like(answer), smoothing=0, dim=-1) - 1

    return _cases("Dice", HUNDREDTHS, value)


def probabilities_as_logs() -> list[Case]:
    """NLL that gets probabilities where it takes their logarithms."""

    def value(p: float) -> torch.Tensor:
        return nll_loss(torch.tensor([[p, 1 - p]], dtype=torch.float64), _first)

    return _cases("p", HUNDREDTHS, value)


def constant_mean() -> list[Case]:
    """MSE of a model that always answers with the mean, where targets have variance 1."""
    targets = _numbers([-1, 1])
    return [Case({}, mse_loss(targets.mean().expand(2), targets).item())]


def undecided_square() -> list[Case]:
    """The squared error of a probability of one half (the Brier score)."""
    return [Case({}, squared_error_on_sigmoid(_zeros(1), _ones(1)).item())]


def nothing_in_common() -> list[Case]:
    """Jensen–Shannon divergence of two distributions that share no outcome."""
    first, second = _numbers([1, 0]), _numbers([0, 1])
    return [Case({}, js_divergence(first, second).item())]


def half_precision_square() -> list[Case]:
    """The smallest whole residual whose square is no number of float16 any more."""
    residuals = torch.arange(1, 1024).half()
    squares = mse_loss(residuals, torch.zeros_like(residuals), reduction="none")
    first = residuals[~torch.isfinite(squares)][0].item()
    largest = torch.finfo(torch.float16).max
    return [Case({"r": first, "L": largest}, squares[int(first) - 1].item())]


def nobody_counts() -> list[Case]:
    """Torch's own cross-entropy where every target is ignored: a mean of nothing."""
    value = functional.cross_entropy(_zeros(1, 3), torch.tensor([-100]))
    return [Case({}, value.item())]


def growing_steps() -> list[Case]:
    """MSE after ten steps whose learning rate is above the one that still converges."""
    rate, steps, start = 1.1, 10, 1.0
    prediction, target = _numbers([start]), _zeros(1)
    before = mse_loss(prediction, target).item()
    for _ in range(steps):
        leaf = prediction.detach().requires_grad_()
        (slope,) = torch.autograd.grad(mse_loss(leaf, target), leaf)
        prediction = leaf.detach() - rate * slope
    after = mse_loss(prediction, target).item()
    return [Case({"η": rate, "steps": steps, "before": before}, after)]


def _cases(symbol: str, given: Iterable[float], value: Callable[..., torch.Tensor]) -> list[Case]:
    return [Case({symbol: one}, value(one).item()) for one in given]


def _zeros(*shape: int) -> torch.Tensor:
    return torch.zeros(shape, dtype=torch.float64)


def _ones(*shape: int) -> torch.Tensor:
    return torch.ones(shape, dtype=torch.float64)


def _numbers(values: list) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


_first = torch.tensor([0])

SYMPTOMS: dict[str, Callable[[], list[Case]]] = {
    function.__name__: function
    for function in (
        undecided,
        equal_classes,
        equal_keys,
        focal_undecided,
        smoothing_floor,
        softmax_twice,
        sigmoid_twice,
        constant_share,
        clipped_logarithm,
        torch_clamp,
        collapsed_triplet,
        collapsed_pairs,
        satisfied_triplets,
        boxes_apart,
        nothing_found,
        subtracted_dice,
        probabilities_as_logs,
        constant_mean,
        undecided_square,
        nothing_in_common,
        half_precision_square,
        nobody_counts,
        growing_steps,
    )
}
"""Every symptom, by the name that `content/symptoms.toml` gives it."""
