"""Smoothed and soft targets, prices of positives, and parameters at their limits: textbook forms.

What is ignored is tried on every function by the battery.
"""

import math

import numpy as np
import pytest
import torch
from scipy.special import expit, log_expit, log_softmax, rel_entr, softmax

import losses

GENERATOR = torch.Generator().manual_seed(1)
Z = 4 * torch.randn(6, generator=GENERATOR, dtype=torch.float64)
Y = torch.tensor([1.0, 0.0, 1.0, 0.0, 0.25, 0.75], dtype=torch.float64)
SMOOTH = 0.3
PRICE = torch.tensor([3.0, 1.0, 0.0, 0.5, 2.0, 1.0], dtype=torch.float64)
LOGITS = 3 * torch.randn(5, 4, 2, generator=GENERATOR, dtype=torch.float64)
LABELS = torch.randint(4, (5, 2), generator=GENERATOR)
CLASS_WEIGHT = torch.tensor([0.5, 2.0, 1.0, 0.0], dtype=torch.float64)


def binary_oracle(name: str, price: np.ndarray, smoothing: float) -> np.ndarray:
    z = Z.numpy()
    y = Y.numpy() * (1 - smoothing) + smoothing / 2
    p, one, zero = expit(z), -log_expit(z), -log_expit(-z)
    return {
        "bce": price * y * one + (1 - y) * zero,
        "focal": price * y * 0.25 * (1 - p) ** 2 * one + (1 - y) * 0.75 * p**2 * zero,
        "hinge": (price * y + 1 - y) * np.maximum(0, 1 - (2 * y - 1) * z),
        "squared": (price * y + 1 - y) * (p - y) ** 2,
    }[name]


@pytest.mark.parametrize("price", [1.0, 3.0, PRICE], ids=["one", "three", "each"])
@pytest.mark.parametrize("smoothing", [0.0, SMOOTH, torch.tensor(SMOOTH), 1.0], ids=str)
@pytest.mark.parametrize(
    ("loss", "name"),
    [
        (losses.bce_with_logits_loss, "bce"),
        (losses.bce_loss, "bce"),
        (losses.focal_loss, "focal"),
        (losses.focal_loss_on_probabilities, "focal"),
        (losses.hinge_loss, "hinge"),
        (losses.squared_error_on_sigmoid, "squared"),
    ],
)
def test_binary_losses_equal_the_textbook(loss, name: str, price, smoothing) -> None:
    given = torch.sigmoid(Z) if loss.__name__ in (
        "bce_loss", "focal_loss_on_probabilities") else Z  # fmt: skip
    found = loss(given, Y, pos_weight=price, label_smoothing=smoothing, reduction="none")
    expected = binary_oracle(name, np.asarray(price), float(smoothing))
    np.testing.assert_allclose(found, expected, rtol=1e-6 if loss is losses.bce_loss else 1e-7)
    weighted = losses.weighted_bce_loss(
        torch.sigmoid(Z), Y, positive_weight=price, label_smoothing=smoothing, reduction="none"
    )
    if name == "bce":
        np.testing.assert_allclose(weighted, expected, rtol=1e-6)


def soft_focal(q: np.ndarray, gamma: float, alpha: np.ndarray) -> np.ndarray:
    """Over the classes in dimension 1."""
    p = softmax(LOGITS.numpy(), 1)
    terms = q * (1 - p) ** gamma * -log_softmax(LOGITS.numpy(), 1)
    return (terms * alpha.reshape(1, -1, 1)).sum(1)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
@pytest.mark.parametrize("smoothing", [0.0, SMOOTH, 1.0])
def test_focal_losses_with_smoothed_and_soft_targets(gamma: float, smoothing: float) -> None:
    hot = np.eye(4)[LABELS.numpy()].transpose(0, 2, 1)
    keywords = {"gamma": gamma, "class_alpha": CLASS_WEIGHT, "label_smoothing": smoothing}
    expected = soft_focal(hot * (1 - smoothing) + smoothing / 4, gamma, CLASS_WEIGHT.numpy())
    hard = losses.multiclass_focal_loss(LOGITS, LABELS, reduction="none", **keywords)
    np.testing.assert_allclose(hard, expected, rtol=1e-9)
    soft = losses.soft_multiclass_focal_loss(
        LOGITS, torch.from_numpy(hot.copy()), reduction="none", **keywords
    )
    np.testing.assert_allclose(soft, expected, rtol=1e-9)
    mixed = softmax(LOGITS.flip(0).numpy(), 1)
    found = losses.soft_multiclass_focal_loss(
        LOGITS, torch.from_numpy(mixed), gamma=gamma, reduction="none"
    )
    np.testing.assert_allclose(found, soft_focal(mixed, gamma, np.ones(4)), rtol=1e-9)
    each = torch.full((5, 2), gamma, dtype=torch.float64)
    again = losses.soft_multiclass_focal_loss(
        LOGITS, torch.from_numpy(mixed), gamma=each, reduction="none"
    )
    torch.testing.assert_close(again, found)


def test_what_is_left_of_a_sure_softmax_keeps_its_digits() -> None:
    logits = torch.tensor([[30.0, 0.0, 0.0]])
    found = losses.soft_multiclass_focal_loss(logits, torch.tensor([[1.0, 0.0, 0.0]]), gamma=1.0)
    rest = 2 * math.exp(-30)
    assert found.item() == pytest.approx(rest * rest, rel=1e-5)


@pytest.mark.parametrize("weighted", [False, True])
def test_nll_of_a_log_softmax_is_the_cross_entropy_with_smoothing_too(weighted: bool) -> None:
    keywords = {"class_weight": CLASS_WEIGHT if weighted else None, "label_smoothing": SMOOTH}
    for reduction in ("none", "mean", "sum"):
        torch.testing.assert_close(
            losses.nll_loss(LOGITS.log_softmax(1), LABELS, reduction=reduction, **keywords),
            losses.cross_entropy_loss(LOGITS, LABELS, reduction=reduction, **keywords),
        )


def test_kl_divergence_with_logits() -> None:
    truth, model = LOGITS.flatten(1), LOGITS.flip(0).flatten(1)
    expected = rel_entr(softmax(truth.numpy(), 1), softmax(model.numpy(), 1)).sum(1)
    found = losses.kl_divergence_with_logits(truth=truth, model=model, reduction="none")
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    found = losses.kl_divergence_with_logits(
        truth=truth.softmax(1).log(), model=model.log_softmax(1), unit="bits", reduction="none"
    )
    np.testing.assert_allclose(found, expected / math.log(2), rtol=1e-12)
    sure, never = torch.tensor([0.0, -math.inf]), torch.tensor([-math.inf, 0.0])
    assert losses.kl_divergence_with_logits(truth=sure, model=torch.zeros(2)).item() == (
        pytest.approx(math.log(2))
    )
    assert losses.kl_divergence_with_logits(truth=sure, model=sure) == 0
    assert losses.kl_divergence_with_logits(truth=sure, model=never) == math.inf
    leaf = model.clone().requires_grad_()
    value = losses.kl_divergence_with_logits(truth=truth, model=leaf, reduction="sum")
    (gradient,) = torch.autograd.grad(value, leaf)
    torch.testing.assert_close(gradient, leaf.softmax(1) - truth.softmax(1))
    with pytest.raises(ValueError, match="logits must have at least one outcome"):
        losses.kl_divergence_with_logits(truth=torch.zeros(2, 0), model=torch.zeros(2, 0))


def test_parameters_at_their_limits_are_the_losses_there() -> None:
    residual = torch.tensor([-3.0, 0.0, 0.5, math.inf, 1e30], dtype=torch.float64)
    residual.requires_grad_()
    zero = torch.zeros(5, dtype=torch.float64)
    for found, limit in (
        (losses.smooth_l1_loss(residual, zero, beta=0, reduction="none"), losses.l1_loss),
        (losses.huber_loss(residual, zero, delta=math.inf, reduction="none"), losses.half_mse_loss),
    ):
        expected = limit(residual, zero, reduction="none")
        torch.testing.assert_close(found, expected)
        slopes = [torch.autograd.grad(loss.sum(), residual)[0] for loss in (found, expected)]
        torch.testing.assert_close(*slopes)
    for bad in (-1.0, math.inf, math.nan):
        with pytest.raises(ValueError, match="beta must be a number"):
            losses.smooth_l1_loss(residual, zero, beta=bad)
    for bad in (0.0, -1.0, math.nan):
        with pytest.raises(ValueError, match="delta must be a number"):
            losses.huber_loss(residual, zero, delta=bad)
