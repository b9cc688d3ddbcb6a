"""The Tversky loss and its kin: a price for each kind of mistake."""

import torch

from losses.arguments import (
    Scalar,
    check_number,
)
from losses.precision import full_precision
from losses.reduction import Reduction, checked_price, reduce_loss
from losses.segmentation.masks import Dimensions, ratio, read_masks

__all__ = [
    "focal_tversky_loss",
    "jaccard_loss",
    "tversky_loss",
]


@full_precision
def tversky_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    fp_weight: Scalar = 0.3,
    fn_weight: Scalar = 0.7,
    smoothing: Scalar = 1.0,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Dice with a price for each kind of mistake: 1 − (TP + ε) / (TP + a FP + b FN + ε).

    A higher price b of false negatives buys recall with false alarms. Weights of ½ and ½ make the
    Dice loss (with twice the ε), 1 and 1 the Jaccard loss. The literature calls the two α and β,
    and not always in the same order, so here they are called what they weigh.

    Args:
        probabilities: Foreground probabilities p in [0, 1], after the sigmoid, such as `(…, H, W)`.
        target: Mask g in [0, 1], of any dtype, in the shape of `probabilities`; a dimension of size
            1 in one of the two stands for all.
        fp_weight: a ≥ 0, price of a false positive, Σ p (1 − g).
        fn_weight: b ≥ 0, price of a false negative, Σ (1 − p) g.
        smoothing: ε ≥ 0, in pixels; what it does to empty masks is told in `dice_loss`.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, 1], in the dtype that `probabilities` and a floating `target` promote to;
        computed in float32 or better.

    Raises:
        ValueError: for integer probabilities, values outside [0, 1], shapes that do not fit, a
            `dim` that is not there, a negative ε or price, a negative or infinite weight or one
            that does not broadcast, or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or an ε or price that is no
            number.

    Example:
        >>> one, two = torch.tensor([[1.0, 0.0]]), torch.tensor([[1.0, 1.0]])
        >>> tversky_loss(two, one, smoothing=0.0)  # one false positive: 0.3 / 1.3
        tensor(0.2308)
        >>> tversky_loss(one, two, smoothing=0.0)  # one false negative: 0.7 / 1.7
        tensor(0.4118)

    Source: S. S. M. Salehi, D. Erdogmus, A. Gholipour, Tversky loss function for image
    segmentation using 3D fully convolutional deep networks, MLMI 2017. Index: A. Tversky,
    Features of Similarity, Psychological Review 84(4), 1977.
    """
    loss = _tversky(probabilities, target, fp_weight, fn_weight, smoothing, weight, dim)
    return reduce_loss(loss, weight, reduction)


@full_precision
def focal_tversky_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    fp_weight: Scalar = 0.3,
    fn_weight: Scalar = 0.7,
    gamma: Scalar = 4 / 3,
    smoothing: Scalar = 1.0,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """The Tversky loss to the power 1/γ, which for γ > 1 lifts the masks that are almost right.

    Many implementations call the exponent itself γ; their 0.75 is the 4/3 of here and of the
    paper. For γ > 1 the slope grows without bound as the loss goes to 0; at exactly 0 it is taken
    as 0.

    Args:
        probabilities: Foreground probabilities p in [0, 1], after the sigmoid, such as `(…, H, W)`.
        target: Mask g in [0, 1], of any dtype, in the shape of `probabilities`; a dimension of size
            1 in one of the two stands for all.
        fp_weight: a ≥ 0, price of a false positive, Σ p (1 − g).
        fn_weight: b ≥ 0, price of a false negative, Σ (1 − p) g.
        gamma: γ > 0; the paper tries 1 to 3.
        smoothing: ε ≥ 0, in pixels; what it does to empty masks is told in `dice_loss`.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, 1], in the dtype that `probabilities` and a floating `target` promote to;
        computed in float32 or better.

    Raises:
        ValueError: for integer probabilities, values outside [0, 1], shapes that do not fit, a
            `dim` that is not there, a negative ε or price, γ ≤ 0, a negative or infinite weight or
            one that does not broadcast, or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or an ε, γ or price that is no
            number.

    Example:
        >>> probabilities, target = torch.ones(1, 4), torch.tensor([[1, 1, 1, 0]])
        >>> prices = {"fp_weight": 1.0, "fn_weight": 1.0, "smoothing": 0.0}
        >>> tversky_loss(probabilities, target, **prices)
        tensor(0.2500)
        >>> focal_tversky_loss(probabilities, target, gamma=2.0, **prices)
        tensor(0.5000)

    Source: N. Abraham, N. M. Khan, A novel focal Tversky loss function with improved attention
    U-Net for lesion segmentation, ISBI 2019.
    """
    loss = _tversky(probabilities, target, fp_weight, fn_weight, smoothing, weight, dim)
    check_number("gamma", gamma, above=0, like=loss)
    perfect = loss == 0
    powered = torch.where(perfect, 1, loss) ** (1 / gamma)
    loss = torch.where(perfect, 0, powered)
    return reduce_loss(loss, weight, reduction)


@full_precision
def jaccard_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    smoothing: Scalar = 1.0,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """1 minus intersection over union of the masks: 1 − (Σpg + ε) / (Σp + Σg − Σpg + ε).

    The Tversky loss with both prices 1. Never below the Dice loss; without smoothing the two
    order single masks alike.

    Args:
        probabilities: Foreground probabilities p in [0, 1], after the sigmoid, such as `(…, H, W)`.
        target: Mask g in [0, 1], of any dtype, in the shape of `probabilities`; a dimension of size
            1 in one of the two stands for all.
        smoothing: ε ≥ 0, in pixels; what it does to empty masks is told in `dice_loss`.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values in [0, 1], in the dtype that `probabilities` and a floating `target` promote to;
        computed in float32 or better.

    Raises:
        ValueError: for integer probabilities, values outside [0, 1], shapes that do not fit, a
            `dim` that is not there, a negative ε, a negative or infinite weight or one that does
            not broadcast, or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or an ε that is no number.

    Example:
        >>> probabilities, target = torch.tensor([[1.0, 1.0]]), torch.tensor([[1, 0]])
        >>> jaccard_loss(probabilities, target, smoothing=0.0)
        tensor(0.5000)

    Source: M. A. Rahman, Y. Wang, Optimizing Intersection-Over-Union in Deep Neural Networks for
    Image Segmentation, ISVC 2016. Coefficient: P. Jaccard, 1901.
    """
    loss = _tversky(probabilities, target, 1.0, 1.0, smoothing, weight, dim)
    return reduce_loss(loss, weight, reduction)


def _tversky(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    fp_weight: Scalar,
    fn_weight: Scalar,
    smoothing: Scalar,
    weight: torch.Tensor | None,
    dim: Dimensions,
) -> torch.Tensor:
    prediction, mask = read_masks(probabilities, target, weight, dim)
    overlap = prediction * mask
    true_positives = overlap.sum(dim)
    false_positives = (prediction - overlap).sum(dim)
    false_negatives = (mask - overlap).sum(dim)
    return tversky_of_counts(
        true_positives, false_positives, false_negatives, fp_weight, fn_weight, smoothing
    )


def tversky_of_counts(
    true_positives: torch.Tensor,
    false_positives: torch.Tensor,
    false_negatives: torch.Tensor,
    fp_weight: Scalar,
    fn_weight: Scalar,
    smoothing: Scalar,
) -> torch.Tensor:
    """The Tversky losses of soft counts of pixels."""
    fp_weight = checked_price("fp_weight", fp_weight, true_positives)
    fn_weight = checked_price("fn_weight", fn_weight, true_positives)
    check_number("smoothing", smoothing, at_least=0, like=true_positives)
    errors = fp_weight * false_positives + fn_weight * false_negatives
    return ratio(errors, true_positives + errors + smoothing)
