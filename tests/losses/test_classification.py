"""The losses over K classes: vectors, closed forms, agreement with torch, edges."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from losses.classification import (
    cross_entropy_loss,
    multiclass_focal_loss,
    nll_loss,
    soft_cross_entropy_loss,
    zero_one_loss,
)
from tests.losses.checks import (
    PROPERTY,
    assert_vector,
    value_and_gradient,
)
from tests.vectors import Vector, vectors

LOGITS = torch.tensor(
    [[2.0, 1.0, 0.1], [0.5, 2.5, -1.0], [-0.3, 0.2, 0.9], [1.5, -2.0, 0.4]], dtype=torch.float64
)
LABELS = torch.tensor([0, 2, 1, 2])
CLASS_WEIGHT = torch.tensor([1.0, 2.0, 4.0], dtype=torch.float64)
ON_LABELS = {
    "cross_entropy": cross_entropy_loss,
    "weights and smoothing": partial(
        cross_entropy_loss, class_weight=CLASS_WEIGHT, label_smoothing=0.1
    ),
    "nll": nll_loss,
    "weighted nll": partial(nll_loss, class_weight=CLASS_WEIGHT),
    "focal": multiclass_focal_loss,
    "focal, gamma 0.5": partial(multiclass_focal_loss, gamma=0.5, class_alpha=CLASS_WEIGHT),
}
on_labels = pytest.mark.parametrize("loss", ON_LABELS.values(), ids=ON_LABELS.keys())
three_logits = st.lists(st.floats(-300, 300), min_size=3, max_size=3)


@pytest.mark.parametrize("vector", vectors("cross_entropy_logits"), ids=str)
def test_cross_entropy_vectors(vector: Vector) -> None:
    def loss(logits: torch.Tensor) -> torch.Tensor:
        reduction = vector.parameters["reduction"]
        if "target_probs" in vector.inputs:
            return soft_cross_entropy_loss(
                logits, vector.tensor("target_probs"), reduction=reduction
            )
        weight = vector.parameters.get("weight")
        return cross_entropy_loss(
            logits,
            torch.tensor(vector.inputs["target"]),
            class_weight=weight and torch.tensor(weight, dtype=torch.float64),
            reduction=reduction,
        )

    assert_vector(vector, loss, {"logits": vector.tensor("logits")})


@pytest.mark.parametrize("vector", vectors("cross_entropy_probs"), ids=str)
def test_cross_entropy_of_probabilities_is_nll_of_their_logs(vector: Vector) -> None:
    def loss(probs: torch.Tensor) -> torch.Tensor:
        return nll_loss(probs.log(), torch.tensor(vector.inputs["target"]))

    assert_vector(vector, loss, {"probs": vector.tensor("probs")})


@pytest.mark.parametrize("vector", vectors("nll_loss"), ids=str)
def test_nll_vectors(vector: Vector) -> None:
    def loss(log_probs: torch.Tensor) -> torch.Tensor:
        return nll_loss(log_probs, torch.tensor(vector.inputs["target"]))

    assert_vector(vector, loss, {"log_probs": vector.tensor("log_probs")})


@pytest.mark.parametrize("vector", vectors("focal_multiclass"), ids=str)
def test_focal_vectors(vector: Vector) -> None:
    def loss(logits: torch.Tensor) -> torch.Tensor:
        return multiclass_focal_loss(
            logits,
            torch.tensor(vector.inputs["target"]),
            gamma=vector.parameters["gamma"],
            reduction=vector.parameters["reduction"],
        )

    assert_vector(vector, loss, {"logits": vector.tensor("logits")})


@pytest.mark.parametrize("vector", vectors("zero_one"), ids=str)
@pytest.mark.parametrize("dtype", [torch.int64, torch.float64])
def test_zero_one_vectors(vector: Vector, dtype: torch.dtype) -> None:
    prediction = vector.tensor("pred_class").to(dtype)
    value = zero_one_loss(prediction, vector.tensor("target").to(dtype))
    assert value.item() == pytest.approx(vector.value, abs=1e-7)


@pytest.mark.parametrize("vector", vectors("softmax"), ids=str)
def test_the_softmax_of_torch_is_that_of_the_vectors(vector: Vector) -> None:
    assert_vector(vector, lambda z: torch.softmax(z, -1), {"z": vector.tensor("z")})


def test_zero_one_loss_counts_no_ignored_label() -> None:
    prediction, labels = torch.tensor([0, 1, 2, 7]), torch.tensor([0, 2, 2, -100])
    assert zero_one_loss(prediction, labels, ignore_label=-100) == pytest.approx(1 / 3)
    weight = torch.tensor([1.0, 2.0, 1.0, 9.0])
    assert zero_one_loss(prediction, labels, ignore_label=-100, weight=weight) == 0.5
    assert zero_one_loss(prediction, torch.tensor(-100), ignore_label=-100) == 0


def test_zero_one_loss_has_a_zero_gradient() -> None:
    value, gradient = value_and_gradient(
        zero_one_loss, torch.tensor([2.0, 1.0, 2.0]), torch.tensor([2, 1, 0])
    )
    assert value.item() == pytest.approx(1 / 3)
    assert gradient.tolist() == [0, 0, 0]
    assert zero_one_loss(torch.tensor([True, False]), torch.tensor([True, True])) == 0.5
    assert zero_one_loss(torch.tensor([0], dtype=torch.uint8), torch.tensor([1])) == 1
    wide = torch.zeros(100_000, dtype=torch.float16)
    assert zero_one_loss(wide, wide + 1) == 1
    assert zero_one_loss(torch.empty(0), torch.empty(0)) == 0
    with pytest.raises(ValueError, match="shapes must broadcast together"):
        zero_one_loss(torch.zeros(2), torch.zeros(3))


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("weighted", [False, True])
def test_both_cross_entropies_equal_the_textbook(smoothing: float, weighted: bool) -> None:
    q = (1 - smoothing) * np.eye(3)[LABELS] + smoothing / 3
    w = CLASS_WEIGHT.numpy() if weighted else np.ones(3)
    per_example = -(w * q * np.log(softmax(LOGITS.numpy()))).sum(-1)
    weights = torch.tensor([1.0, 0.0, 2.0, 0.5], dtype=torch.float64)
    mean = (weights.numpy() * per_example).sum() / (weights.numpy()[:, None] * w * q).sum()
    options = {"class_weight": CLASS_WEIGHT if weighted else None, "label_smoothing": smoothing}
    one_hot = functional.one_hot(LABELS, 3).double()
    for value, whole in (
        (
            cross_entropy_loss(LOGITS, LABELS, reduction="none", **options),
            cross_entropy_loss(LOGITS, LABELS, weight=weights, **options),
        ),
        (
            soft_cross_entropy_loss(LOGITS, one_hot, reduction="none", **options),
            soft_cross_entropy_loss(LOGITS, one_hot, weight=weights, **options),
        ),
    ):
        np.testing.assert_allclose(value.numpy(), per_example, rtol=1e-12)
        assert whole.item() == pytest.approx(mean, rel=1e-12)


@pytest.mark.parametrize("shape", [(5, 3), (2, 3, 4), (2, 3, 4, 5), (2, 3, 2, 2, 2), (3,)])
@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
def test_torch_agrees_where_it_is_right(shape: tuple[int, ...], reduction: str) -> None:
    generator = torch.Generator().manual_seed(1)
    logits = torch.randn(shape, generator=generator, dtype=torch.float64)
    rest = shape[:1] + shape[2:] if len(shape) > 1 else ()
    labels = torch.randint(0, 3, rest, generator=generator)
    if labels.ndim:
        labels.view(-1)[0] = -100
    for weight, smoothing in ((None, 0.0), (CLASS_WEIGHT, 0.0), (None, 0.2)):
        ours = cross_entropy_loss(
            logits, labels, class_weight=weight, label_smoothing=smoothing, reduction=reduction
        )
        theirs = functional.cross_entropy(
            logits, labels, weight=weight, label_smoothing=smoothing, reduction=reduction
        )
        torch.testing.assert_close(ours, theirs)
        logs = logits.log_softmax(1 if logits.ndim > 1 else 0)
        torch.testing.assert_close(
            nll_loss(logs, labels, class_weight=weight, reduction=reduction),
            functional.nll_loss(logs, labels, weight=weight, reduction=reduction),
        )
    torch.testing.assert_close(
        multiclass_focal_loss(logits, labels, gamma=0.0, reduction=reduction),
        functional.cross_entropy(logits, labels, reduction=reduction),
    )


def test_who_knows_nothing_pays_ln_k_whatever_the_weights() -> None:
    value = cross_entropy_loss(
        torch.zeros(4, 3, dtype=torch.float64),
        LABELS,
        class_weight=CLASS_WEIGHT,
        label_smoothing=0.3,
    )
    assert value.item() == pytest.approx(math.log(3), rel=1e-12)
    theirs = functional.cross_entropy(
        torch.zeros(4, 3, dtype=torch.float64), LABELS, weight=CLASS_WEIGHT, label_smoothing=0.3
    )
    assert theirs.item() != pytest.approx(math.log(3), rel=1e-3)


def test_focal_loss_equals_the_textbook() -> None:
    p = softmax(LOGITS.numpy())[np.arange(4), LABELS]
    for gamma in (0.0, 0.5, 2.0):
        value = multiclass_focal_loss(
            LOGITS, LABELS, gamma=gamma, class_alpha=CLASS_WEIGHT, reduction="none"
        )
        expected = -CLASS_WEIGHT.numpy()[LABELS] * (1 - p) ** gamma * np.log(p)
        np.testing.assert_allclose(value.numpy(), expected, rtol=1e-12)
        mean = multiclass_focal_loss(LOGITS, LABELS, gamma=gamma, class_alpha=CLASS_WEIGHT)
        assert mean.item() == pytest.approx(expected.mean(), rel=1e-12)


def test_derivatives_of_numbers() -> None:
    target = torch.softmax(LOGITS.flip(0), -1)
    number = torch.tensor(0.3, dtype=torch.float64, requires_grad=True)
    for loss in (
        lambda e: cross_entropy_loss(LOGITS, LABELS, label_smoothing=e),
        lambda e: soft_cross_entropy_loss(LOGITS, target, label_smoothing=e),
        lambda g: multiclass_focal_loss(LOGITS, LABELS, gamma=g),
    ):
        assert torch.autograd.gradcheck(loss, number)
        torch.testing.assert_close(loss(number.detach()), loss(0.3))


@pytest.mark.parametrize("gamma", [0.0, 0.3, 0.5, 1.0, 2.0])
@pytest.mark.parametrize("dtype", [torch.float16, torch.float32, torch.float64])
def test_focal_loss_is_finite_for_every_finite_logit(gamma: float, dtype: torch.dtype) -> None:
    for size in (0.0, 20.0, 40.0, 2e4):
        for labels in (torch.tensor([0]), torch.tensor([1])):
            value, gradient = value_and_gradient(
                lambda z, y: multiclass_focal_loss(z, y, gamma=gamma),
                torch.tensor([[size, -size, 0.0]], dtype=dtype),
                labels,
            )
            assert value.isfinite()
            assert gradient.isfinite().all()


@PROPERTY
@given(z=three_logits, label=st.integers(0, 2), shift=st.floats(-1e3, 1e3))
def test_cross_entropy_properties(z: list[float], label: int, shift: float) -> None:
    logits = torch.tensor([z], dtype=torch.float64)
    labels = torch.tensor([label])
    value, gradient = value_and_gradient(cross_entropy_loss, logits, labels)
    assert value >= 0
    one_hot = functional.one_hot(labels, 3)
    torch.testing.assert_close(gradient, torch.softmax(logits, -1) - one_hot)
    assert cross_entropy_loss(logits + shift, labels).item() == pytest.approx(
        value.item(), rel=1e-9, abs=1e-9
    )
    focal = multiclass_focal_loss(logits, labels, gamma=1.5)
    assert 0 <= focal <= value * (1 + 1e-12)


def test_ignored_examples_count_nothing_even_if_they_are_nan() -> None:
    logits = LOGITS.clone()
    logits[1] = math.nan
    labels = torch.tensor([0, 255, 1, 2])
    kept = [0, 2, 3]
    for loss in (
        cross_entropy_loss,
        partial(cross_entropy_loss, class_weight=CLASS_WEIGHT, label_smoothing=0.1),
        partial(multiclass_focal_loss, class_alpha=CLASS_WEIGHT),
        nll_loss,
    ):
        value, gradient = value_and_gradient(partial(loss, ignore_label=255), logits, labels)
        torch.testing.assert_close(value, loss(LOGITS[kept], labels[kept]))
        assert gradient[1].tolist() == [0, 0, 0]
        assert gradient.isfinite().all()
        assert loss(logits, labels, ignore_label=255, reduction="none")[1] == 0


@on_labels
def test_all_ignored_and_empty_cost_nothing(loss) -> None:
    value, gradient = value_and_gradient(loss, LOGITS, torch.full((4,), -100))
    assert value == 0
    assert (gradient == 0).all()
    value, gradient = value_and_gradient(loss, LOGITS[:0], LABELS[:0])
    assert value == 0
    assert gradient.shape == (0, 3)


def test_a_forbidden_class_may_have_a_logit_of_minus_infinity() -> None:
    logits = torch.tensor([[1.0, -math.inf, 0.0]])
    labels, one_hot = torch.tensor([0]), torch.tensor([[1.0, 0.0, 0.0]])
    expected = math.log(1 + math.exp(-1))
    for loss, target in ((cross_entropy_loss, labels), (soft_cross_entropy_loss, one_hot)):
        value, gradient = value_and_gradient(loss, logits, target)
        assert value.item() == pytest.approx(expected, rel=1e-6)
        assert gradient.isfinite().all()
    only = torch.tensor([[1.0, -math.inf, -math.inf]])
    value, gradient = value_and_gradient(multiclass_focal_loss, only, labels)
    assert value == 0
    assert gradient.isfinite().all()


@on_labels
def test_bad_input_is_named(loss) -> None:
    scores = "(logits|log_probabilities)"
    with pytest.raises(ValueError, match=f"{scores} must have a floating dtype"):
        loss(LABELS.reshape(2, 2), torch.tensor([0, 1]))
    with pytest.raises(ValueError, match=rf"labels must have the shape of {scores}.*\(4,\); got"):
        loss(LOGITS, LABELS[:3])
    with pytest.raises(ValueError, match=r"labels must be class numbers .* got torch\.float64"):
        loss(LOGITS, LABELS.double())
    with pytest.raises(ValueError, match=r"labels must be class numbers from 0 to 2.*; got 3"):
        loss(LOGITS, torch.tensor([0, 1, 2, 3]))
    with pytest.raises(ValueError, match="labels must be class numbers from 0 to 2; got -100"):
        loss(LOGITS, torch.tensor([0, 1, 2, -100]), ignore_label=None)
    with pytest.raises(ValueError, match="reduction must be one of"):
        loss(LOGITS, LABELS, reduction="average")
    with pytest.raises(ValueError, match="at least one class"):
        loss(torch.empty(2, 0), torch.zeros(2, dtype=torch.long))


def test_bad_numbers_and_weights_are_named() -> None:
    with pytest.raises(ValueError, match="label_smoothing must be a number >= 0 and <= 1; got 2"):
        cross_entropy_loss(LOGITS, LABELS, label_smoothing=2)
    with pytest.raises(ValueError, match="label_smoothing must be a number"):
        soft_cross_entropy_loss(LOGITS, torch.softmax(LOGITS, -1), label_smoothing=-0.1)
    with pytest.raises(ValueError, match="gamma must be a number >= 0; got -1"):
        multiclass_focal_loss(LOGITS, LABELS, gamma=-1)
    with pytest.raises(ValueError, match="at least 2 classes"):
        multiclass_focal_loss(torch.zeros(2, 1), torch.tensor([0, 0]))
    for name, loss, target in (
        ("class_weight", cross_entropy_loss, LABELS),
        ("class_weight", nll_loss, LABELS),
        ("class_weight", soft_cross_entropy_loss, torch.softmax(LOGITS, -1)),
        ("class_alpha", multiclass_focal_loss, LABELS),
    ):
        with pytest.raises(ValueError, match=rf"{name} must have shape \(3,\).*; got \(2,\)"):
            loss(LOGITS, target, **{name: torch.ones(2)})
    with pytest.raises(ValueError, match=r"probabilities must have the shape of logits"):
        soft_cross_entropy_loss(LOGITS, torch.ones(4, 1))
    with pytest.raises(ValueError, match=r"probabilities must lie in \[0, 1\]; got 2"):
        soft_cross_entropy_loss(LOGITS, torch.full((4, 3), 2.0))
