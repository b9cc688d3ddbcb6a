"""Penalties on weights and their steps."""

from functools import partial

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from losses.distances import (
    l1_penalty,
    l1_shrinkage,
    l2_penalty,
    l2_shrinkage,
)
from tests.losses.checks import (
    PROPERTY,
    assert_vector,
    assert_works_in_every_dtype,
    gradcheck,
    value_and_gradient,
)
from tests.vectors import Vector, label, vectors

GENERATOR = torch.Generator().manual_seed(0)
A, B = torch.randn(2, 5, 3, 4, generator=GENERATOR, dtype=torch.float64).unbind()


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
