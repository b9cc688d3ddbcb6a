"""The proximal steps of the norms of matrices."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from losses.distances import frobenius_norm, nuclear_norm, row_norm, spectral_norm
from losses.distances.shrinkage import (
    frobenius_norm_shrinkage,
    nuclear_norm_shrinkage,
    row_norm_shrinkage,
    spectral_norm_shrinkage,
)
from tests.losses.checks import PROPERTY

STEPS = {
    frobenius_norm: frobenius_norm_shrinkage,
    row_norm: row_norm_shrinkage,
    spectral_norm: spectral_norm_shrinkage,
    nuclear_norm: nuclear_norm_shrinkage,
}
CELL = st.floats(-5, 5)
every_step = pytest.mark.parametrize("step", STEPS.values())


@PROPERTY
@given(
    cells=st.lists(st.tuples(CELL, CELL, CELL), min_size=2, max_size=3),
    rate=st.floats(0.01, 4),
    seed=st.integers(0, 2**31),
)
def test_a_step_minimises_the_norm_plus_the_distance(cells, rate, seed) -> None:
    difference = torch.tensor(cells, dtype=torch.float64)
    nothing = torch.zeros_like(difference)
    directions = torch.from_numpy(np.random.default_rng(seed).normal(size=(6, *difference.shape)))
    for norm, step in STEPS.items():
        best = step(difference, rate=rate)
        others = torch.stack([difference, nothing, *(best + 0.1 * directions)])

        def cost(at: torch.Tensor, norm=norm) -> torch.Tensor:
            norms = norm(at, torch.zeros_like(at), reduction="none")
            norms = norms.mean(-1) if norm is row_norm else norms
            return (at - difference).square().sum((-2, -1)) / (2 * rate) + norms

        assert (cost(best[None]) <= cost(others) + 1e-9).all(), norm.__name__


def test_what_each_step_brings_to_0() -> None:
    values = torch.tensor([4.0, 2.0, 0.5])
    rate = 1.0
    diagonal = torch.diag(values)
    found = {norm.__name__: step(diagonal, rate=rate).diag() for norm, step in STEPS.items()}
    for name, expected in {
        "nuclear_norm": [3.0, 1.0, 0.0],
        "spectral_norm": [3.0, 2.0, 0.5],
        "frobenius_norm": (values * (1 - 1 / values.norm())).tolist(),
        "row_norm": [4 - 1 / 3, 2 - 1 / 3, 0.5 - 1 / 3],
    }.items():
        torch.testing.assert_close(found[name], torch.tensor(expected))


@every_step
def test_a_difference_of_0_stays_and_a_long_step_ends_there(step) -> None:
    for shape in ((2, 2), (3, 4), (5, 2, 3), (0, 3), (2, 0)):
        nothing = torch.zeros(shape)
        assert torch.equal(step(nothing), nothing)
    difference = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    assert not step(difference, rate=100.0).any()
    assert torch.equal(step(difference, rate=0.0).round(decimals=5), difference)


@every_step
def test_bad_input_is_named(step) -> None:
    for bad, told in (
        ({"difference": torch.ones(2, 2, dtype=torch.int)}, "difference must have a floating"),
        ({"difference": torch.ones(2)}, "at least 2 dimensions; got shape"),
        ({"difference": torch.ones(2, 2), "rate": -1}, "rate must be a number >= 0; got -1"),
    ):
        with pytest.raises(ValueError, match=told):
            step(**bad)
