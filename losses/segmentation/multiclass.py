"""Overlap losses of pictures whose pixels belong to one of K classes, from logits and labels."""

import torch
from torch.nn import functional

from losses.arguments import Scalar, check_floating, check_number
from losses.classification.classes import is_label, pick, read_class_weight, read_labels
from losses.limits import share_of
from losses.precision import full_precision
from losses.reduction import Reduction, checked_price, drop_weightless, reduce_loss
from losses.segmentation.masks import ratio

__all__ = [
    "dice_cross_entropy_loss",
    "generalised_dice_loss",
    "multiclass_dice_loss",
]


@full_precision
def multiclass_dice_loss(
    logits: torch.Tensor,
    labels: torch.Tensor,
    *,
    smoothing: Scalar = 1.0,
    class_weight: torch.Tensor | None = None,
    ignore_label: int | None = -100,
    per_image: bool = True,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """The mean of the Dice losses of all classes, each against all others, of softmax(logits).

    Every class counts alike, however few its pixels are; a class that is neither there nor
    predicted costs 0. To leave the background out, give it a class weight of 0.

    Args:
        logits: Scores before the softmax, `(N, K, …)`: the dimensions after the second are those of
            a picture, a volume, or whatever holds the pixels.
        labels: Class numbers 0 … K − 1 of the pixels, of an integer dtype, `(N, …)`.
        smoothing: ε ≥ 0, in pixels; what it does to empty masks is told in `dice_loss`.
        class_weight: K finite, non-negative weights of the classes in their mean, in shape `(K,)`;
            `None` weighs all alike.
        ignore_label: Pixels with this label count nothing; `None` ignores none.
        per_image: Whether every picture has its own loss, or the pixels of the whole batch are
            counted together.
        weight: Non-negative, finite weights of the pictures, broadcastable to `(N,)`, or to `()` if
            not `per_image`; 0 removes a picture. `None` weighs all alike.
        reduction: `"none"` (one value per picture, or for the batch), `"mean"` (by the sum of the
            weights) or `"sum"`.

    Returns:
        Values in [0, 1], in the dtype of `logits`; computed in float32 or better. 0 for a picture
        whose pixels are all ignored.

    Raises:
        ValueError: for integer logits or such of one dimension, labels of another dtype, shape or
            range (the range is seen on the CPU only), a negative ε, class weights that are negative
            or not one per class, a negative or infinite weight or one that does not broadcast, or
            an unknown `reduction`.
        TypeError: for what is no tensor, or an ε that is no number.

    Example:
        >>> logits = torch.tensor([[[9.0, 9.0], [0.0, 0.0]]])  # two classes, two pixels
        >>> multiclass_dice_loss(logits, torch.tensor([[0, 1]]), smoothing=0.0)  # (1/3 + 1) / 2
        tensor(0.6666)

    Source: as `dice_loss`; over classes: F. Isensee et al., nnU-Net, Nature Methods 18, 2021.
    """
    logits, labels, counts = _read(logits, labels, weight, ignore_label, per_image)
    class_weight = read_class_weight("class_weight", class_weight, logits)
    losses = _dice(logits, labels, counts, smoothing, class_weight, per_image)
    return reduce_loss(losses, weight, reduction)


@full_precision
def generalised_dice_loss(
    logits: torch.Tensor,
    labels: torch.Tensor,
    *,
    smoothing: Scalar = 1e-6,
    ignore_label: int | None = -100,
    per_image: bool = True,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """One Dice loss of all classes: the overlaps and the areas are each summed with class weights.

    1 − (2 Σ w_k Σ p g + ε) / (Σ w_k (Σp + Σg) + ε), where w_k = 1/n_k² for a class of n_k pixels:
    a class weighs the more, the fewer its pixels are. A class without a pixel weighs as one with a
    single pixel does (the paper leaves it open), so that false alarms of it are dear.

    Args:
        logits: Scores before the softmax, `(N, K, …)`: the dimensions after the second are those of
            a picture, a volume, or whatever holds the pixels.
        labels: Class numbers 0 … K − 1 of the pixels, of an integer dtype, `(N, …)`.
        smoothing: ε ≥ 0, in weighted pixels.
        ignore_label: Pixels with this label count nothing; `None` ignores none.
        per_image: Whether every picture has its own loss, or the pixels of the whole batch are
            counted together.
        weight: Non-negative, finite weights of the pictures, broadcastable to `(N,)`, or to `()` if
            not `per_image`; 0 removes a picture. `None` weighs all alike.
        reduction: `"none"` (one value per picture, or for the batch), `"mean"` (by the sum of the
            weights) or `"sum"`.

    Returns:
        Values in [0, 1], in the dtype of `logits`; computed in float32 or better. 0 for a picture
        whose pixels are all ignored.

    Raises:
        ValueError: for integer logits or such of one dimension, labels of another dtype, shape or
            range (the range is seen on the CPU only), a negative ε, a negative or infinite weight
            or one that does not broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or an ε that is no number.

    Example:
        >>> logits = torch.zeros(1, 2, 4)  # two classes, four pixels
        >>> generalised_dice_loss(logits, torch.tensor([[0, 0, 0, 1]]))  # 1 − (1/3 + 1)/(5/9 + 3)
        tensor(0.6250)

    Source: C. H. Sudre, W. Li, T. Vercauteren, S. Ourselin, M. J. Cardoso, Generalised Dice
    overlap as a deep learning loss function for highly unbalanced segmentations, DLMIA 2017.
    """
    logits, labels, counts = _read(logits, labels, weight, ignore_label, per_image)
    errors, areas, sizes = _soft_counts(logits, labels, counts, per_image)
    class_weight = sizes.clamp(min=1) ** -2
    whole = (class_weight * areas).sum(-1)
    check_number("smoothing", smoothing, at_least=0, like=whole)
    return reduce_loss(ratio((class_weight * errors).sum(-1), whole + smoothing), weight, reduction)


@full_precision
def dice_cross_entropy_loss(
    logits: torch.Tensor,
    labels: torch.Tensor,
    *,
    dice_weight: Scalar = 1.0,
    cross_entropy_weight: Scalar = 1.0,
    smoothing: Scalar = 1.0,
    class_weight: torch.Tensor | None = None,
    ignore_label: int | None = -100,
    per_image: bool = True,
    weight: torch.Tensor | None = None,
    reduction: Reduction = "mean",
) -> torch.Tensor:
    """`multiclass_dice_loss` and the mean cross-entropy of the pixels together.

    Args:
        logits: Scores before the softmax, `(N, K, …)`: the dimensions after the second are those of
            a picture, a volume, or whatever holds the pixels.
        labels: Class numbers 0 … K − 1 of the pixels, of an integer dtype, `(N, …)`.
        dice_weight: Factor ≥ 0 of the Dice loss.
        cross_entropy_weight: Factor ≥ 0 of the cross-entropy.
        smoothing: ε ≥ 0 of the Dice loss, in pixels.
        class_weight: K finite, non-negative weights of the classes, in shape `(K,)`, in the mean of
            the Dice losses and in that of the pixels; `None` weighs all alike.
        ignore_label: Pixels with this label count nothing; `None` ignores none.
        per_image: Whether every picture has its own loss, or the pixels of the whole batch are
            counted together.
        weight: Non-negative, finite weights of the pictures, broadcastable to `(N,)`, or to `()` if
            not `per_image`; 0 removes a picture. `None` weighs all alike.
        reduction: `"none"` (one value per picture, or for the batch), `"mean"` (by the sum of the
            weights) or `"sum"`.

    Returns:
        Values ≥ 0, in the dtype of `logits`; computed in float32 or better. 0 for a picture whose
        pixels are all ignored.

    Raises:
        ValueError: for integer logits or such of one dimension, labels of another dtype, shape or
            range (the range is seen on the CPU only), a negative ε or factor, class weights that
            are negative or not one per class, a negative or infinite weight or one that does not
            broadcast, or an unknown `reduction`.
        TypeError: for what is no tensor, or an ε or factor that is no number.

    Example:
        >>> logits = torch.zeros(1, 2, 2)  # two classes, two pixels
        >>> dice_cross_entropy_loss(logits, torch.tensor([[0, 1]]), smoothing=0.0)  # 1/2 + ln 2
        tensor(1.1931)

    Source: F. Isensee, P. F. Jaeger, S. A. A. Kohl, J. Petersen, K. H. Maier-Hein, nnU-Net, Nature
    Methods 18, 2021, uses the plain sum.
    """
    logits, labels, counts = _read(logits, labels, weight, ignore_label, per_image)
    class_weight = read_class_weight("class_weight", class_weight, logits)
    dice = _dice(logits, labels, counts, smoothing, class_weight, per_image)
    pixels, shares = pick(functional.log_softmax(logits, 1), labels, counts, class_weight)
    places = _places(labels, per_image)
    share = _summed(shares, places)
    cross_entropy = _summed(pixels, places) / torch.where(share == 0, 1, share)
    dice_weight = checked_price("dice_weight", dice_weight, dice)
    cross_entropy_weight = checked_price("cross_entropy_weight", cross_entropy_weight, dice)
    losses = dice_weight * dice + share_of(cross_entropy_weight, cross_entropy)
    return reduce_loss(losses, weight, reduction)


def _read(
    logits: torch.Tensor,
    labels: torch.Tensor,
    weight: torch.Tensor | None,
    ignore_label: int | None,
    per_image: bool,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Logits and labels, 0 where nothing counts, and what each pixel counts."""
    check_floating(logits=logits)
    if not isinstance(per_image, bool):
        raise TypeError(f"per_image must be True or False; got {per_image!r}")
    if logits.ndim < 2:
        raise ValueError(f"logits must have shape (N, K, …); got shape {tuple(logits.shape)}")
    first = 1 if per_image else 0
    (logits,) = drop_weightless(weight, logits, dim=tuple(range(first, logits.ndim)))
    if labels.ndim == logits.ndim - 1:  # or it is refused
        (labels,) = drop_weightless(weight, labels, dim=tuple(range(first, labels.ndim)))
    return read_labels("logits", logits, labels, None, ignore_label)


def _places(tensor: torch.Tensor, per_image: bool) -> tuple[int, ...]:
    """The dimensions over which the pixels of one loss are summed."""
    return tuple(d for d in range(tensor.ndim) if d > 0 or not per_image)


def _soft_counts(
    logits: torch.Tensor, labels: torch.Tensor, counts: torch.Tensor, per_image: bool
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Of each class Σ |p − g|, Σp + Σg and Σg: `(N, K)`, or `(K,)` of the whole batch."""
    chosen, counts = is_label(labels, logits), counts.unsqueeze(1)
    probabilities = functional.softmax(logits, 1)
    errors = torch.where(chosen, 1 - probabilities, probabilities) * counts
    mask = torch.where(chosen, counts, 0 * counts)
    areas = probabilities * counts + mask
    places = tuple(d for d in _places(logits, per_image) if d != 1)
    return _summed(errors, places), _summed(areas, places), _summed(mask, places)


def _summed(pixels: torch.Tensor, places: tuple[int, ...]) -> torch.Tensor:
    """The sums over these dimensions; none, if every picture is one pixel, is not all."""
    return pixels.sum(places) if places else pixels


def _dice(
    logits: torch.Tensor,
    labels: torch.Tensor,
    counts: torch.Tensor,
    smoothing: Scalar,
    class_weight: torch.Tensor | None,
    per_image: bool,
) -> torch.Tensor:
    errors, areas, _ = _soft_counts(logits, labels, counts, per_image)
    check_number("smoothing", smoothing, at_least=0, like=errors.select(-1, 0))
    if isinstance(smoothing, torch.Tensor):
        smoothing = smoothing.unsqueeze(-1)
    losses = ratio(errors, areas + smoothing)
    if class_weight is None:
        return losses.mean(-1)
    total = class_weight.sum()
    return (losses * class_weight).sum(-1) / torch.where(total == 0, 1, total)
