"""Masks, scores and descent of pixels, against counting by hand and against other formulas."""

import math

import numpy as np
import pytest
import torch

from experiments.descent import descend
from experiments.segmentation import areas, scores, step, to_logits
from live.families.segmentation.masks import COLUMNS, PREDICTION_LEVELS, ROWS, mask_tensor
from losses.binary import bce_with_logits_loss
from losses.segmentation import dice_loss, pixel_bce_loss

GENERATOR = torch.Generator().manual_seed(0)
P = 0.01 + 0.98 * torch.rand(6, 7, generator=GENERATOR, dtype=torch.float64)
G = (torch.rand(6, 7, generator=GENERATOR) < 0.4).double()


def test_a_string_is_a_mask_row_by_row():
    cells = "".join(str((row + column) % 7) for row in range(ROWS) for column in range(COLUMNS))
    mask = mask_tensor(cells, PREDICTION_LEVELS)
    assert mask.shape == (ROWS, COLUMNS)
    assert mask[0, 6] == 0.99
    assert mask[3, 1] == PREDICTION_LEVELS[4]


def test_areas_are_those_of_sets_where_masks_are_hard():
    hard = (P > 0.5).double()
    parts = areas(hard, G)
    assert parts["hit"].equal(((hard > 0) & (G > 0)).double())
    assert parts["alarm"].equal(((hard > 0) & (G == 0)).double())
    assert parts["miss"].equal(((hard == 0) & (G > 0)).double())


@pytest.mark.parametrize("threshold", [0.1, 0.5, 0.9])
def test_scores_are_those_of_counting(threshold):
    found, true = P.numpy() >= threshold, G.numpy() > 0
    both = np.sum(found & true)
    expected = {
        "iou": both / np.sum(found | true),
        "dice": 2 * both / (found.sum() + true.sum()),
        "precision": both / found.sum(),
        "recall": both / true.sum(),
    }
    assert {k: v.item() for k, v in scores(P, G, threshold).items()} == pytest.approx(expected)


def test_a_probability_at_the_threshold_counts():
    half = torch.full((2, 2), 0.5, dtype=torch.float64)
    assert scores(half, torch.ones(2, 2).double(), 0.5)["recall"] == 1


def test_scores_of_empty_masks():
    empty, full = torch.zeros(2, 3).double(), torch.ones(2, 3).double()
    nothing = {k: v.item() for k, v in scores(empty, empty, 0.5).items()}
    assert (nothing["iou"], nothing["dice"]) == (1, 1)
    assert math.isnan(nothing["precision"])
    assert math.isnan(nothing["recall"])
    claimed = {k: v.item() for k, v in scores(full, empty, 0.5).items()}
    assert (claimed["iou"], claimed["precision"]) == (0, 0)
    assert math.isnan(claimed["recall"])


def test_a_step_is_a_step_of_the_logits():
    """Plain gradient descent of z with BCE on logits is the same path, computed another way."""
    moved = logits = to_logits(P)
    for _ in range(5):
        gradient = torch.func.grad(lambda p: pixel_bce_loss(p, G))(torch.sigmoid(moved))
        moved = step(moved, gradient, 30.0)
        logits = logits - 30.0 * torch.func.grad(lambda z: bce_with_logits_loss(z, G))(logits)
        torch.testing.assert_close(moved, logits, rtol=1e-12, atol=1e-12)
    path = descend(
        lambda p: pixel_bce_loss(p, G), to_logits(P), rate=30.0, steps=5, through=torch.sigmoid
    )
    torch.testing.assert_close(path[-1], torch.sigmoid(logits), rtol=1e-12, atol=1e-12)


def test_descent_lowers_the_loss_and_leaves_no_probability_outside():
    def loss(mask):
        return dice_loss(mask, G, denominator="squares")

    path = descend(loss, to_logits(P), rate=20.0, steps=60, through=torch.sigmoid)
    values = [loss(mask).item() for mask in path]
    assert values == sorted(values, reverse=True)
    assert ((path > 0) & (path < 1)).all()
    torch.testing.assert_close(path[0], P, rtol=1e-14, atol=0)


def test_logits_give_the_probabilities_back():
    torch.testing.assert_close(torch.sigmoid(to_logits(P)), P, rtol=1e-14, atol=0)
