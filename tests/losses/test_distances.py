"""Norms, distances and penalties: vectors, numpy and scipy, kinks, edges."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.spatial import distance

from losses.distances import (
    frobenius_norm,
    hamming_count,
    hamming_distance,
    l1_penalty,
    l1_shrinkage,
    l2_penalty,
    l2_shrinkage,
    nuclear_norm,
    pairwise_distance,
    row_norm,
    spectral_norm,
)
from tests.losses.checks import (
    PROPERTY,
    TOLERANCE,
    assert_transforms_agree,
    assert_vector,
    assert_works_in_every_dtype,
    gradcheck,
    value_and_gradient,
)
from tests.vectors import Vector, label, vectors

GENERATOR = torch.Generator().manual_seed(0)
A, B = torch.randn(2, 5, 3, 4, generator=GENERATOR, dtype=torch.float64).unbind()
NORMS = {
    "frobenius": frobenius_norm,
    "row_2norm_mean": row_norm,
    "spectral": spectral_norm,
    "nuclear": nuclear_norm,
}
norms = pytest.mark.parametrize("norm", NORMS.values(), ids=NORMS.keys())
matrices = arrays.arrays(np.float64, (3, 2), elements=st.floats(-100, 100))


@pytest.mark.parametrize(
    "vector", vectors("frobenius") + vectors("row_2norm_mean") + vectors("nuclear"), ids=str
)
def test_norm_vectors(vector: Vector) -> None:
    assert_vector(
        vector,
        lambda pred: NORMS[vector.loss](pred, vector.tensor("target")),
        {"pred": vector.tensor("pred")},
    )


def test_the_nuclear_norm_of_a_flat_matrix_has_the_shortest_subgradient() -> None:
    (vector,) = (v for v in vectors("nuclear") if isinstance(v.gradients["pred"], str))
    _, gradient = value_and_gradient(nuclear_norm, vector.tensor("pred"), vector.tensor("target"))
    torch.testing.assert_close(gradient, torch.full_like(gradient, 8**-0.5), **TOLERANCE)


@pytest.mark.parametrize("vector", vectors("pairwise_euclidean"), ids=label)
@pytest.mark.parametrize("p", [2.0, torch.tensor(2.0)], ids=["number", "tensor"])
def test_pairwise_vectors(vector: Vector, p) -> None:
    a, b = vector.tensor("a"), vector.tensor("b")
    assert_vector(vector, lambda a: pairwise_distance(a, b, p=p), {"a": a})
    value, gradient = value_and_gradient(partial(pairwise_distance, p=p), a, b)
    assert (value[0, 1], value[1, 0]) == (0, 0)
    assert gradient.isfinite().all()


@pytest.mark.parametrize("vector", vectors("hamming"), ids=label)
@pytest.mark.parametrize("dtype", [torch.int64, torch.float64])
def test_hamming_vectors(vector: Vector, dtype: torch.dtype) -> None:
    a, b = vector.tensor("a").to(dtype), vector.tensor("b").to(dtype)
    expected = torch.tensor(vector.value)
    share = hamming_distance(a, b, reduction="none")
    torch.testing.assert_close(share, expected.to(share.dtype), rtol=1e-7, atol=1e-7)
    count = hamming_count(a, b, reduction="none")
    torch.testing.assert_close(count, (3 * expected).round().to(count.dtype))
    if dtype.is_floating_point:
        _, gradient = value_and_gradient(hamming_distance, a, b)
        assert (gradient == 0).all()


@pytest.mark.parametrize(
    ("vector", "penalty"),
    [(v, l1_penalty) for v in vectors("l1_penalty")]
    + [(v, l2_penalty) for v in vectors("l2_penalty")],
    ids=label,
)
def test_penalty_vectors(vector: Vector, penalty) -> None:
    for strength in (vector.parameters["lambda"], torch.tensor(0.1, dtype=torch.float64)):
        assert_vector(
            vector, lambda w, s=strength: penalty(w, strength=s), {"w": vector.tensor("w")}
        )


def test_norms_equal_numpys() -> None:
    difference = (A - B).numpy()
    values = np.linalg.svd(difference, compute_uv=False)
    expected = {
        "frobenius": np.sqrt((difference**2).sum((-2, -1))),
        "row_2norm_mean": np.sqrt((difference**2).sum(-1)),
        "spectral": values.max(-1),
        "nuclear": values.sum(-1),
    }
    for name, norm in NORMS.items():
        np.testing.assert_allclose(norm(A, B, reduction="none"), expected[name], rtol=1e-12)
        assert norm(A, B).item() == pytest.approx(expected[name].mean(), rel=1e-12)


@norms
def test_large_matrices_in_every_dtype(norm) -> None:
    large = torch.full((1, 64, 64), 300.0)
    assert_works_in_every_dtype(norm, (large, torch.zeros_like(large)))


@norms
@pytest.mark.parametrize("shape", [(2, 3), (3, 2), (1, 1), (4, 2, 2)])
def test_equal_matrices_cost_nothing_with_a_zero_gradient(norm, shape) -> None:
    value, gradient = value_and_gradient(norm, torch.ones(shape), torch.ones(shape))
    assert value == 0
    assert (gradient == 0).all()


@pytest.mark.parametrize("norm", [spectral_norm, nuclear_norm])
def test_repeated_and_vanishing_singular_values_give_finite_gradients(norm) -> None:
    zero = torch.zeros(3, 3, dtype=torch.float64)
    for values in ([1, 1, 1], [2, 2, 0], [1, 0, 0], [1e-200, 0, 0], [1e200, 1, 1]):
        matrix = torch.diag(torch.tensor(values, dtype=torch.float64))
        value, gradient = value_and_gradient(norm, matrix, zero)
        assert value.item() == pytest.approx(max(values) if norm is spectral_norm else sum(values))
        assert gradient.isfinite().all()
        assert torch.linalg.matrix_norm(gradient, 2) <= 1 + 1e-12
        torch.testing.assert_close((gradient * matrix).sum(), value)


@PROPERTY
@given(a=matrices, b=matrices, c=matrices)
def test_norms_are_metrics_and_ordered(a, b, c) -> None:
    a, b, c = (torch.tensor(x) for x in (a, b, c))
    for norm in NORMS.values():
        assert norm(a, a) == 0
        torch.testing.assert_close(norm(a, b), norm(b, a))
        assert norm(a, c) <= norm(a, b) + norm(b, c) + 1e-9
    spectral, frobenius, nuclear = (n(a, b) for n in (spectral_norm, frobenius_norm, nuclear_norm))
    slack = 1e-9 * (1 + nuclear)
    assert spectral <= frobenius + slack
    assert frobenius <= nuclear + slack
    assert nuclear <= math.sqrt(2) * frobenius + slack


@norms
def test_empty_matrices_and_empty_batches_cost_nothing(norm) -> None:
    for shape in ((0, 3), (3, 0), (0, 2, 2), (2, 0, 3)):
        value, gradient = value_and_gradient(norm, torch.ones(shape), torch.ones(shape))
        assert value == 0
        assert gradient.shape == shape


def test_weights_of_rows_and_matrices() -> None:
    weight = torch.tensor([1.0, 0, 0, 0, 3.0], dtype=torch.float64)
    each = frobenius_norm(A, B, reduction="none")
    torch.testing.assert_close(frobenius_norm(A, B, weight=weight), (each[0] + 3 * each[4]) / 4)
    rows = row_norm(A[0], B[0], reduction="none")
    torch.testing.assert_close(row_norm(A[0], B[0], reduction="sum"), rows.sum())


@norms
def test_bad_matrices_are_named(norm) -> None:
    with pytest.raises(ValueError, match="prediction must have a floating dtype"):
        norm(A.long(), B)
    with pytest.raises(ValueError, match="shapes must broadcast together"):
        norm(A, B[:, :2])
    with pytest.raises(ValueError, match=r"prediction must have at least [12] dimension"):
        norm(torch.tensor(1.0), torch.tensor(1.0))
    with pytest.raises(ValueError, match="reduction must be one of"):
        norm(A, B, reduction="average")
    broken = A.clone()
    broken[0, 0, 0] = math.nan
    if norm in (spectral_norm, nuclear_norm):
        with pytest.raises(ValueError, match="prediction must be finite; got nan"):
            norm(broken, B)
    else:
        assert norm(broken, B).isnan()


@pytest.mark.parametrize(
    ("p", "name"),
    [(1.0, "cityblock"), (2.0, "euclidean"), (math.inf, "chebyshev"), (3.5, "minkowski")],
)
def test_scipy_agrees_on_pairs_of_sets_of_different_size(p: float, name: str) -> None:
    first, second = A[0], torch.cat([B[0], A[0], B[1]])
    options = {"p": p} if name == "minkowski" else {}
    expected = distance.cdist(first.numpy(), second.numpy(), name, **options)
    value = pairwise_distance(first, second, p=p)
    assert value.shape == (3, 9)
    np.testing.assert_allclose(value.numpy(), expected, rtol=1e-12, atol=1e-15)
    assert (value[:, 3:6].diagonal() == 0).all()
    if math.isfinite(p):
        tensor = pairwise_distance(first, second, p=torch.tensor(p, dtype=torch.float64))
        np.testing.assert_allclose(tensor.numpy(), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("p", [1.0, 1.5, 2.0, 3.0, math.inf, torch.tensor(1.5), torch.tensor(2)])
def test_identical_points_are_at_zero_with_a_zero_gradient(p) -> None:
    points = torch.randn(60, 3, generator=GENERATOR)
    value, gradient = value_and_gradient(
        lambda a, b: pairwise_distance(a, b, p=p).diagonal(), points, points
    )
    assert (value == 0).all()
    assert (gradient == 0).all()
    _, gradient = value_and_gradient(partial(pairwise_distance, p=p), points, points)
    assert gradient.isfinite().all()


def test_derivatives_of_pairwise_distance() -> None:
    for p in (1.0, 1.5, 2.0, 3.0, math.inf):
        leaves = [A[0].clone().requires_grad_(), B[0, :2].clone().requires_grad_()]
        assert torch.autograd.gradcheck(partial(pairwise_distance, p=p), leaves)
    p = torch.tensor(1.7, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda a, p: pairwise_distance(a, B[0], p=p), (leaves[0], p))


def test_a_high_power_does_not_overflow() -> None:
    far = torch.tensor([[1e5, 1e5]])
    for p in (torch.tensor(50.0), torch.tensor(1.0)):
        value, gradient = value_and_gradient(
            partial(pairwise_distance, p=p), far, torch.zeros(1, 2)
        )
        assert value.item() == pytest.approx(1e5 * 2 ** (1 / p.item()), rel=1e-5)
        assert gradient.isfinite().all()


def test_empty_sets_and_batches_of_sets() -> None:
    assert pairwise_distance(A[0, :0], B[0]).shape == (0, 3)
    assert pairwise_distance(A[0], B[0, :0], p=torch.tensor(2.0)).shape == (3, 0)
    batch = pairwise_distance(A, B[:1])
    assert batch.shape == (5, 3, 3)
    torch.testing.assert_close(batch[2], pairwise_distance(A[2], B[0]))


def test_bad_sets_and_orders_are_named() -> None:
    with pytest.raises(ValueError, match="first must have a floating dtype"):
        pairwise_distance(A[0].long(), B[0])
    with pytest.raises(ValueError, match=r"must be \(…, N, D\).*first \(3, 4\), second \(3, 3\)"):
        pairwise_distance(A[0], B[0, :, :3])
    with pytest.raises(ValueError, match="shapes must broadcast together"):
        pairwise_distance(A, B[:2])
    for p in (0.5, 0, math.nan):
        with pytest.raises(ValueError, match="p must be a number >= 1"):
            pairwise_distance(A[0], B[0], p=p)


codes = arrays.arrays(np.int64, (4, 6), elements=st.integers(0, 3))


@PROPERTY
@given(a=codes, b=codes)
def test_hamming_equals_scipy_and_is_a_share_of_the_count(a, b) -> None:
    expected = [distance.hamming(x, y) for x, y in zip(a, b, strict=True)]
    share = hamming_distance(torch.tensor(a), torch.tensor(b), reduction="none")
    np.testing.assert_allclose(share.numpy(), expected, rtol=1e-6)
    count = hamming_count(torch.tensor(a), torch.tensor(b), reduction="none")
    np.testing.assert_array_equal(count.numpy(), (a != b).sum(-1))
    assert hamming_distance(torch.tensor(a), torch.tensor(b)).item() == pytest.approx(
        np.mean(expected), abs=1e-6
    )


def test_hamming_dtypes_transforms_and_edges() -> None:
    bits = torch.tensor([[True, False], [True, True]])
    assert hamming_count(bits, ~bits).item() == 2
    assert hamming_distance(bits, ~bits).dtype == torch.get_default_dtype()
    long = torch.zeros(70_000, dtype=torch.float16)
    assert hamming_distance(long, long + 1) == 1
    assert hamming_distance(torch.empty(3, 0), torch.empty(3, 0)) == 0
    assert hamming_distance(torch.empty(0, 3), torch.empty(0, 3)) == 0
    for function in (hamming_distance, hamming_count):
        assert_transforms_agree(
            partial(function, reduction="none"), (A[:, 0].round(), B[:, 0].round())
        )
        with pytest.raises(ValueError, match="shapes must broadcast together"):
            function(torch.zeros(3), torch.zeros(2))
        with pytest.raises(ValueError, match="at least 1 dimension"):
            function(torch.tensor(1), torch.tensor(1))


@PROPERTY
@given(
    w=st.lists(st.floats(-5, 5), min_size=1, max_size=5),
    strength=st.floats(0, 3),
    rate=st.floats(0.01, 2),
)
def test_shrinkage_minimises_penalty_plus_distance(w, strength, rate) -> None:
    weights = torch.tensor(w, dtype=torch.float64)
    for penalty, shrinkage in ((l1_penalty, l1_shrinkage), (l2_penalty, l2_shrinkage)):
        best = shrinkage(weights, strength=strength, rate=rate)

        def cost(v: torch.Tensor, penalty=penalty) -> float:
            step = ((v - weights) ** 2).sum() / (2 * rate)
            return (step + penalty(v, strength=strength)).item()

        for other in (best + 1e-3, best - 1e-3, weights, torch.zeros_like(weights)):
            assert cost(best) <= cost(other) + 1e-9


def test_l1_makes_zeros_and_l2_does_not() -> None:
    weights = torch.tensor([0.05, -0.3, 2.0])
    torch.testing.assert_close(
        l1_shrinkage(weights, strength=0.2, rate=0.5), torch.tensor([0.0, -0.2, 1.9])
    )
    assert (l1_shrinkage(weights, strength=0.2, rate=0.5) == 0).tolist() == [True, False, False]
    torch.testing.assert_close(l2_shrinkage(weights, strength=0.5, rate=0.5), weights / 1.5)
    number = torch.tensor(0.2)
    torch.testing.assert_close(
        l1_shrinkage(weights, strength=number), l1_shrinkage(weights, strength=0.2)
    )


def test_penalties_in_every_dtype_and_derivatives() -> None:
    for penalty in (l1_penalty, l2_penalty):
        assert_works_in_every_dtype(partial(penalty, strength=0.01), (A[0],))
        gradcheck(partial(penalty, strength=0.3), A[0])
        large = torch.full((200_000,), 1.0, dtype=torch.float16)
        assert penalty(large, strength=1e-3).item() == pytest.approx(200, rel=1e-3)
        assert penalty(torch.empty(0), strength=1.0) == 0
        value, gradient = value_and_gradient(partial(penalty, strength=1.0), torch.zeros(3))
        assert value == 0
        assert (gradient == 0).all()
    for shrinkage in (l1_shrinkage, l2_shrinkage):
        assert_works_in_every_dtype(partial(shrinkage, strength=0.25), (A[0],))
        gradcheck(partial(shrinkage, strength=0.3), A[0])


def test_bad_weights_and_strengths_are_named() -> None:
    for function in (l1_penalty, l2_penalty, l1_shrinkage, l2_shrinkage):
        with pytest.raises(ValueError, match="weights must have a floating dtype"):
            function(torch.tensor([1, 2]), strength=1.0)
        with pytest.raises(ValueError, match="strength must be a number >= 0; got -1"):
            function(torch.ones(2), strength=-1)
    for function in (l1_shrinkage, l2_shrinkage):
        with pytest.raises(ValueError, match="rate must be a number >= 0; got -1"):
            function(torch.ones(2), strength=1, rate=-1)
