"""The numbers that scenes speak of, against formulas written out here."""

import math

import numpy as np
import pytest

from catalog import family
from live.families import PAGES
from live.families.page_tables import table
from live.families.quantities import quantity
from tests.losses.boxes import oracle

BOXES = {"prediction": (3.0, 1.0, 5.0, 5.0), "target": (2.0, 2.0, 6.0, 4.0)}


def boxes(**changes):
    return {**table("boxes").start(), **BOXES, **changes}


def regression(**changes):
    return {**table("regression").start(), **changes}


@pytest.mark.parametrize("name", PAGES)
def test_every_loss_has_a_value_and_a_gradient(name):
    state = table(name).start()
    answer = PAGES[name].answer(state)
    for loss in (loss for loss in family(name) if loss.id in answer["values"]):
        expected = float(answer["values"][loss.id])
        assert quantity(name, state, loss.id, "value") == pytest.approx(expected, rel=1e-12)
        gradient = math.hypot(*answer["gradients"][loss.id])
        assert quantity(name, state, loss.id, "gradient") == pytest.approx(
            gradient, rel=1e-13, abs=1e-15
        )


@pytest.mark.parametrize("name", PAGES)
def test_an_unknown_quantity_is_refused_by_name(name):
    loss = family(name)[0]
    with pytest.raises(ValueError, match="'no_such_thing'"):
        quantity(name, table(name).start(), loss.id, "no_such_thing")


def test_sizes_of_the_prediction():
    state = boxes()
    sizes = {"width_of_prediction": 2, "height_of_prediction": 4, "area": 8, "coordinate_l1": 1}
    assert {q: quantity("boxes", state, "iou_loss", q) for q in sizes} == sizes


def test_a_concentric_cross_has_no_distance():
    assert quantity("boxes", boxes(), "diou_loss", "distance") == 0
    assert quantity("boxes", boxes(), "iou_loss", "value") == pytest.approx(1 - 4 / 12)
    assert quantity("boxes", boxes(), "giou_loss", "value") == pytest.approx(2 / 3 + (16 - 12) / 16)


@pytest.mark.parametrize("coordinates", ["corner", "centre"])
def test_descent_follows_differences_of_an_independent_formula(coordinates):
    """Three steps of GIoU, each by central differences of the oracle."""

    def to_corners(p):
        x, y, w, h = p
        return np.array([x - w / 2, y - h / 2, x + w / 2, y + h / 2])

    box, target = (np.array(BOXES[k]) for k in ("prediction", "target"))
    target = target + 0.3
    forward = to_corners if coordinates == "centre" else np.array
    if coordinates == "centre":
        box = np.array([*(box[:2] + box[2:]) / 2, *(box[2:] - box[:2])])
    for _ in range(3):
        step = 1e-6 * np.eye(4)
        slope = [
            (giou(forward(box + s), target) - giou(forward(box - s), target)) / 2e-6 for s in step
        ]
        box = box - 0.5 * np.array(slope)
    x1, y1, x2, y2 = forward(box)
    state = boxes(target=tuple(target), coordinates=coordinates, rate=0.5)
    assert quantity("boxes", state, "giou_loss", "width_of_prediction", 3) == pytest.approx(
        x2 - x1, abs=1e-7
    )
    assert quantity("boxes", state, "giou_loss", "area", 3) == pytest.approx(
        (x2 - x1) * (y2 - y1), abs=1e-7
    )


def giou(a, b):
    return oracle.giou_loss(a, b, a)


def test_no_step_is_the_start():
    assert quantity("boxes", boxes(), "giou_loss", "area", 0) == 8
    assert quantity("regression", regression(), "l1_loss", "prediction", 0) == 3


def test_a_parameter_of_the_state_is_used():
    state = regression(prediction=3.0, target=0.0) | {"huber_loss.delta": 2.0}
    assert quantity("regression", state, "huber_loss", "value") == 2 * (3 - 1)
    assert quantity("regression", state, "huber_loss", "gradient") == 2


def test_descent_on_a_parabola_is_a_geometric_series():
    state = regression(prediction=3.0, target=1.0, rate=0.3)
    found = quantity("regression", state, "half_mse_loss", "prediction", 10)
    assert found == pytest.approx(1 + 2 * 0.7**10)
    residual = quantity("regression", state, "half_mse_loss", "residual", 10)
    assert residual == pytest.approx(found - 1)


@pytest.mark.parametrize("percent", [5.0, 40.0, 60.0])
def test_the_best_constant_is_the_mean_and_the_median(percent):
    state = regression(outliers=percent)
    mean = 1000 - 9.9 * percent
    assert quantity("regression", state, "mse_loss", "minimum") == pytest.approx(mean)
    median = 1000 if percent < 50 else 10
    assert quantity("regression", state, "l1_loss", "minimum") == median


def test_the_least_squares_line_is_numpys():
    state = regression()
    slope, intercept = np.polyfit(*zip(*state["points"], strict=True), 1)
    assert quantity("regression", state, "mse_loss", "slope") == pytest.approx(slope)
    assert quantity("regression", state, "mse_loss", "intercept") == pytest.approx(intercept)
    flatter = quantity("regression", state, "l1_loss", "slope")
    assert flatter < slope / 2, "the counting of minutes hardly tilts L1"


def test_the_metric_cdiou_is_iou_and_a_thousandth_of_how_near_the_corners_are():
    state = boxes(prediction=(1.0, 1.0, 4.0, 3.0), target=(2.0, 1.5, 6.0, 4.5))
    # Left top, right bottom, right top, left bottom.
    gaps = ((1, 0.5), (2, 1.5), (2, 0.5), (1, 1.5))
    corners = sum(math.hypot(*gap) for gap in gaps) / 4
    expected = 0.2 + 0.001 * (1 - corners / math.hypot(5, 3.5))
    assert quantity("boxes", state, "cdiou_loss", "metric") == pytest.approx(expected, rel=1e-12)
