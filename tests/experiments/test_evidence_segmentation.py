"""The evidence about losses of masks, against counting and against the fact sheet's numbers."""

from functools import partial

import numpy as np
import pytest

from experiments.evidence import evidence
from tests.experiments.findings import curve_of, numbers_of

numbers = partial(numbers_of, "segmentation")
curve = partial(curve_of, "segmentation")


def test_dice_is_f1_for_hard_masks_only():
    found = numbers("dice_and_f1")
    assert found["f1_at_half"] == 1
    assert found["soft"] == pytest.approx(2 * 1.2 / (2.0 + 2))
    assert found["plain"] == pytest.approx(1 - 4 / 5.2)  # overlap 2, areas 2.2 and 3
    assert found["squares"] == pytest.approx(1 - 4 / 4.5)  # squares 1.5 and 3
    thresholds, f1 = curve("dice_and_f1", "f1")
    # All four pixels are found below 0.4, two of them right; above 0.6 none.
    assert f1[thresholds < 0.399] == pytest.approx(2 / 3)
    assert f1[(thresholds > 0.401) & (thresholds < 0.599)] == pytest.approx(1)
    assert f1[thresholds > 0.601] == pytest.approx(0)


def test_a_second_sigmoid_keeps_the_truth_from_costing_nothing():
    found = numbers("second_sigmoid")
    high = 1 / (1 + np.exp(-1.0))
    assert (found["lowest"], found["highest"]) == (0.5, pytest.approx(high))
    assert found["dice_half"] == pytest.approx(1 - 2 * high / (high + 0.5 + 1), abs=1e-6)
    assert found["dice_half"] == pytest.approx(0.345, abs=5e-4)
    assert found["dice_rare"] == pytest.approx(0.971, abs=5e-4)
    index = high / (high + 0.3 * 0.5 + 0.7 * (1 - high))
    assert found["tversky_half"] == pytest.approx(1 - index, abs=1e-6)
    assert not curve("second_sigmoid", "once")[1].any()
    assert (np.diff(curve("second_sigmoid", "twice")[1]) < 0).all()


def test_five_sizes_do_not_fit_four_dimensions():
    assert numbers("target_of_five_sizes") == {
        "dimensions": 4, "sizes": 5, "tried": 4, "refused": 4, "masks": 2, "values": 12,
    }  # fmt: skip


def test_the_loss_is_one_minus_the_index():
    found = numbers("index_and_loss")
    assert found["tversky_half"] == pytest.approx(found["dice"], abs=1e-15)
    assert found["coefficient"] == pytest.approx(1 - found["dice"])
    assert found["tversky_smooth"] == pytest.approx(found["dice_twice"], abs=1e-15)
    assert found["tversky_smooth"] == pytest.approx(0.2222, abs=5e-5)
    assert found["dice_same"] > found["dice_twice"]


def test_dice_and_jaccard_lie_on_the_line():
    assert numbers("special_cases") == {"dice_gap": 0, "jaccard_gap": 0}
    weights, index = curve("special_cases", "index")
    assert index == pytest.approx(2.0 / (2.0 + weights * (0.2 + 1.0)))
    assert curve("special_cases", "jaccard")[1] == pytest.approx(2 / 3.2)


def test_a_dearer_miss_raises_recall():
    found = numbers("price_of_a_miss")
    assert found["missed_tversky"] == pytest.approx(1 - 8 / (8 + 0.7 * 2))
    assert found["extra_tversky"] == pytest.approx(1 - 10 / (10 + 0.3 * 2))
    assert found["missed_dice"] == pytest.approx(1 - 8 / 9)
    assert found["extra_dice"] == pytest.approx(1 - 10 / 11)
    _, recall = curve("price_of_a_miss", "recall")
    _, precision = curve("price_of_a_miss", "precision")
    assert (np.diff(recall) >= 0).all()
    assert (np.diff(precision) <= 0).all()
    assert found["recall_high"] > 2 * found["recall_low"]
    assert found["precision_high"] < found["precision_low"]


def test_one_more_missed_pixel_costs_a_small_object_more():
    """With n pixels and one missed, Dice is 2(n − 1) / (2n − 1), so the loss is 1 / (2n − 1)."""
    found = evidence("segmentation", "one_more_missed").numbers
    for name in ("small", "large"):
        assert found[f"{name}_jump"] == pytest.approx(1 / (2 * found[name] - 1))
