"""Mined triplets of a cloud, written out, are those that the losses of a batch find."""

import pytest
import torch

from catalog.embedding_points import labels_of
from experiments.mining import MINING, mined_terms, pairs_of_mined

GENERATOR = torch.Generator().manual_seed(0)
CLOUDS = torch.randn(40, 9, 2, generator=GENERATOR, dtype=torch.float64)


@pytest.mark.parametrize("distance", ["squared", "euclidean"])
@pytest.mark.parametrize("mining", MINING)
def test_value_and_gradient_are_those_of_the_batch_loss(mining, distance):
    for cloud in CLOUDS:
        own, theirs = (cloud.clone().requires_grad_() for _ in range(2))
        given = {"margin": 0.7, "distance": distance}
        found = mined_terms(own, mining, **given).mean()
        expected = MINING[mining](theirs, torch.tensor(labels_of(9)), **given)
        torch.testing.assert_close(found, expected, rtol=1e-12, atol=1e-12)
        found.backward()
        expected.backward()
        torch.testing.assert_close(own.grad, theirs.grad, rtol=1e-12, atol=1e-12)


def test_a_pair_is_drawn_where_a_mined_triplet_measures_it():
    # Two labels far apart, one of them wide: only its own farthest pair and what lies nearest cost.
    cloud = torch.tensor([[0.0, y] for y in (0.0, 1.0, 3.0, 4.0, 5.0, 6.0, 90.0, 91.0, 92.0)])
    drawn = pairs_of_mined(cloud, "hard", margin=0.2, distance="euclidean")
    assert set(drawn.tolist()) == {0.0, 1.0}
    at_rest = pairs_of_mined(cloud, "hard", margin=0.0, distance="euclidean")
    assert drawn.sum() >= at_rest.sum() > 0
    apart = torch.tensor([[0.0, 10.0 * (i // 3)] for i in range(9)])
    assert not pairs_of_mined(apart, "semi_hard", margin=0.2, distance="euclidean").any()
