"""Norms of matrices: vectors, numpy, coincidences."""

import math

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from losses.distances import (
    frobenius_norm,
    nuclear_norm,
    row_norm,
    spectral_norm,
)
from tests.losses.checks import (
    PROPERTY,
    TOLERANCE,
    assert_vector,
    assert_works_in_every_dtype,
    value_and_gradient,
)
from tests.vectors import Vector, vectors

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


def test_three_largest_share_one_value_to_the_last_digit() -> None:
    three = torch.eye(3, dtype=torch.float64)
    assert spectral_norm(three, torch.zeros_like(three)) == 1


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
@example(a=np.zeros((3, 2)), b=np.full((3, 2), 2.3e-311), c=np.zeros((3, 2)))
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
