"""The evidence of the distance claims against numpy, scipy and the test vectors; the quantities of
the scenes against closed forms."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from scipy.spatial import distance

from catalog import CATALOG
from live.families.distances.inputs import inputs
from live.families.distances.quantities import quantity
from tests.experiments.findings import curve_of, numbers_of

numbers = partial(numbers_of, "distances")
curve = partial(curve_of, "distances")

STATE = {
    "matrices": (((3.0, 0.0), (0.0, 4.0)), ((0.0, 0.0), (0.0, 0.0))),
    "first": ((1.0, 5.0), (2.0, 2.0)),
    "second": ((4.0, 1.0),),
    "pair": "2-1",
    "codes": ((0.0, 0.0, 1.0), (1.0, 0.0, 1.0)),
    "stored": "1",
    "weight": 2.5,
    "rate": 0.3,
    "pairwise_distance.p": 3.0,
    "l1_penalty.strength": 0.5,
    "l2_penalty.strength": 0.5,
}


def test_norms_told_apart():
    found = numbers("norms_told_apart")
    for name, ones, diagonal in (
        ("frobenius", math.sqrt(8), 5),
        ("nuclear", math.sqrt(8), 7),
        ("spectral", math.sqrt(8), 4),
        ("row_mean", 2, 3.5),
    ):
        assert found[f"{name}_ones"] == pytest.approx(ones, rel=1e-14)
        assert found[f"{name}_diagonal"] == pytest.approx(diagonal, rel=1e-14)
    assert (found["first_row"], found["second_row"]) == (3, 4)


@pytest.mark.parametrize(("label", "kind"), [("nuclear", "nuc"), ("spectral", 2)])
def test_norms_of_two_rows_that_turn_apart(label, kind):
    degrees, values = curve("norms_told_apart", label)
    for angle, value in zip(np.deg2rad(degrees), values, strict=True):
        rows = np.array([[1, 0], [math.cos(angle), math.sin(angle)]])
        assert value == pytest.approx(np.linalg.norm(rows, kind), rel=1e-12)
    assert curve("norms_told_apart", "row_mean")[1] == pytest.approx(1)


def test_the_nuclear_norm_is_the_trace_of_the_root():
    found = numbers("nuclear_and_rank")
    matrix = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert found["nuclear"] == pytest.approx(np.linalg.norm(matrix, "nuc"), rel=1e-12)
    assert found["nuclear"] == pytest.approx(5.830951895, abs=1e-9)
    assert found["frobenius"] == pytest.approx(5.477225575, abs=1e-9)
    assert found["trace"] == pytest.approx(found["nuclear"], rel=1e-12)
    assert found["root_error"] == 0
    assert (found["at_rank_1"], found["at_rank_2"]) == (1, pytest.approx(math.sqrt(2)))
    degrees, nuclear = curve("nuclear_and_rank", "nuclear_curve")
    radians = np.deg2rad(degrees)
    assert nuclear == pytest.approx(np.cos(radians) + np.sin(radians))
    assert curve("nuclear_and_rank", "frobenius_curve")[1] == pytest.approx(1)


def test_one_timing_says_nothing():
    found = numbers("one_timing")
    assert found["refused"] == 1
    assert (found["first_count"], found["second_count"]) == (1, 2)
    calls, times = curve("one_timing", "one_call")
    assert len(calls) == found["calls"] == 200
    assert found["slowest"] == times.max() > found["median"] == np.median(times) > 0
    assert found["ratio"] == pytest.approx(times.max() / np.median(times))


def test_two_hamming_scales():
    found = numbers("two_hamming_scales")
    for place, code in (("first", [0, 0, 1]), ("second", [0, 1, 0])):
        share = distance.hamming([0, 0, 2], code)
        assert found[f"{place}_share"] == pytest.approx(share)
        assert found[f"{place}_count"] == found[f"{place}_cdist"] == pytest.approx(3 * share)
    assert (found["places"], found["gradient"]) == (3, 0)
    found = numbers("hamming_per_sample")
    assert found["first"] == pytest.approx(distance.hamming([0, 0, 1], [1, 0, 1]), abs=1e-6)
    assert found["second"] == 0


def test_the_notes_table_and_the_matrix_as_a_vector():
    found = numbers("many_to_many")
    assert (found["rows"], found["columns"], found["same"]) == (2, 5, 0)
    assert found["apart"] == pytest.approx(math.sqrt(3))
    found = numbers("frobenius_as_vector")
    assert found["matrix"] == found["vector"] == pytest.approx(math.sqrt(650))
    assert found["mse_way"] == pytest.approx(found["matrix"])


@pytest.mark.parametrize(
    ("loss", "name", "after", "expected"),
    [
        ("frobenius_norm", "cell22", None, 0.8),
        ("spectral_norm", "cell11", None, 0.0),
        ("nuclear_norm", "pull_of_row1", None, 1.0),
        ("row_norm", "row2", None, 4.0),
        ("pairwise_distance", "value", None, (2**3 + 1) ** (1 / 3)),
        ("pairwise_distance", "city_1_1", None, 7.0),
        ("pairwise_distance", "straight_1_1", None, 5.0),
        ("hamming_count", "value", None, 1.0),
        ("hamming_distance", "gradient", None, 0.0),
        ("l1_penalty", "gradient", None, 0.5),
        ("l1_penalty", "weight", 3, 2.5 - 3 * 0.15),
        ("l1_penalty", "weight", 20, 0.0),
        ("l2_penalty", "weight", 20, 2.5 / 1.3**20),
    ],
)
def test_quantities(loss, name, after, expected):
    found = quantity(CATALOG[loss], STATE, name, after)
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_a_pair_that_is_gone_is_the_last_one_left():
    state = {**STATE, "pair": "5-6"}
    first, second = inputs(CATALOG["pairwise_distance"], state)
    assert torch.equal(first, torch.tensor((2.0, 2.0)).double())
    assert torch.equal(second, torch.tensor((4.0, 1.0)).double())


def test_an_unknown_quantity_is_refused():
    with pytest.raises(ValueError, match="nuclear_norm has no quantity 'area'"):
        quantity(CATALOG["nuclear_norm"], STATE, "area", None)
