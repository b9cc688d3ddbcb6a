"""Losses of masks from logits, pixel by pixel in numpy, on pictures and volumes."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from scipy.special import expit, log_expit, log_softmax, softmax

from losses.segmentation import (
    dice_bce_with_logits_loss,
    dice_cross_entropy_loss,
    dice_loss,
    dice_with_logits_loss,
    generalised_dice_loss,
    multiclass_dice_loss,
    pixel_bce_with_logits_loss,
    pixel_focal_with_logits_loss,
    tversky_loss,
    tversky_with_logits_loss,
)

GENERATOR = torch.Generator().manual_seed(0)
IGNORED = 255
SHAPES = {"pictures": (4, 4, 5), "volumes": (4, 2, 3, 4)}
shapes = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())


def _masks(shape: tuple[int, ...]) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits, and hard masks of which some pixels are ignored."""
    logits = 3 * torch.randn(shape, generator=GENERATOR, dtype=torch.float64)
    target = torch.randint(2, shape, generator=GENERATOR)
    return logits, torch.where(torch.rand(shape, generator=GENERATOR) < 0.2, IGNORED, target)


def binary_oracle(name: str, z: np.ndarray, g: np.ndarray) -> float:
    """One mask without ignored pixels."""
    p = expit(z)
    cross_entropy = (-(3 * g * log_expit(z) + (1 - g) * log_expit(-z))).mean()
    dice = 1 - (2 * (p * g).sum() + 1) / (p.sum() + g.sum() + 1)
    if name == "dice":
        return dice
    if name == "squares":
        return 1 - (2 * (p * g).sum() + 1) / ((p * p).sum() + (g * g).sum() + 1)
    if name == "tversky":
        hits = (p * g).sum() + 1
        return 1 - hits / (hits + 0.3 * (p * (1 - g)).sum() + 0.7 * ((1 - p) * g).sum())
    if name == "bce":
        return cross_entropy
    if name == "dice_bce":
        return 0.5 * dice + 2 * cross_entropy
    right = np.where(g == 1, p, 1 - p)
    return (np.where(g == 1, 0.25, 0.75) * (1 - right) ** 2 * -np.log(right)).mean()


BINARY = {
    "dice": dice_with_logits_loss,
    "squares": partial(dice_with_logits_loss, denominator="squares"),
    "tversky": tversky_with_logits_loss,
    "bce": partial(pixel_bce_with_logits_loss, pos_weight=3.0),
    "dice_bce": partial(dice_bce_with_logits_loss, dice_weight=0.5, bce_weight=2.0, pos_weight=3.0),
    "focal": pixel_focal_with_logits_loss,
}


@shapes
@pytest.mark.parametrize("name", BINARY)
def test_masks_equal_the_oracle(name: str, shape: tuple[int, ...]) -> None:
    logits, target = _masks(shape)
    kept = (target != IGNORED).numpy()
    z, g = logits.numpy(), target.numpy()
    dim = tuple(range(1, len(shape)))
    loss = partial(BINARY[name], ignore_label=IGNORED)
    each = [binary_oracle(name, z[i][kept[i]], g[i][kept[i]]) for i in range(shape[0])]
    np.testing.assert_allclose(loss(logits, target, dim=dim, reduction="none"), each, rtol=1e-12)
    pooled = loss(logits, target, dim=(0, *dim), reduction="none")
    np.testing.assert_allclose(pooled, binary_oracle(name, z[kept], g[kept]), rtol=1e-12)


def test_logits_agree_with_probabilities_where_those_have_the_digits() -> None:
    logits, target = _masks((4, 4, 5))
    target = target.clamp(max=1)
    for ours, theirs in ((dice_with_logits_loss, dice_loss), (tversky_with_logits_loss,
                                                             tversky_loss)):  # fmt: skip
        torch.testing.assert_close(ours(logits, target), theirs(torch.sigmoid(logits), target))


def test_a_sure_mistake_keeps_its_slope() -> None:
    logits = torch.tensor([[18.0]], requires_grad=True)
    (gradient,) = torch.autograd.grad(pixel_bce_with_logits_loss(logits, torch.zeros(1, 1)), logits)
    assert gradient.item() == pytest.approx(1)
    one = dice_with_logits_loss(torch.tensor([[18.0]]), torch.ones(1, 1), smoothing=0.0)
    assert one.item() == pytest.approx(math.exp(-18) / 2, rel=1e-5)


def _pictures(shape: tuple[int, ...]) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits of three classes, and labels of which some are ignored."""
    logits = 2 * torch.randn(shape[0], 3, *shape[1:], generator=GENERATOR, dtype=torch.float64)
    labels = torch.randint(3, shape, generator=GENERATOR)
    return logits, torch.where(torch.rand(shape, generator=GENERATOR) < 0.2, IGNORED, labels)


CLASS_WEIGHT = np.array([0.5, 2.0, 0.0])


def multiclass_oracle(name: str, z: np.ndarray, labels: np.ndarray) -> float:
    """Pixels `(P, K)` of one picture, or of all, none of them ignored."""
    p, g = softmax(z, 1), np.eye(3)[labels]
    if name == "generalised":
        w = 1 / np.maximum(g.sum(0), 1) ** 2
        overlap, whole = (w * (p * g).sum(0)).sum(), (w * (p + g).sum(0)).sum()
        return 1 - (2 * overlap + 1e-6) / (whole + 1e-6)
    dice = 1 - (2 * (p * g).sum(0) + 1) / (p.sum(0) + g.sum(0) + 1)
    weight = CLASS_WEIGHT if "weight" in name else np.ones(3)
    dice = np.average(dice, weights=weight)
    surprise = -(log_softmax(z, 1) * g).sum(1)
    cross_entropy = np.average(surprise, weights=weight[labels])
    return dice if name.startswith("dice") else 0.5 * dice + 2 * cross_entropy


_both = partial(dice_cross_entropy_loss, dice_weight=0.5, cross_entropy_weight=2.0)
_weights = torch.from_numpy(CLASS_WEIGHT)
MULTICLASS = {
    "dice": multiclass_dice_loss,
    "dice, weights": partial(multiclass_dice_loss, class_weight=_weights),
    "generalised": generalised_dice_loss,
    "both": _both,
    "both, weights": partial(_both, class_weight=_weights),
}


@shapes
@pytest.mark.parametrize("name", MULTICLASS)
def test_pictures_equal_the_oracle(name: str, shape: tuple[int, ...]) -> None:
    logits, labels = _pictures(shape)
    kept = (labels != IGNORED).numpy()
    z, y = logits.movedim(1, -1).numpy(), labels.numpy()
    loss = partial(MULTICLASS[name], ignore_label=IGNORED)
    each = [multiclass_oracle(name, z[i][kept[i]], y[i][kept[i]]) for i in range(shape[0])]
    np.testing.assert_allclose(loss(logits, labels, reduction="none"), each, rtol=1e-12)
    weight = torch.tensor([1.0, 0.0, 2.0, 0.5], dtype=torch.float64)
    mean = np.average(each, weights=weight.numpy())
    np.testing.assert_allclose(loss(logits, labels, weight=weight), mean, rtol=1e-12)
    pooled = loss(logits, labels, per_image=False, reduction="none")
    np.testing.assert_allclose(pooled, multiclass_oracle(name, z[kept], y[kept]), rtol=1e-12)


@pytest.mark.parametrize("name", MULTICLASS)
def test_a_picture_of_one_pixel(name: str) -> None:
    logits, labels = _pictures((4,))
    labels = labels.clamp(max=1)
    z, y = logits.numpy(), labels.numpy()
    each = [multiclass_oracle(name, z[i : i + 1], y[i : i + 1]) for i in range(4)]
    found = MULTICLASS[name](logits, labels, reduction="none")
    np.testing.assert_allclose(found, each, rtol=1e-12)


def test_bad_pictures_are_named() -> None:
    with pytest.raises(ValueError, match=r"logits must have shape \(N, K, …\); got shape \(3,\)"):
        multiclass_dice_loss(torch.zeros(3), torch.tensor(1))
    with pytest.raises(ValueError, match=r"labels must have the shape of logits \(2, 3, 4\) with"):
        multiclass_dice_loss(torch.zeros(2, 3, 4), torch.zeros(2, 3).long())
    with pytest.raises(ValueError, match=r"labels must be class numbers from 0 to 2.*; got 3"):
        generalised_dice_loss(torch.zeros(1, 3, 4), torch.full((1, 4), 3))
    with pytest.raises(ValueError, match="smoothing must be a number >= 0; got -1"):
        multiclass_dice_loss(torch.zeros(1, 3, 4), torch.zeros(1, 4).long(), smoothing=-1.0)
    with pytest.raises(TypeError, match="ignore_label must be an integer or None; got 'void'"):
        dice_with_logits_loss(torch.zeros(1, 2), torch.zeros(1, 2), ignore_label="void")
