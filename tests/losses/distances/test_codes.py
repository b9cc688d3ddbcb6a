"""Hamming distances: vectors, scipy, dtypes."""

from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.spatial import distance

from losses.distances import (
    hamming_count,
    hamming_distance,
)
from tests.losses.checks import (
    PROPERTY,
    assert_transforms_agree,
    value_and_gradient,
)
from tests.vectors import Vector, label, vectors

GENERATOR = torch.Generator().manual_seed(0)
A, B = torch.randn(2, 5, 3, 4, generator=GENERATOR, dtype=torch.float64).unbind()


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
