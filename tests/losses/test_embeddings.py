"""The losses of embeddings: vectors, closed forms, agreement with torch, edges."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from losses.embeddings import (
    contrastive_loss,
    cosine_embedding_loss,
    info_nce_loss,
    triplet_loss,
)
from tests.losses.checks import (
    PROPERTY,
    assert_vector,
    value_and_gradient,
)
from tests.vectors import Vector, vectors

GENERATOR = torch.Generator().manual_seed(0)
A, B, C = torch.randn(3, 6, 3, generator=GENERATOR, dtype=torch.float64).unbind()
SIMILAR = torch.tensor([1.0, 0.0, 1.0, 0.0, 0.0, 1.0], dtype=torch.float64)
LOSSES = {
    "contrastive": (partial(contrastive_loss, margin=2.5), (A, B, SIMILAR)),
    "cosine": (partial(cosine_embedding_loss, margin=0.1), (A, B, SIMILAR)),
    "triplet, squared": (partial(triplet_loss, margin=3.0), (A, B, C)),
    "triplet, euclidean": (partial(triplet_loss, margin=2.0, distance="euclidean"), (A, B, C)),
}


@pytest.mark.parametrize("vector", vectors("contrastive"), ids=str)
def test_contrastive_vectors(vector: Vector) -> None:
    def loss(x1: torch.Tensor, x2: torch.Tensor) -> torch.Tensor:
        similar = torch.tensor(vector.parameters["similar"])
        return contrastive_loss(x1, x2, similar, margin=vector.parameters["margin"])

    assert_vector(vector, loss, {"x1": vector.tensor("x1"), "x2": vector.tensor("x2")})


@pytest.mark.parametrize(
    "vector", vectors("triplet_squared") + vectors("triplet_euclidean"), ids=str
)
def test_triplet_vectors(vector: Vector) -> None:
    loss = partial(
        triplet_loss,
        margin=vector.parameters["margin"],
        distance=vector.loss.removeprefix("triplet_"),
    )
    names = ("anchor", "positive", "negative")
    assert_vector(vector, loss, {name: vector.tensor(name) for name in names})


def test_losses_equal_the_textbook() -> None:
    a, b, c, y = (t.numpy() for t in (A, B, C, SIMILAR))
    d = np.sqrt(((a - b) ** 2).sum(-1))
    far = np.sqrt(((a - c) ** 2).sum(-1))
    cosine = (a * b).sum(-1) / np.linalg.norm(a, axis=-1) / np.linalg.norm(b, axis=-1)
    expected = {
        "contrastive": y * d**2 / 2 + (1 - y) * np.maximum(0, 2.5 - d) ** 2 / 2,
        "cosine": y * (1 - cosine) + (1 - y) * np.maximum(0, cosine - 0.1),
        "triplet, squared": np.maximum(0, d**2 - far**2 + 3),
        "triplet, euclidean": np.maximum(0, d - far + 2),
    }
    for name, (loss, inputs) in LOSSES.items():
        np.testing.assert_allclose(loss(*inputs, reduction="none"), expected[name], rtol=1e-12)
        assert loss(*inputs).item() == pytest.approx(expected[name].mean(), rel=1e-12)


def test_torch_agrees_where_it_has_the_loss() -> None:
    theirs = functional.triplet_margin_loss(A, B, C, margin=2.0)
    ours = triplet_loss(A, B, C, margin=2.0, distance="euclidean")
    torch.testing.assert_close(ours, theirs, rtol=1e-5, atol=1e-5)  # it adds 1e-6
    torch.testing.assert_close(
        cosine_embedding_loss(A, B, SIMILAR, margin=0.1),
        functional.cosine_embedding_loss(A, B, 2 * SIMILAR - 1, margin=0.1),
    )


@pytest.mark.parametrize("temperature", [0.05, 1.0])
def test_info_nce_equals_the_textbook(temperature: float) -> None:
    q, k = A[:4].numpy(), torch.cat([B[:4], C]).numpy()
    q = q / np.linalg.norm(q, axis=-1, keepdims=True)
    k = k / np.linalg.norm(k, axis=-1, keepdims=True)
    e = np.exp(q @ k.T / temperature)
    expected = -np.log(np.diag(e[:, :4]) / e.sum(-1))
    value = info_nce_loss(A[:4], torch.cat([B[:4], C]), temperature=temperature, reduction="none")
    np.testing.assert_allclose(value.numpy(), expected, rtol=1e-11)


def test_info_nce_is_a_cross_entropy_over_keys() -> None:
    similarity = functional.normalize(A, dim=-1) @ functional.normalize(B, dim=-1).T
    theirs = functional.cross_entropy(similarity / 0.3, torch.arange(6))
    torch.testing.assert_close(info_nce_loss(A, B, temperature=0.3), theirs)


def test_derivatives_of_numbers() -> None:
    number = torch.tensor(0.6, dtype=torch.float64, requires_grad=True)
    for loss in (
        lambda t: info_nce_loss(A, B, temperature=t),
        lambda m: contrastive_loss(A, B, SIMILAR, margin=m),
        lambda m: triplet_loss(A, B, C, margin=m),
        lambda m: cosine_embedding_loss(A, B, SIMILAR, margin=m),
    ):
        assert torch.autograd.gradcheck(loss, number)
        torch.testing.assert_close(loss(number.detach()), loss(0.6))


def test_float16_holds_long_vectors_and_cold_temperatures() -> None:
    long = torch.full((2, 64), 2e4, dtype=torch.float16)
    long[1, ::2] *= -1
    for value in (
        info_nce_loss(long, long, temperature=1e-5),
        cosine_embedding_loss(long, long, torch.ones(2)),
        triplet_loss(long, long, long),
    ):
        assert value.isfinite()


@pytest.mark.parametrize("temperature", [1e-8, 1e-3, 1e6])
def test_no_temperature_overflows(temperature: float) -> None:
    value, gradient = value_and_gradient(
        partial(info_nce_loss, temperature=temperature), A.float(), B.float()
    )
    assert value.isfinite()
    assert gradient.isfinite().all()
    assert info_nce_loss(A, A, temperature=1e-3).item() == pytest.approx(0, abs=1e-12)
    assert info_nce_loss(A, B, temperature=1e6).item() == pytest.approx(math.log(6), abs=1e-5)


def test_identical_points_are_finite() -> None:
    same = torch.ones(2, 3)
    similar = torch.tensor([1.0, 0.0])
    value, gradient = value_and_gradient(
        partial(contrastive_loss, margin=1.5, reduction="none"), same, same, similar
    )
    assert value.tolist() == [0, 1.5**2 / 2]
    assert (gradient == 0).all()
    for distance in ("squared", "euclidean"):
        value, gradient = value_and_gradient(
            partial(triplet_loss, margin=0.2, distance=distance), same, same, same
        )
        assert value.item() == pytest.approx(0.2)
        assert (gradient == 0).all()
    value, gradient = value_and_gradient(info_nce_loss, same, same)
    assert value.item() == pytest.approx(math.log(2))
    assert gradient.isfinite().all()


def test_zero_vectors_have_no_direction_and_a_bounded_gradient() -> None:
    zero = torch.zeros(2, 3)
    other = torch.tensor([[1.0, 2.0, 2.0], [0.0, 3.0, 4.0]])
    for loss in (
        lambda a: cosine_embedding_loss(a, other, torch.tensor([1, 0]), margin=-0.5),
        lambda a: info_nce_loss(a, other, temperature=0.5),
    ):
        value, gradient = value_and_gradient(loss, zero)
        assert value.isfinite()
        assert gradient.abs().max() <= 2
    assert cosine_embedding_loss(zero, other, torch.ones(2)) == 1


def test_a_single_pair_has_nothing_to_choose() -> None:
    value, gradient = value_and_gradient(info_nce_loss, A[:1], B[:1])
    assert value == 0
    assert gradient.abs().max() == 0


def test_without_negatives_everything_may_collapse() -> None:
    """The notes' snippet has this flaw; the two terms together do not."""
    spot = torch.zeros(6, 3, dtype=torch.float64)
    assert contrastive_loss(spot, spot, torch.ones(6)) == 0
    assert contrastive_loss(spot, spot, SIMILAR) > 0


coordinates = st.lists(st.floats(-50, 50), min_size=2, max_size=2)


@PROPERTY
@given(a=coordinates, b=coordinates, c=coordinates, shift=coordinates)
def test_distances_do_not_change_under_shifts_and_order(a, b, c, shift) -> None:
    a, b, c, shift = (torch.tensor(x, dtype=torch.float64) for x in (a, b, c, shift))
    for similar in (torch.tensor(0), torch.tensor(1)):
        value = contrastive_loss(a, b, similar)
        assert value >= 0
        torch.testing.assert_close(value, contrastive_loss(b, a, similar))
        torch.testing.assert_close(
            value, contrastive_loss(a + shift, b + shift, similar), rtol=1e-9, atol=1e-9
        )
        cosine = cosine_embedding_loss(a, b, similar)
        assert -1e-12 <= cosine <= 2 + 1e-12
        torch.testing.assert_close(cosine, cosine_embedding_loss(3 * b, a, similar))
    for distance in ("squared", "euclidean"):
        value = triplet_loss(a, b, c, distance=distance)
        assert value >= 0
        assert value - triplet_loss(a, c, b, distance=distance) == pytest.approx(
            _signed_gap(a, b, c, distance), abs=1e-6
        )


def _signed_gap(a: torch.Tensor, b: torch.Tensor, c: torch.Tensor, distance: str) -> float:
    power = 2 if distance == "squared" else 1
    gap = (a - b).norm() ** power - (a - c).norm() ** power
    return (max(0.0, gap + 0.2) - max(0.0, 0.2 - gap)).item() if gap else 0.0


def test_similar_may_have_any_dtype_and_pairs_broadcast() -> None:
    expected = contrastive_loss(A, B, SIMILAR)
    for dtype in (torch.bool, torch.int64, torch.float32):
        torch.testing.assert_close(contrastive_loss(A, B, SIMILAR.to(dtype)), expected)
    to_one = contrastive_loss(A, B[0], torch.tensor(1), reduction="none")
    torch.testing.assert_close(to_one, contrastive_loss(A, B[:1].expand_as(A), torch.ones(6),
                                                        reduction="none"))  # fmt: skip
    weight = torch.tensor([2.0, 0, 0, 0, 0, 1.0], dtype=torch.float64)
    one = contrastive_loss(A, B, SIMILAR, reduction="none")
    torch.testing.assert_close(
        contrastive_loss(A, B, SIMILAR, weight=weight), (2 * one[0] + one[5]) / 3
    )


def test_no_queries_cost_nothing() -> None:
    assert info_nce_loss(A[:0], B) == 0
    assert info_nce_loss(A[:0], B[:0]) == 0


def test_bad_input_is_named() -> None:
    for loss in (contrastive_loss, cosine_embedding_loss):
        with pytest.raises(ValueError, match="first must have a floating dtype"):
            loss(A.long(), B, SIMILAR)
        with pytest.raises(ValueError, match=r"same size in the last dimension; got .*\(6, 1\)"):
            loss(A, B[:, :1], SIMILAR)
        with pytest.raises(ValueError, match="shapes must broadcast together"):
            loss(A, B[:4], SIMILAR)
        with pytest.raises(ValueError, match=r"similar must broadcast .* \(6,\); got \(5,\)"):
            loss(A, B, SIMILAR[:5])
        with pytest.raises(ValueError, match=r"similar must lie in \[0, 1\]; got -1"):
            loss(A, B, 2 * SIMILAR - 1)
        with pytest.raises(ValueError, match="reduction must be one of"):
            loss(A, B, SIMILAR, reduction="average")
    with pytest.raises(ValueError, match="negative must have a floating dtype"):
        triplet_loss(A, B, C.long())
    with pytest.raises(ValueError, match="same size in the last dimension"):
        triplet_loss(torch.tensor(1.0), torch.tensor(1.0), torch.tensor(1.0))
    with pytest.raises(ValueError, match="distance must be one of squared, euclidean; got 'l2'"):
        triplet_loss(A, B, C, distance="l2")
    with pytest.raises(ValueError, match=r"keys must be at least as many as queries"):
        info_nce_loss(A, B[:4])
    with pytest.raises(ValueError, match=r"queries and keys must be \(…, N, D\)"):
        info_nce_loss(A, B[:, :2])
    with pytest.raises(ValueError, match=r"queries and keys must be \(…, N, D\)"):
        info_nce_loss(A[0], B)
    with pytest.raises(ValueError, match="shapes must broadcast together"):
        info_nce_loss(A.expand(2, 6, 3), B.expand(3, 6, 3))
    for call, name in (
        (lambda: contrastive_loss(A, B, SIMILAR, margin=-1.0), "margin must be a number >= 0"),
        (lambda: triplet_loss(A, B, C, margin=-1.0), "margin must be a number >= 0"),
        (lambda: cosine_embedding_loss(A, B, SIMILAR, margin=2.0), "margin must be a number"),
        (lambda: info_nce_loss(A, B, temperature=0.0), "temperature must be a number > 0"),
    ):
        with pytest.raises(ValueError, match=name):
            call()
