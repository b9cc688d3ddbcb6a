"""The evidence of the regression claims against closed forms, published numbers and scipy; and the
assertions of the regression scenes against the losses themselves."""

import math
import tomllib
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from scipy.optimize import minimize_scalar

from catalog import CATALOG
from experiments.best_line import fit_line
from experiments.descent import descend
from experiments.evidence import Curve, evidence
from experiments.regression import TELEPHONE_CALLS, best_constant
from tests.experiments.findings import curve_of, numbers_of
from tests.vectors import vectors

numbers = partial(numbers_of, "regression")
curve = partial(curve_of, "regression")

CONTENT = Path(__file__).parents[2] / "content"
SCENES = tomllib.loads((CONTENT / "scenes/regression.toml").read_text(encoding="utf-8"))["scene"]
DEFAULTS = {"prediction": 3.0, "target": 0.0, "rate": 0.3, "outliers": 5.0}


def test_the_mean_is_mse_minimum_and_the_median_that_of_l1():
    found = numbers("minimum_of_mse")
    targets = np.array([1000.0] * 19 + [10.0])
    assert found["mse_minimum"] == pytest.approx(targets.mean(), rel=1e-14)
    assert found["l1_minimum"] == np.median(targets)
    assert found["mse_at_minimum"] == pytest.approx(46554.75, rel=1e-12)
    assert found["mse_at_notes"] == pytest.approx(931095, rel=1e-12)
    guess, loss = curve("minimum_of_mse", "l1")
    assert loss == pytest.approx(np.abs(guess[:, None] - targets).mean(1))


def test_huber_lies_between_median_and_mean():
    targets = np.array([1000.0] * 19 + [10.0])
    x, y = curve("huber_between", "huber")
    for delta, minimum in zip(x[::9], y[::9], strict=True):

        def total(c, delta=delta):
            size = np.abs(c - targets)
            return np.where(size <= delta, size**2 / 2, delta * (size - delta / 2)).sum()

        found = minimize_scalar(total, bounds=(10, 1000), method="bounded", options={"xatol": 1e-7})
        assert minimum == pytest.approx(found.x, abs=1e-3)
    assert numbers("huber_between")["minimum_at_1"] == pytest.approx(1000 - 1 / 19, rel=1e-13)
    assert numbers("huber_between")["minimum_at_1000"] == pytest.approx(950.5, rel=1e-13)
    assert (np.diff(y) <= 1e-9).all()


def test_l1_has_no_zero_in_its_gradient_but_its_penalty_a_dead_zone():
    found = numbers("sparse_gradient")
    assert found["zeros"] == 0
    assert found["shortest"] == pytest.approx(1)
    assert found["longest"] == pytest.approx(1)
    weight, shrunken = curve("sparse_gradient", "l1_penalty")
    soft = np.sign(weight) * np.maximum(np.abs(weight) - 0.5, 0)
    assert shrunken == pytest.approx(soft, abs=6e-4)  # the grid's half step
    weight, shrunken = curve("sparse_gradient", "l2_penalty")
    assert shrunken == pytest.approx(weight / 1.5, abs=6e-4)
    assert (found["small_weight_l1"], found["small_weight_l2"]) == (0, pytest.approx(0.2))


def test_l1_hops_and_half_mse_lands():
    found = numbers("hopping")
    assert found["l1_before_last"] == pytest.approx(0.1)
    assert found["l1_last"] == pytest.approx(-0.2)
    assert found["half_mse_last"] == pytest.approx(0.7**20)
    assert curve("hopping", "l1")[1][:6] == pytest.approx([1, 0.7, 0.4, 0.1, -0.2, 0.1])


def test_the_notes_sign_climbs():
    found = numbers("sign_of_the_gradient")
    for name, loss in {"mse_gradient": "mse", "half_mse_gradient": "half_mse"}.items():
        oracle = next(v for v in vectors(loss) if v.inputs["pred"][0] == found["residual"])
        assert found[name] == pytest.approx(oracle.gradients["pred"][0])
    assert found["right_distance"] == pytest.approx(0.7**10)
    assert found["notes_distance"] == pytest.approx(1.3**10)


def test_convex_in_the_prediction_only():
    found = numbers("convex_in_what")
    assert (found["valley"], found["midpoint"]) == (0, 1)
    z = found["lowest_logit"]
    s = 1 / (1 + math.exp(-z))
    assert found["lowest_curvature"] == pytest.approx(2 * s * (1 - s) ** 2 * (3 * s - 1))
    assert found["lowest_curvature"] == pytest.approx(-0.120, abs=5e-4)
    assert np.diff(curve("convex_in_what", "prediction")[1], 2).min() > 0
    assert np.diff(curve("convex_in_what", "weights")[1], 2).min() < 0


def test_three_scales_share_a_minimum():
    found = numbers("three_scales")
    assert (found["sum"], found["mean"]) == (pytest.approx(9.93), pytest.approx(2.4825))
    assert found["half_mean"] == pytest.approx(1.24125)
    for name in ("sum", "mean", "half_mean"):  # the residuals' mean is 0.775
        assert found[f"{name}_minimum"] == pytest.approx(-0.775)


def test_smooth_l1_slopes_are_clamped_residuals():
    x, y = curve("slope_of_smooth_l1", "smooth_l1")
    assert y == pytest.approx(np.clip(x, -1, 1))
    found = numbers("slope_of_smooth_l1")
    for name in ("nearer", "near", "far", "farther"):
        assert found[f"slope_{name}"] == pytest.approx(min(found[name], 1))


def test_smooth_l1_is_huber_divided_by_its_threshold():
    found = numbers("pieces_of_smooth_l1")
    assert (found["smooth_l1"], found["huber"]) == (2.75, 1.375)
    assert (found["smooth_l1_slope"], found["huber_slope"]) == (1, 0.5)
    assert (found["mse_gradient"], found["mse_gradient_far"]) == (6, 60)
    ratio = curve("pieces_of_smooth_l1", "huber_curve")[1] / 0.5
    assert curve("pieces_of_smooth_l1", "smooth_l1_curve")[1] == pytest.approx(ratio)


def test_a_bounded_gradient_makes_l1_robust():
    found = numbers("why_l1_is_robust")
    assert (found["l1_near"], found["l1_far"]) == (1, 1)
    assert (found["mse_near"], found["mse_far"]) == (6, 60)
    assert (found["l1_asymmetry"], found["mse_asymmetry"]) == (0, 0)


def test_sums_and_means_of_the_notes():
    found = numbers("sums_called_means")
    assert (found["notes_formula"], found["torch_mean"]) == (3, 1)
    assert [found[f"{name}_sum"] for name in ("mse", "mae", "huber")] == [5.25, 3.5, 2.125]
    assert [found[f"{name}_mean"] for name in ("mse", "mae", "huber")] == [1.3125, 0.875, 0.53125]


def test_the_median_jumps_at_one_half():
    share, minimum = curve("median_and_mean", "l1")
    for place, best in zip(share, minimum, strict=True):
        assert best == np.median([1000.0] * int(100 - place) + [10.0] * int(place))
    share, minimum = curve("median_and_mean", "mse")
    assert minimum == pytest.approx(1000 - 9.9 * share)


def test_huber_branches_meet():
    found = numbers("huber_at_the_knee")
    assert found["inner"] == found["outer"] == 1.5**2 / 2
    assert found["inner_slope"] == found["outer_slope"] == 1.5
    x, parabola = curve("huber_at_the_knee", "parabola")
    line, huber = (curve("huber_at_the_knee", name)[1] for name in ("line", "huber"))
    assert huber == pytest.approx(np.where(x < 1.5, parabola, line))


def test_mse_differs_from_gauss_by_a_constant():
    found = numbers("mse_and_gauss")
    assert found["offset"] == pytest.approx(math.log(2 * math.pi) / 2)
    assert found["laplace_offset"] == pytest.approx(math.log(2))
    assert (found["spread"], found["laplace_spread"]) == (0, 0)


def test_a_decaying_rate_settles_l1():
    found = numbers("decaying_rate")
    assert found["fixed_hop"] == pytest.approx(0.3)
    assert found["decayed_hop"] == pytest.approx(0.3 * 0.9**39)
    assert found["decayed_distance"] < found["decayed_hop"]
    assert found["half_mse_distance"] == pytest.approx(0.7**40)


def test_evidence_is_computed_once_and_unknown_names_are_refused():
    assert evidence("regression", "hopping") is evidence("regression", "hopping")
    for family, name in (("regression", "torch"), ("regression", "_slope"), ("nothing", "hopping")):
        with pytest.raises(ValueError, match=r"no (evidence|family)"):
            evidence(family, name)
    with pytest.raises(ValueError, match="2 x and 1 y"):
        Curve("a", (1.0, 2.0), (1.0,))


def measure(scene: dict[str, Any], asked: dict[str, Any]) -> float:
    """What a assertion asks of a scene's state, straight from the loss."""
    state = DEFAULTS | scene.get("state", {})
    loss = CATALOG[asked["loss"]]
    mark = f"{loss.id}."
    parameters = {k.removeprefix(mark): v for k, v in state.items() if k.startswith(mark)}
    if asked["quantity"] == "minimum":
        shares = (100 - state["outliers"], state["outliers"])
        return best_constant(loss.function, (1000.0, 10.0), shares, **parameters)
    if asked["quantity"] == "crossing":  # of the lines of the lowest and the highest quantile
        x, y = (list(map(float, side)) for side in zip(*state["points"], strict=True))
        (a, b), (c, d) = (fit_line(loss.function, x, y, tau=tau) for tau in (0.1, 0.9))
        return (a - c) / (d - b)
    if asked["quantity"] in ("intercept", "slope"):
        x, y = zip(*state.get("points", TELEPHONE_CALLS), strict=True)
        line = fit_line(loss.function, list(map(float, x)), list(map(float, y)), **parameters)
        return line[asked["quantity"] == "slope"]
    steps = {"rate": state["rate"], "steps": asked.get("after", 0)}
    start, target = (
        torch.tensor(state[key], dtype=torch.float64) for key in ("prediction", "target")
    )
    path = descend(lambda p: loss.call(p, target, **parameters), start, **steps)
    slope, value = torch.func.grad_and_value(loss.function)(path[-1], target, **parameters)
    measured = {"prediction": path[-1], "value": value, "gradient": slope.abs()}
    return float(measured[asked["quantity"]])


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene["id"])
def test_the_assertions_of_a_scene_hold(scene):
    for assertion in scene["assertion"]:
        found = measure(scene, assertion)
        other = measure(scene, assertion["other"]) if "other" in assertion else assertion["number"]
        if assertion["relation"] == "equals":
            assert found == pytest.approx(other, rel=1e-9, abs=1e-9), assertion
        elif assertion["relation"] == "above":
            assert found > other + 1e-9, assertion
        else:
            assert found < other - 1e-9, assertion


def test_the_small_mae_is_a_twentieth_in_every_form():
    found = evidence("regression", "small_mae").numbers
    assert list(found.values()) == pytest.approx([0.05] * 3, abs=1e-15)


def test_a_small_sideways_move_swings_the_line_of_mae_only():
    found = evidence("regression", "sideways_move").numbers
    y = np.array([0.0, 6, 4, 6, 1])
    for when in ("before", "after"):
        x = np.array([0, 1, 2, found[f"x_{when}"], 4])
        assert found[f"mse_{when}"] == pytest.approx(np.polyfit(x, y, 1)[0])
        through_two = [np.polyfit(x[[i, j]], y[[i, j]], 1) for i, j in combinations(range(5), 2)]
        best = min(through_two, key=lambda line: np.abs(np.polyval(line, x) - y).sum())
        assert found[f"mae_{when}"] == pytest.approx(best[0])


def test_an_absolute_and_a_squared_error_take_as_many_operations():
    assert evidence("regression", "operations_of_both").numbers == {"l1": 2, "mse": 2}
