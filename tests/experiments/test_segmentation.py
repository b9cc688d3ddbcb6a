"""Masks, scores and descent of pixels, against counting by hand and against other formulas."""

import math

import numpy as np
import pytest
import torch

from experiments.segmentation import areas, descend, scores, to_logits
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


def test_descent_is_descent_of_the_logits():
    """Plain gradient descent of z with BCE on logits is the same path, computed another way."""
    path = descend(pixel_bce_loss, P, G, rate=30.0, steps=5)
    logits = torch.logit(P)
    for step in range(6):
        torch.testing.assert_close(path[step], torch.sigmoid(logits), rtol=1e-12, atol=1e-12)
        leaf = logits.clone().requires_grad_()
        (slope,) = torch.autograd.grad(bce_with_logits_loss(leaf, G), leaf)
        logits = logits - 30.0 * slope


def test_descent_lowers_the_loss_and_leaves_no_probability_outside():
    path = descend(dice_loss, P, G, rate=20.0, steps=60, denominator="squares")
    values = [dice_loss(mask, G, denominator="squares").item() for mask in path]
    assert values == sorted(values, reverse=True)
    assert ((path > 0) & (path < 1)).all()
    assert path[0].equal(P)


def test_logits_give_the_probabilities_back():
    torch.testing.assert_close(torch.sigmoid(to_logits(P)), P, rtol=1e-14, atol=0)


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="steps must be at least 0; got -1"):
        descend(dice_loss, P, G, rate=1.0, steps=-1)
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        descend(dice_loss, G, G, rate=1.0, steps=1)
