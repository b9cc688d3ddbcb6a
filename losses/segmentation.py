"""Losses of masks: how well a map of foreground probabilities covers a target mask.

All take *probabilities*, after one sigmoid (a second one squeezes them into [0.5, 0.73], where no
loss here can reach 0), and return one value per mask. `dim` names the dimensions that make up one
mask: the last two for pictures, (-3, -2, -1) for volumes; with 0 added, a whole batch counts as
one big mask.

Targets have the shape of the probabilities, channels included; a dimension of size 1 in one of the
two stands for all, and a target may be a single mask or number. They may be integers, booleans, or
soft values in [0, 1]. The result has the dtype to which the floating ones of probabilities and
target promote; it is computed in float32 at least, also under autocast, and rounded once, at the
end, for a picture has more pixels than float16 can count.

The overlap losses are written as errors over what could have been: FP + FN over the whole, which
is 1 minus the usual ratio without the digits that the subtraction loses.
"""

from typing import Literal

import torch

from losses.arguments import Scalar, check_choice, check_floating, check_number, check_shapes
from losses.binary import bce, focal
from losses.precision import full_precision
from losses.reduction import Reduction, drop_weightless, reduce_loss
from losses.values import check_probability

__all__ = [
    "dice_bce_loss",
    "dice_loss",
    "focal_tversky_loss",
    "jaccard_loss",
    "pixel_bce_loss",
    "pixel_focal_loss",
    "tversky_loss",
]

Dimensions = int | tuple[int, ...]
Denominator = Literal["sum", "squares"]
DENOMINATORS = ("sum", "squares")


@full_precision
def dice_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    denominator: Denominator = "sum",
    smoothing: Scalar = 1.0,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """1 minus twice the overlap over the two areas: 1 − (2 Σpg + ε) / (Σp + Σg + ε).

    Its size does not depend on how much background there is. For hard masks it is 1 − F1; for
    probabilities it is a stand-in for that, and pushes them to 0 and 1.

    An empty target with an empty prediction costs 0. With ε > 0 an empty target still pulls every
    false positive down, with a gradient of ε / (Σp + ε)²: at ε = 1 that is useful, at 1e-6 it is a
    cliff beside a plateau. With ε = 0 it costs 1, whatever the prediction, with gradient 0.

    Args:
        probabilities: Foreground probabilities p in [0, 1], after the sigmoid, such as `(…, H, W)`.
        target: Mask g in [0, 1], of any dtype, in the shape of `probabilities`; a dimension of size
            1 in one of the two stands for all.
        denominator: `"sum"` for Σp + Σg; `"squares"` for Σp² + Σg², which is what the V-Net paper
            has. Equal on hard masks, but with squares an unsure pixel costs less.
        smoothing: ε ≥ 0, in pixels; 1 is Laplace's.
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
            `dim` that is not there, a negative ε, an unknown denominator, a negative or infinite
            weight or one that does not broadcast, or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or an ε that is no number.

    Example:
        >>> probabilities, target = torch.tensor([[1.0, 1.0]]), torch.tensor([[1, 0]])
        >>> dice_loss(probabilities, target, smoothing=0.0)
        tensor(0.3333)
        >>> dice_loss(probabilities, target, smoothing=1.0)
        tensor(0.2500)

    Source: F. Milletari, N. Navab, S.-A. Ahmadi, V-Net, 3DV 2016 (with squares). Coefficient:
    L. R. Dice, Ecology 26(3), 1945; T. Sørensen, Biologiske Skrifter 5, 1948.
    """
    check_choice("denominator", denominator, DENOMINATORS)
    prediction, mask = _read(probabilities, target, weight, dim)
    loss = _dice(prediction, mask, smoothing, dim, denominator)
    return reduce_loss(loss, weight, reduction)


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


@full_precision
def pixel_bce_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Binary cross-entropy of every pixel, averaged over the mask.

    Every pixel counts alike, so a large background outvotes a small object.

    Args:
        probabilities: Foreground probabilities p in [0, 1], after the sigmoid, such as `(…, H, W)`;
            the ends behave as in `bce_loss`.
        target: Mask g in [0, 1], of any dtype, in the shape of `probabilities`; a dimension of size
            1 in one of the two stands for all.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Nats per pixel, ≥ 0, in the dtype that `probabilities` and a floating `target` promote to;
        computed in float32 or better. 0 for a mask without pixels.

    Raises:
        ValueError: for integer probabilities, values outside [0, 1], shapes that do not fit, a
            `dim` that is not there, a negative or infinite weight or one that does not broadcast,
            or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors.

    Example:
        >>> probabilities, target = torch.tensor([[0.5, 0.5]]), torch.tensor([[1, 0]])
        >>> pixel_bce_loss(probabilities, target)  # ln 2
        tensor(0.6931)

    Source: as `bce_loss`; on pixels: O. Ronneberger, P. Fischer, T. Brox, U-Net, MICCAI 2015.
    """
    prediction, mask = _read(probabilities, target, weight, dim)
    loss = _average(bce(prediction, mask), dim)
    return reduce_loss(loss, weight, reduction)


@full_precision
def pixel_focal_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    alpha: Scalar | None = 0.25,
    gamma: Scalar = 2.0,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Focal loss of every pixel, averaged over the mask: the easy background falls silent.

    Args:
        probabilities: Foreground probabilities p in [0, 1], after the sigmoid, such as `(…, H, W)`;
            the ends behave as in `bce_loss`.
        target: Mask g in [0, 1], of any dtype, in the shape of `probabilities`; a dimension of size
            1 in one of the two stands for all.
        alpha: Factor α in [0, 1] of the foreground, 1 − α of the background; `None` for none.
        gamma: Focusing exponent γ ≥ 0; 0 is the cross-entropy.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        A loss per pixel, ≥ 0, in the dtype that `probabilities` and a floating `target` promote to;
        computed in float32 or better. 0 for a mask without pixels.

    Raises:
        ValueError: for integer probabilities, values outside [0, 1], shapes that do not fit, a
            `dim` that is not there, α outside [0, 1], a negative γ, a negative or infinite weight
            or one that does not broadcast, or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or an α or γ that is no
            number.

    Example:
        >>> probabilities, target = torch.tensor([[0.5, 0.5]]), torch.tensor([[1, 0]])
        >>> pixel_focal_loss(probabilities, target, alpha=None, gamma=2.0)  # ln 2 / 4
        tensor(0.1733)

    Source: T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár, Focal Loss for Dense Object
    Detection, ICCV 2017.
    """
    prediction, mask = _read(probabilities, target, weight, dim)
    loss = _average(focal(prediction, mask, alpha, gamma), dim)
    return reduce_loss(loss, weight, reduction)


@full_precision
def dice_bce_loss(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    *,
    dice_weight: Scalar = 1.0,
    bce_weight: Scalar = 1.0,
    smoothing: Scalar = 1.0,
    dim: Dimensions = (-2, -1),
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """Dice and pixelwise cross-entropy together: the shape from one, a steady slope from the other.

    Args:
        probabilities: Foreground probabilities p in [0, 1], after the sigmoid, such as `(…, H, W)`;
            the ends behave as in `bce_loss`.
        target: Mask g in [0, 1], of any dtype, in the shape of `probabilities`; a dimension of size
            1 in one of the two stands for all.
        dice_weight: Factor ≥ 0 of the Dice loss.
        bce_weight: Factor ≥ 0 of the binary cross-entropy.
        smoothing: ε ≥ 0 of the Dice loss, in pixels.
        dim: Dimensions that make up one mask: the last two for pictures, (-3, -2, -1) for volumes;
            with 0 added, a whole batch is one big mask.
        weight: Non-negative, finite weights of the masks, broadcastable to the shape without `dim`;
            0 removes a mask. `None` weighs all alike.
        reduction: `"none"` (one value per mask), `"mean"` (by the sum of the weights) or `"sum"`.

    Returns:
        Values ≥ 0 in the dtype that `probabilities` and a floating `target` promote to; computed in
        float32 or better.

    Raises:
        ValueError: for integer probabilities, values outside [0, 1], shapes that do not fit, a
            `dim` that is not there, a negative ε or factor, a negative or infinite weight or one
            that does not broadcast, or an unknown `reduction`.
        TypeError: for probabilities or a weight that are no tensors, or an ε or factor that is no
            number.

    Example:
        >>> probabilities, target = torch.tensor([[0.5, 0.5]]), torch.tensor([[1, 0]])
        >>> dice_bce_loss(probabilities, target, smoothing=0.0)  # 1/2 + ln 2
        tensor(1.1931)

    Source: F. Isensee, P. F. Jaeger, S. A. A. Kohl, J. Petersen, K. H. Maier-Hein, nnU-Net, Nature
    Methods 18, 2021, uses the plain sum.
    """
    prediction, mask = _read(probabilities, target, weight, dim)
    cross_entropy = _average(bce(prediction, mask), dim)
    check_number("dice_weight", dice_weight, at_least=0, like=cross_entropy)
    check_number("bce_weight", bce_weight, at_least=0, like=cross_entropy)
    dice = _dice(prediction, mask, smoothing, dim)
    return reduce_loss(dice_weight * dice + bce_weight * cross_entropy, weight, reduction)


def _read(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None,
    dim: Dimensions,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Both in one shape and dtype; masks without a weight are empty in both."""
    check_floating(probabilities=probabilities)
    named = dim if isinstance(dim, tuple) else (dim,)
    are_last = sorted(named) == list(range(-len(named), 0))
    event = len(named) if are_last else 0
    check_shapes({"probabilities": probabilities, "target": target}, event=event)
    both = torch.broadcast_tensors(probabilities, target.to(probabilities.dtype))
    rank = both[0].ndim
    there = all(-rank <= d < rank for d in named)
    if not named or not there or len({d % rank for d in named}) < len(named):
        raise ValueError(
            f"dim must name different dimensions of a mask of shape {tuple(both[0].shape)}; "
            f"got {dim}"
        )
    prediction, mask = drop_weightless(weight, *both, dim=named)
    check_probability(probabilities=prediction, target=mask)
    return prediction, mask


def _dice(
    prediction: torch.Tensor,
    mask: torch.Tensor,
    smoothing: Scalar,
    dim: Dimensions,
    denominator: Denominator = "sum",
) -> torch.Tensor:
    if denominator == "squares":
        errors = _total((prediction - mask) ** 2, dim)
        areas = _total(prediction * prediction + mask * mask, dim)
    else:
        errors = _total(prediction + mask - 2 * prediction * mask, dim)
        areas = _total(prediction + mask, dim)
    check_number("smoothing", smoothing, at_least=0, like=areas)
    return _ratio(errors, areas + smoothing)


def _tversky(
    probabilities: torch.Tensor,
    target: torch.Tensor,
    fp_weight: Scalar,
    fn_weight: Scalar,
    smoothing: Scalar,
    weight: torch.Tensor | None,
    dim: Dimensions,
) -> torch.Tensor:
    prediction, mask = _read(probabilities, target, weight, dim)
    overlap = prediction * mask
    true_positives = _total(overlap, dim)
    false_positives = _total(prediction - overlap, dim)
    false_negatives = _total(mask - overlap, dim)
    check_number("fp_weight", fp_weight, at_least=0, like=true_positives)
    check_number("fn_weight", fn_weight, at_least=0, like=true_positives)
    check_number("smoothing", smoothing, at_least=0, like=true_positives)
    errors = fp_weight * false_positives + fn_weight * false_negatives
    return _ratio(errors, true_positives + errors + smoothing)


def _ratio(errors: torch.Tensor, whole: torch.Tensor) -> torch.Tensor:
    # 0/0 is an empty prediction of an empty mask without smoothing: no error, loss 0.
    return errors / torch.where(whole == 0, 1, whole)


def _total(pixels: torch.Tensor, dim: Dimensions) -> torch.Tensor:
    return pixels.sum(dim)


def _average(pixels: torch.Tensor, dim: Dimensions) -> torch.Tensor:
    total = pixels.sum(dim)
    return total * (total.numel() / max(pixels.numel(), 1))
