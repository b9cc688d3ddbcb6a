"""The evidence about embeddings, the sets of points and their marks, against plain numpy."""

import itertools
from functools import partial

import numpy as np
import pytest
import torch

from catalog import CATALOG, family
from catalog.embedding_points import structure
from experiments.descent import descend
from experiments.embeddings import along_circle, on_circle
from experiments.evidence import evidence
from tests.experiments.findings import numbers_of
from tests.vectors import vectors

numbers = partial(numbers_of, "embeddings")

contrastive_loss, triplet_loss = (
    CATALOG[name].call for name in ("contrastive_loss", "triplet_loss")
)
CLOUD = torch.randn(9, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
LABELS = np.repeat([0, 1, 2], 3)


def curves(name: str) -> dict[str, np.ndarray]:
    return {curve.label: np.array(curve.y) for curve in evidence("embeddings", name).curves}


def distances(points: torch.Tensor) -> np.ndarray:
    p = points.detach().numpy()
    return np.linalg.norm(p[:, None] - p[None], axis=-1)


def test_a_triplet_is_one_triplet_and_a_cloud_all_of_them():
    assert structure(3).triplets == ((0, 1, 2),)
    assert structure(3).pairs == ((0, 1), (0, 2))
    same = LABELS[:, None] == LABELS
    triplets = {
        (a, p, n)
        for a, p, n in itertools.product(range(9), repeat=3)
        if a != p and same[a, p] and not same[a, n]
    }
    assert set(structure(9).triplets) == triplets
    assert len(structure(9).pairs) == 36
    for (first, second), similar in zip(structure(9).pairs, structure(9).similar, strict=True):
        assert similar == same[first, second]
    for query, own, *others in structure(9).queries:
        assert same[query, own]
        assert query != own
        assert others == [k for k in range(9) if not same[query, k]]
    with pytest.raises(ValueError, match="multiple of 3; got 4"):
        structure(4)


def test_the_loss_of_a_cloud_is_the_mean_over_its_terms():
    d = distances(CLOUD)
    terms = [max(0, d[a, p] ** 2 - d[a, n] ** 2 + 0.2) for a, p, n in structure(9).triplets]
    assert triplet_loss(CLOUD).item() == pytest.approx(np.mean(terms), rel=1e-13)
    terms = [
        d[i, j] ** 2 / 2 if LABELS[i] == LABELS[j] else max(0, 1 - d[i, j]) ** 2 / 2
        for i, j in itertools.combinations(range(9), 2)
    ]
    assert contrastive_loss(CLOUD).item() == pytest.approx(np.mean(terms), rel=1e-13)


@pytest.mark.parametrize("loss", family("embeddings"), ids=lambda loss: loss.id)
def test_descent_on_the_circle_stays_there_and_goes_down(loss):
    path = descend(
        lambda points: loss.call(on_circle(points)),
        CLOUD,
        rate=1e-3,
        steps=20,
        project=on_circle,
    )
    torch.testing.assert_close(path.norm(dim=-1), torch.ones(21, 9).double())
    assert loss.call(path[-1]) < loss.call(path[0])
    leaf = path[0].clone().requires_grad_()
    (free,) = torch.autograd.grad(loss.call(leaf), leaf)
    across = torch.stack((-path[0][:, 1], path[0][:, 0]), dim=-1)
    expected = (free * across).sum(-1, keepdim=True) * across
    (through,) = torch.autograd.grad(loss.call(on_circle(leaf)), leaf)
    torch.testing.assert_close(through, expected, rtol=1e-9, atol=1e-12)
    torch.testing.assert_close(along_circle(path[0], free), expected, rtol=1e-9, atol=1e-12)


def test_the_origin_has_a_place_on_the_circle_and_no_gradient():
    leaf = torch.zeros(1, 2, dtype=torch.float64, requires_grad=True)
    placed = on_circle(leaf)
    assert placed.tolist() == [[1, 0]]
    assert torch.autograd.grad(placed.sum(), leaf)[0].tolist() == [[0, 0]]


@pytest.mark.parametrize("distance", ["squared", "euclidean"])
def test_the_ring_is_where_a_negative_begins_to_cost(distance):
    points = torch.tensor([[0.1, 0.2], [0.7, -0.4], [1.0, 1.0]], dtype=torch.float64)
    ring = CATALOG["triplet_loss"].marks(points, margin=0.3, distance=distance)["ring"]
    assert ring[1:].tolist() == [0, 0]
    direction = torch.tensor([0.6, 0.8], dtype=torch.float64)
    for factor, costs in ((0.999, True), (1.001, False)):
        points[2] = points[0] + factor * ring[0] * direction
        value = triplet_loss(points, margin=0.3, distance=distance)
        assert (value > 0).item() is costs


def test_the_marks_count_what_is_at_work():
    d = distances(CLOUD)
    found = CATALOG["triplet_loss"].marks(CLOUD, margin=0.2, distance="squared")["strength"]
    for pair, strength in zip(structure(9).pairs, found.tolist(), strict=True):
        terms = [
            d[a, p] ** 2 - d[a, n] ** 2 + 0.2 > 0
            for a, p, n in structure(9).triplets
            if a in pair and set(pair) <= {a, p, n}
        ]
        assert strength == pytest.approx(np.mean(terms))
    near = CATALOG["contrastive_loss"].marks(CLOUD, margin=1.0)
    terms = zip(structure(9).pairs, structure(9).similar, strict=True)
    expected = [similar == 1 or d[i, j] < 1 for (i, j), similar in terms]
    assert near["strength"].tolist() == expected
    assert near["ring"].tolist() == [1.0] * 9
    wedge = CATALOG["cosine_embedding_loss"].marks(CLOUD, margin=0.5)["opening"]
    assert wedge.item() == pytest.approx(np.pi / 3)


def test_the_probability_out_of_place_sums_to_what_the_own_key_lacks():
    triplet = CLOUD[[0, 1, 4]]
    own, other = CATALOG["info_nce_loss"].marks(triplet, temperature=0.5)["strength"]
    unit = (triplet / triplet.norm(dim=-1, keepdim=True)).numpy()
    scores = np.exp(unit[1:] @ unit[0] / 0.5)
    assert own == pytest.approx(other)
    assert other == pytest.approx(scores[1] / scores.sum())


def test_without_negatives_one_spot_costs_nothing():
    found = numbers("without_negatives")
    assert found["collapsed_without"] == 0
    assert found["collapsed_with"] == pytest.approx(27 / 36 / 2)  # 27 of 36 pairs are dissimilar
    assert found["apart_without"] < found["apart_with"] / 2
    assert found["apart_with"] == pytest.approx(found["margin"], abs=1e-6)
    start = [values[0] for values in curves("without_negatives").values()]
    assert start[0] == start[1]


def test_one_triplet_has_three_losses():
    found = numbers("three_triplet_losses")
    squared, *_ = vectors("triplet_squared")
    euclidean, *_ = vectors("triplet_euclidean")
    assert found["squared"] == pytest.approx(squared.value, abs=1e-12)
    assert found["euclidean"] == pytest.approx(euclidean.value, abs=1e-12)
    assert found["pytorch"] == pytest.approx(0.9, abs=1e-5)
    away = np.linspace(0, 2, 101)
    expected = {
        "curve_squared": np.maximum(0, 0.36 - away**2 + 0.2),
        "curve_euclidean": np.maximum(0, 0.6 - away + 0.2),
        "curve_pytorch": np.maximum(0, 0.6 - away + 1),
    }
    for name, values in curves("three_triplet_losses").items():
        assert values == pytest.approx(expected[name], abs=1e-5)


def test_pull_and_push_are_two_parabolas():
    distance = np.linspace(0, 2, 101)
    found = curves("pull_and_push")
    assert found["curve_similar"] == pytest.approx(distance**2 / 2, abs=1e-12)
    assert found["curve_dissimilar"] == pytest.approx(
        np.maximum(0, 1 - distance) ** 2 / 2, abs=1e-12
    )
    inside = numbers("pull_and_push")
    assert inside["similar_inside"] == pytest.approx(inside["inside"] ** 2 / 2)
    assert inside["dissimilar_inside"] == pytest.approx((1 - inside["inside"]) ** 2 / 2)
    assert inside["dissimilar_beyond"] == 0


def test_a_step_pulls_the_positive_and_pushes_the_negative():
    found = numbers("triplet_directions")
    a, p, n = np.array([[0.0, 0.0], [0.6, 0.0], [0.0, 0.7]])
    rate = found["rate"]
    moved = a - rate * 2 * (n - p), p - rate * 2 * (p - a), n - rate * 2 * (a - n)
    assert found["positive_before"] == pytest.approx(0.6)
    assert found["negative_before"] == pytest.approx(0.7)
    assert found["positive_after"] == pytest.approx(np.linalg.norm(moved[0] - moved[1]))
    assert found["negative_after"] == pytest.approx(np.linalg.norm(moved[0] - moved[2]))
    flat = curves("triplet_directions")["negative"]
    assert np.ptp(flat[1:]) == pytest.approx(0, abs=1e-12)


def test_adam_brings_the_triplet_loss_down_and_some_triplets_stay_at_work():
    found = numbers("triplet_training")
    (values,) = curves("triplet_training").values()
    assert (values[0], values[-1]) == (found["before"], found["after"])
    assert found["after"] < found["before"] / 2
    assert len(values) == found["epochs"] + 1
    assert 0 < found["working"] < found["triplets"] == 3 * 3 * 2 * 6
