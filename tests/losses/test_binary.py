"""The yes-or-no losses: vectors, closed forms, edges."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.autograd import forward_ad
from torch.nn import functional

from losses.binary import (
    bce_loss,
    bce_with_logits_loss,
    focal_loss,
    focal_loss_on_probabilities,
    hinge_loss,
    squared_error_on_sigmoid,
    weighted_bce_loss,
)
from tests.losses.checks import (
    PROPERTY,
    assert_vector,
    assert_works_in_every_dtype,
    value_and_gradient,
)
from tests.vectors import Vector, vectors

ON_LOGITS = {
    "bce_with_logits": bce_with_logits_loss,
    "pos_weight": partial(bce_with_logits_loss, pos_weight=3.0),
    "focal": focal_loss,
    "focal, gamma 0.5": partial(focal_loss, gamma=0.5, alpha=None),
    "hinge": hinge_loss,
    "squared_error_on_sigmoid": squared_error_on_sigmoid,
}
ON_PROBABILITIES = {
    "bce": bce_loss,
    "weighted_bce": partial(weighted_bce_loss, positive_weight=0.8, negative_weight=0.2),
    "focal": focal_loss_on_probabilities,
    "focal, gamma 0.5": partial(focal_loss_on_probabilities, gamma=0.5),
}
LOGITS = torch.tensor([-3.0, -0.7, 0.2, 1.5, 4.0, -1.7], dtype=torch.float64)
TARGET = torch.tensor([1.0, 0.0, 1.0, 0.0, 1.0, 0.25], dtype=torch.float64)
finite_logits = st.floats(-1e4, 1e4)


def named(losses: dict) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("loss", losses.values(), ids=losses.keys())


def target_of(vector: Vector) -> torch.Tensor:
    return vector.tensor("target")


@pytest.mark.parametrize("vector", vectors("bce"), ids=str)
def test_bce_vectors(vector: Vector) -> None:
    def loss(probs: torch.Tensor) -> torch.Tensor:
        return bce_loss(probs, target_of(vector), reduction=vector.parameters["reduction"])

    assert_vector(vector, loss, {"probs": vector.tensor("probs")})


@pytest.mark.parametrize("vector", vectors("bce_with_logits"), ids=str)
def test_bce_with_logits_vectors(vector: Vector) -> None:
    def loss(logits: torch.Tensor) -> torch.Tensor:
        return bce_with_logits_loss(logits, target_of(vector))

    assert_vector(vector, loss, {"logits": vector.tensor("logits")})


@pytest.mark.parametrize("vector", vectors("bce_with_logits_pos_weight"), ids=str)
def test_pos_weight_vectors(vector: Vector) -> None:
    for pos_weight in (vector.parameters["pos_weight"], torch.tensor(4.0, dtype=torch.float64)):
        loss = partial(bce_with_logits_loss, target=target_of(vector), pos_weight=pos_weight)
        assert_vector(vector, loss, {"logits": vector.tensor("logits")})


@pytest.mark.parametrize("vector", vectors("weighted_bce"), ids=str)
def test_weighted_bce_vectors(vector: Vector) -> None:
    def loss(probs: torch.Tensor) -> torch.Tensor:
        return weighted_bce_loss(
            probs,
            target_of(vector),
            positive_weight=vector.parameters["w_pos"],
            negative_weight=vector.parameters["w_neg"],
        )

    assert_vector(vector, loss, {"probs": vector.tensor("probs")})


@pytest.mark.parametrize("vector", vectors("mse_on_sigmoid"), ids=str)
def test_squared_error_vectors(vector: Vector) -> None:
    def loss(logit: torch.Tensor) -> torch.Tensor:
        return squared_error_on_sigmoid(logit, target_of(vector), reduction="sum")

    assert_vector(vector, loss, {"logit": vector.tensor("logit")})


@pytest.mark.parametrize("vector", vectors("focal_binary"), ids=str)
def test_focal_vectors_on_probabilities(vector: Vector) -> None:
    alpha, gamma = vector.parameters["alpha"], vector.parameters["gamma"]
    same_for_both = "same alpha" in vector.parameters["alpha_t"]

    def on_probabilities(probs: torch.Tensor) -> torch.Tensor:
        if same_for_both:  # the notes' mistake: alpha as a plain factor
            plain = focal_loss_on_probabilities(probs, target_of(vector), alpha=None, gamma=gamma)
            return alpha * plain
        return focal_loss_on_probabilities(probs, target_of(vector), alpha=alpha, gamma=gamma)

    def on_logits(probs: torch.Tensor) -> torch.Tensor:
        if same_for_both:
            plain = focal_loss(torch.logit(probs), target_of(vector), alpha=None, gamma=gamma)
            return alpha * plain
        return focal_loss(torch.logit(probs), target_of(vector), alpha=alpha, gamma=gamma)

    assert_vector(vector, on_probabilities, {"probs": vector.tensor("probs")})
    assert_vector(vector, on_logits, {"probs": vector.tensor("probs")})


@pytest.mark.parametrize("vector", vectors("focal_binary_logits"), ids=str)
def test_focal_vectors_on_logits(vector: Vector) -> None:
    def loss(logits: torch.Tensor) -> torch.Tensor:
        return focal_loss(
            logits,
            target_of(vector),
            alpha=vector.parameters["alpha"],
            gamma=vector.parameters["gamma"],
        )

    assert_vector(vector, loss, {"logits": vector.tensor("logits")})


def test_the_sigmoid_of_torch_is_that_of_the_vectors() -> None:
    (vector,) = vectors("sigmoid")
    assert_vector(vector, lambda z: torch.sigmoid(z), {"z": vector.tensor("z")})


def oracle(name: str, z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Textbook forms in numpy, on probabilities, for logits of moderate size."""
    p = 1 / (1 + np.exp(-z))
    positive, negative = -y * np.log(p), -(1 - y) * np.log(1 - p)
    return {
        "bce_with_logits": lambda: positive + negative,
        "pos_weight": lambda: 3 * positive + negative,
        "focal": lambda: 0.25 * (1 - p) ** 2 * positive + 0.75 * p**2 * negative,
        "focal, gamma 0.5": lambda: np.sqrt(1 - p) * positive + np.sqrt(p) * negative,
        "hinge": lambda: np.maximum(0, 1 - (2 * y - 1) * z),
        "squared_error_on_sigmoid": lambda: (p - y) ** 2,
    }[name]()


@pytest.mark.parametrize("name", ON_LOGITS)
def test_losses_on_logits_equal_the_textbook(name: str) -> None:
    expected = oracle(name, LOGITS.numpy(), TARGET.numpy())
    value = ON_LOGITS[name](LOGITS, TARGET, reduction="none")
    np.testing.assert_allclose(value.numpy(), expected, rtol=1e-12)
    np.testing.assert_allclose(ON_LOGITS[name](LOGITS, TARGET).item(), expected.mean(), rtol=1e-12)


def test_losses_on_probabilities_equal_those_on_logits() -> None:
    p = torch.sigmoid(LOGITS)
    torch.testing.assert_close(bce_loss(p, TARGET), bce_with_logits_loss(LOGITS, TARGET))
    torch.testing.assert_close(
        focal_loss_on_probabilities(p, TARGET, gamma=1.5), focal_loss(LOGITS, TARGET, gamma=1.5)
    )
    torch.testing.assert_close(
        weighted_bce_loss(p, TARGET, positive_weight=0.8, negative_weight=0.2),
        0.2 * bce_with_logits_loss(LOGITS, TARGET, pos_weight=4.0),
    )
    torch.testing.assert_close(weighted_bce_loss(p, TARGET), bce_loss(p, TARGET))


def test_torch_agrees_where_it_has_the_loss() -> None:
    ours = bce_with_logits_loss(LOGITS, TARGET, pos_weight=2.5)
    theirs = functional.binary_cross_entropy_with_logits(
        LOGITS, TARGET, pos_weight=torch.tensor(2.5, dtype=torch.float64)
    )
    torch.testing.assert_close(ours, theirs)


HARD = torch.tensor([1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0], dtype=torch.float64)
EDGES = torch.tensor([0.0, 0.0, 2.5, 2.5, -40.0, 60.0, math.inf, -math.inf], dtype=torch.float64)


@pytest.mark.parametrize("count", [4, 6, 8], ids=["moderate", "large", "infinite"])
@pytest.mark.parametrize(
    "options",
    [{}, {"pos_weight": 3.0}, {"gamma": 0.5, "alpha": None}, {"gamma": 0.0}],
    ids=str,
)
def test_hard_targets_cost_what_any_targets_do(options, count: int) -> None:
    """A target with a gradient is never taken for a hard one: both ways give the same numbers."""
    loss = focal_loss if "gamma" in options else bce_with_logits_loss
    weight = torch.linspace(0.5, 2, count, dtype=torch.float64)

    def numbers(target: torch.Tensor) -> list[torch.Tensor]:
        logits = EDGES[:count].clone().requires_grad_()
        each = loss(logits, target, weight=weight, reduction="none", **options)
        (slope,) = torch.autograd.grad(each.sum(), logits, create_graph=True)
        return [each, slope, *torch.autograd.grad(slope[:6].sum(), logits)]

    hard, general = numbers(HARD[:count]), numbers(HARD[:count].clone().requires_grad_())
    for found, expected in zip(hard, general, strict=True):
        torch.testing.assert_close(found, expected, rtol=1e-14, atol=0)


@pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated")  # which torch itself calls
@pytest.mark.parametrize("loss", [bce_with_logits_loss, focal_loss])
def test_a_moving_target_is_not_a_hard_one(loss) -> None:
    logits = EDGES[:6]
    with forward_ad.dual_level():
        moving = forward_ad.make_dual(HARD[:6], torch.ones(6, dtype=torch.float64))
        tangent = forward_ad.unpack_dual(loss(logits, moving, reduction="sum")).tangent
    target = HARD[:6].clone().requires_grad_()
    (slope,) = torch.autograd.grad(loss(logits, target, reduction="sum"), target)
    torch.testing.assert_close(tangent, slope.sum())


@pytest.mark.parametrize("parameter", ["alpha", "gamma"])
@pytest.mark.parametrize("on_probabilities", [False, True])
def test_focal_loss_learns_its_parameters(parameter: str, on_probabilities: bool) -> None:
    prediction = torch.sigmoid(LOGITS) if on_probabilities else LOGITS
    function = focal_loss_on_probabilities if on_probabilities else focal_loss

    def loss(value: float | torch.Tensor) -> torch.Tensor:
        return function(prediction, TARGET, **{parameter: value})

    number = torch.tensor(0.6, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(loss, number)
    torch.testing.assert_close(loss(number.detach()), loss(0.6))


@named(ON_LOGITS)
def test_a_mean_over_more_than_float16_counts(loss) -> None:
    assert_works_in_every_dtype(loss, (LOGITS.repeat(20_000), TARGET.repeat(20_000)))


@pytest.mark.parametrize("gamma", [0.0, 0.3, 0.5, 1.0, 2.0, 5.0])
@pytest.mark.parametrize("target", [0.0, 0.5, 1.0])
def test_focal_loss_is_finite_everywhere(gamma: float, target: float) -> None:
    logits = torch.tensor([-1e4, -40.0, -20.0, 0.0, 20.0, 40.0, 1e4])
    p = torch.tensor([0.0, 1e-30, 0.5, 1 - 6e-8, 1.0])
    for loss, prediction in ((focal_loss, logits), (focal_loss_on_probabilities, p)):
        value, gradient = value_and_gradient(
            partial(loss, gamma=gamma, reduction="none"),
            prediction,
            torch.full_like(prediction, target),
        )
        assert value.isfinite().all()
        assert gradient.isfinite().all()
        assert (value >= 0).all()


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0, 100.0])
@pytest.mark.parametrize("hard", [True, False])
def test_the_slope_of_focal_loss_outlasts_the_largest_logits(gamma: float, hard: bool) -> None:
    """At 3e38 the loss times γ has left the range, where the slope is still 1 − α."""
    logits = torch.tensor([-3e38, -17.0, 17.0, 20.0, 88.5, 1e4, 3e38])
    target = torch.zeros_like(logits).requires_grad_(not hard)
    _, slope = value_and_gradient(partial(focal_loss, gamma=gamma), logits, target)
    _, exact = value_and_gradient(
        partial(focal_loss, gamma=gamma), logits.double(), target.detach().double()
    )
    torch.testing.assert_close(slope, exact.float(), rtol=2e-5, atol=1e-8)


def test_bce_on_probabilities_has_torchs_edges() -> None:
    for y in (0.0, 1.0):
        for dtype in (torch.float16, torch.float32, torch.float64):
            p = torch.tensor([0.0, 1.0], dtype=dtype)
            value, gradient = value_and_gradient(
                partial(bce_loss, reduction="none"), p, torch.full_like(p, y)
            )
            assert value.tolist() == ([100.0, 0.0] if y else [0.0, 100.0])
            assert not gradient.isnan().any()


def test_a_small_loss_keeps_its_digits() -> None:
    for z, y in ((-50.0, 0.0), (50.0, 1.0)):
        value, gradient = value_and_gradient(
            bce_with_logits_loss,
            torch.tensor(z, dtype=torch.float64),
            torch.tensor(y, dtype=torch.float64),
        )
        assert value.item() == pytest.approx(math.exp(-50), rel=1e-12)
        assert gradient.item() == pytest.approx(math.copysign(math.exp(-50), -z), rel=1e-12)


@PROPERTY
@given(z=finite_logits, y=st.sampled_from([0.0, 1.0]), gamma=st.floats(0, 6))
def test_focal_loss_lies_below_cross_entropy_and_is_symmetric(z, y, gamma) -> None:
    logit = torch.tensor(z, dtype=torch.float64)
    target = torch.tensor(y, dtype=torch.float64)
    focal = focal_loss(logit, target, alpha=None, gamma=gamma)
    rounded = 1 + 2 * torch.finfo(torch.float64).eps  # at γ = 0 they are one
    assert 0 <= focal <= rounded * bce_with_logits_loss(logit, target)
    assert focal == focal_loss(-logit, 1 - target, alpha=None, gamma=gamma)
    assert focal_loss(logit, target, alpha=None, gamma=0.0) == pytest.approx(
        bce_with_logits_loss(logit, target).item()
    )


@PROPERTY
@given(z=finite_logits, y=st.floats(0, 1))
def test_bce_gradient_is_sigmoid_minus_target(z: float, y: float) -> None:
    value, gradient = value_and_gradient(
        bce_with_logits_loss,
        torch.tensor(z, dtype=torch.float64),
        torch.tensor(y, dtype=torch.float64),
    )
    assert gradient.item() == pytest.approx(
        torch.sigmoid(torch.tensor(z, dtype=torch.float64)).item() - y, abs=1e-12
    )
    assert value >= 0


def test_squared_error_gradient_never_exceeds_8_27() -> None:
    z = torch.linspace(-20, 20, 100_001, dtype=torch.float64)
    _, gradient = value_and_gradient(
        partial(squared_error_on_sigmoid, reduction="sum"), z, torch.ones_like(z)
    )
    assert gradient.abs().max().item() == pytest.approx(8 / 27, abs=1e-7)


@named(ON_LOGITS)
def test_targets_of_other_dtypes_are_read(loss) -> None:
    logits = torch.tensor([0.3, -1.2])
    expected = loss(logits, torch.tensor([1.0, 0.0]))
    for dtype in (torch.bool, torch.int64):
        value = loss(logits, torch.tensor([1, 0], dtype=dtype))
        assert value.dtype == torch.float32
        torch.testing.assert_close(value, expected)
    assert loss(logits, torch.tensor([1, 0], dtype=torch.float64)).dtype == torch.float64


@named(ON_LOGITS | {f"{k} on probabilities": v for k, v in ON_PROBABILITIES.items()})
def test_bad_input_is_named(loss) -> None:
    half = torch.tensor([0.5, 0.5])
    with pytest.raises(ValueError, match=r"(logits|probabilities) must have a floating dtype"):
        loss(torch.tensor([0, 1]), half)
    with pytest.raises(ValueError, match=r"target must lie in \[0, 1\]; got -1"):
        loss(half, torch.tensor([1.0, -1.0]))
    with pytest.raises(ValueError, match=r"shapes must broadcast together; got .*\(2,\), target"):
        loss(half, torch.zeros(3))
    with pytest.raises(ValueError, match="reduction must be one of"):
        loss(half, half, reduction="average")


@named(ON_PROBABILITIES)
def test_a_probability_outside_its_range_is_named(loss) -> None:
    with pytest.raises(ValueError, match=r"probabilities must lie in \[0, 1\]; got 1\.5"):
        loss(torch.tensor([0.5, 1.5]), torch.ones(2))
    with pytest.raises(ValueError, match=r"probabilities must lie in \[0, 1\]; got nan"):
        loss(torch.tensor([0.5, float("nan")]), torch.ones(2))


def test_bad_numbers_are_named() -> None:
    half = torch.tensor([0.5])
    for loss, name, bad in (
        (bce_with_logits_loss, "pos_weight", -1.0),
        (weighted_bce_loss, "positive_weight", -1.0),
        (weighted_bce_loss, "negative_weight", math.nan),
        (focal_loss, "gamma", -0.5),
        (focal_loss, "alpha", 1.5),
        (focal_loss_on_probabilities, "gamma", -0.5),
        (focal_loss_on_probabilities, "alpha", -0.1),
        (hinge_loss, "margin", -1.0),
    ):
        with pytest.raises(ValueError, match=rf"{name} must be a number .*; got {bad}"):
            loss(half, half, **{name: bad})
