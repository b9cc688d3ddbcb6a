"""Descent, best constants and best lines against closed forms, numpy and scipy."""

from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize, minimize_scalar

from experiments import best_line, regression
from experiments.best_line import fit_line
from experiments.descent import descend
from experiments.regression import TELEPHONE_CALLS, best_constant
from losses import (
    barron_loss,
    charbonnier_loss,
    half_mse_loss,
    huber_loss,
    l1_loss,
    log_cosh_loss,
    mse_loss,
    quantile_loss,
    smooth_l1_loss,
)
from tests.losses.regression_oracle import SLOPES, VALUES
from tests.vectors import vectors

YEARS, CALLS = (np.array(column, dtype=float) for column in zip(*TELEPHONE_CALLS, strict=True))
MOSTLY_1000 = [1000.0] * 19 + [10.0]

SMOOTH: list[tuple[Any, dict[str, float]]] = [
    (smooth_l1_loss, {"beta": 5.0}),
    (huber_loss, {"delta": 1.345}),
    (huber_loss, {"delta": 40.0}),
    (log_cosh_loss, {}),
    (charbonnier_loss, {"epsilon": 2.0}),
    (charbonnier_loss, {"epsilon": 0.01}),
]
ROBUST: list[tuple[Any, dict[str, float]]] = [
    (barron_loss, {"alpha": 0.0, "scale": 2.0}),
    (barron_loss, {"alpha": -2.0, "scale": 5.0}),
    (barron_loss, {"alpha": -10.0, "scale": 1.0}),
    (barron_loss, {"alpha": 1.5, "scale": 1.0}),
    (barron_loss, {"alpha": 4.0, "scale": 10.0}),
]


def _oracle(function: Any, residuals: np.ndarray, parameters: dict[str, float]) -> float:
    return float(np.mean(VALUES[function.__name__](residuals, **parameters)))


def _random_points(seed: int, count: int = 15) -> tuple[np.ndarray, np.ndarray]:
    """Points on a line, with noise and a few outliers."""
    generator = np.random.default_rng(seed)
    x = generator.uniform(-3, 8, count)
    y = 2.5 * x - 1 + generator.normal(0, 1, count)
    y[: count // 5] += generator.uniform(10, 60, count // 5)
    return x, y


def path_of(loss, start: float, target: float, **steps) -> list[float]:
    goal = torch.tensor(target, dtype=torch.float64)
    return descend(lambda p: loss(p, goal), torch.tensor(start).double(), **steps).tolist()


class TestDescent:
    def test_l1_hovers_and_half_mse_settles(self) -> None:
        path = path_of(l1_loss, 1.0, 0.0, rate=0.3, steps=6)
        assert path == pytest.approx([1, 0.7, 0.4, 0.1, -0.2, 0.1, -0.2])
        path = path_of(half_mse_loss, 1.0, 0.0, rate=0.3, steps=3)
        assert path == pytest.approx([1, 0.7, 0.49, 0.343])

    def test_mse_diverges_above_a_rate_of_1(self) -> None:
        path = path_of(mse_loss, 10.0, 0.0, rate=1.1, steps=2)
        assert path == pytest.approx([10, -12, 14.4])

    def test_parameters_reach_the_loss(self) -> None:
        path = path_of(partial(huber_loss, delta=2.0), 10.0, 4.0, rate=0.5, steps=2)
        assert path == pytest.approx([10, 9, 8])

    def test_no_steps(self) -> None:
        assert path_of(l1_loss, 3.0, 0.0, rate=1.0, steps=0) == [3.0]


class TestBestConstant:
    def test_one_in_twenty_is_an_outlier(self) -> None:
        """The numbers of the fact sheet: mean, median, and Huber between them."""
        assert best_constant(mse_loss, MOSTLY_1000) == pytest.approx(950.5, rel=1e-15)
        assert best_constant(half_mse_loss, MOSTLY_1000) == pytest.approx(950.5, rel=1e-15)
        assert best_constant(l1_loss, MOSTLY_1000) == 1000
        for delta in (1.0, 10.0, 50.0, 100.0):
            constant = best_constant(huber_loss, MOSTLY_1000, delta=delta)
            assert constant == pytest.approx(1000 - delta * 0.05 / 0.95, rel=1e-14)
        in_vector = vectors("huber")[-1].inputs["pred"][0]
        assert best_constant(huber_loss, MOSTLY_1000) == pytest.approx(in_vector, rel=1e-14)
        assert best_constant(huber_loss, MOSTLY_1000, delta=2000.0) == pytest.approx(950.5)

    def test_weights_stand_for_repetitions(self) -> None:
        for function in (mse_loss, l1_loss, huber_loss, log_cosh_loss, barron_loss):
            repeated = best_constant(function, MOSTLY_1000)
            weighted = best_constant(function, [10.0, 1000.0, -5.0], [0.05, 0.95, 0.0])
            assert weighted == pytest.approx(repeated, rel=1e-12)

    def test_midpoint_of_an_interval(self) -> None:
        assert best_constant(l1_loss, [4.0, 1.0, 2.0, 10.0]) == 3.0
        assert best_constant(quantile_loss, list(range(11, 21)), tau=0.9) == 19.5
        assert best_constant(huber_loss, [0.0, 10.0]) == pytest.approx(5.0)
        assert best_constant(l1_loss, [1.0, 5.0, 9.0], [1.0, 1.0, 2.0]) == 7.0

    @pytest.mark.parametrize("function", [huber_loss, log_cosh_loss, charbonnier_loss, barron_loss])
    def test_few_looks_are_needed(self, function: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """A release asks for it, of every loss; halves instead of many parts took 110 looks."""
        looks, derivative = [], regression._derivative

        def counted(*given: Any) -> torch.Tensor:
            looks.append(given)
            return derivative(*given)

        monkeypatch.setattr(regression, "_derivative", counted)
        best_constant(function, [0.0, 1.0, 2.0, 1000.0])
        assert len(looks) <= 20

    def test_half_of_the_targets_tip_the_median(self) -> None:
        assert best_constant(l1_loss, [1000.0, 10.0], [0.51, 0.49]) == 1000
        assert best_constant(l1_loss, [1000.0, 10.0], [0.49, 0.51]) == 10

    @pytest.mark.parametrize("tau", [0.05, 0.37, 0.5, 0.9])
    def test_quantile(self, tau: float) -> None:
        targets = np.random.default_rng(0).normal(size=101)
        constant = best_constant(quantile_loss, torch.from_numpy(targets), tau=tau)
        expected = np.quantile(targets, tau, method="inverted_cdf")
        assert constant == pytest.approx(expected, rel=1e-15)

    def test_default_tau_is_that_of_the_loss(self) -> None:
        targets = list(np.random.default_rng(1).normal(size=101))
        assert best_constant(quantile_loss, targets) == best_constant(
            quantile_loss, targets, tau=0.9
        )

    @pytest.mark.parametrize(("function", "parameters"), SMOOTH)
    def test_convex_losses(self, function: Any, parameters: dict[str, float]) -> None:
        constant = best_constant(function, CALLS, **parameters)
        slope = np.mean(SLOPES[function.__name__](constant - CALLS, **parameters))
        assert abs(slope) < 1e-12
        found = minimize_scalar(
            lambda c: _oracle(function, c - CALLS, parameters), bounds=(4, 212), method="bounded"
        )
        assert constant == pytest.approx(found.x, abs=1e-3)

    @pytest.mark.parametrize(("function", "parameters"), ROBUST)
    def test_global_search(self, function: Any, parameters: dict[str, float]) -> None:
        constant = best_constant(function, CALLS, **parameters)
        grid = np.linspace(CALLS.min(), CALLS.max(), 60_001)
        values = VALUES["barron_loss"](grid[:, None] - CALLS, **parameters).mean(1)
        value = _oracle(function, constant - CALLS, parameters)
        assert value <= values.min() * (1 + 1e-12)
        slope = np.mean(SLOPES["barron_loss"](constant - CALLS, **parameters))
        steepest = np.mean(np.abs(SLOPES["barron_loss"](constant - CALLS, **parameters)))
        assert abs(slope) < 1e-9 * max(steepest, 1e-12)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.floats(-100, 100), min_size=1, max_size=9), st.sampled_from(SMOOTH + ROBUST))
    def test_no_constant_nearby_is_better(self, targets: list[float], case: Any) -> None:
        function, parameters = case
        constant = best_constant(function, targets, **parameters)
        residuals = constant - np.array(targets)
        value = _oracle(function, residuals, parameters)
        for step in (-1.0, -1e-3, 1e-3, 1.0):
            other = _oracle(function, residuals + step, parameters)
            assert value <= other * (1 + 1e-12) + 1e-12

    @pytest.mark.parametrize(
        ("targets", "weights"),
        [
            ([], None),
            ([[1.0]], None),
            ([1.0, 2.0], [1.0]),
            ([1.0], [0.0]),
            ([1.0, 2.0], [2.0, -1.0]),
        ],
    )
    def test_refuses(self, targets: Any, weights: Any) -> None:
        with pytest.raises(ValueError, match=r"(targets|weights) must be"):
            best_constant(mse_loss, targets, weights)


class TestLine:
    def test_telephone_data_as_published(self) -> None:
        """Least squares by Rousseeuw and Leroy (in tens of millions): y = 0.504 x − 26.01."""
        assert len(TELEPHONE_CALLS) == 24
        assert (YEARS[0], YEARS[-1]) == (1950, 1973)
        intercept, slope = fit_line(mse_loss, YEARS - 1900, CALLS)
        assert round(slope / 10, 3) == 0.504
        assert round(intercept / 10, 2) == -26.01

    @pytest.mark.parametrize("function", [mse_loss, half_mse_loss])
    def test_least_squares(self, function: Any) -> None:
        for x, y in ((YEARS, CALLS), _random_points(0)):
            design = np.stack((np.ones_like(x), x), axis=1)
            expected = np.linalg.lstsq(design, y, rcond=None)[0]
            assert fit_line(function, x, y) == pytest.approx(tuple(expected), rel=1e-9)

    @pytest.mark.parametrize("tau", [None, 0.1, 0.5, 0.75, 0.9])
    def test_linear_programme(self, tau: float | None) -> None:
        for x, y in ((YEARS - 1950, CALLS), _random_points(1), _random_points(2)):
            count = len(x)
            # min Σ τ u + (1 − τ) v with y = a + b x + u − v, u ≥ 0, v ≥ 0
            share = 0.5 if tau is None else tau
            costs = np.concatenate(([0, 0], np.full(count, share), np.full(count, 1 - share)))
            equations = np.column_stack((np.ones(count), x, np.eye(count), -np.eye(count)))
            bounds = [(None, None)] * 2 + [(0, None)] * (2 * count)
            solved = linprog(costs, A_eq=equations, b_eq=y, bounds=bounds)
            if tau is None:
                intercept, slope = fit_line(l1_loss, x, y)
                value = _oracle(l1_loss, intercept + slope * x - y, {}) / 2
            else:
                intercept, slope = fit_line(quantile_loss, x, y, tau=tau)
                value = _oracle(quantile_loss, intercept + slope * x - y, {"tau": tau})
            assert value == pytest.approx(solved.fun / count, rel=1e-9)

    @pytest.mark.parametrize(("function", "parameters"), SMOOTH)
    def test_convex_losses(self, function: Any, parameters: dict[str, float]) -> None:
        for x, y in ((YEARS - 1961, CALLS), _random_points(3)):
            intercept, slope = fit_line(function, x, y, **parameters)
            residuals = intercept + slope * x - y
            slopes = SLOPES[function.__name__](residuals, **parameters)
            steepest = np.abs(slopes).max()
            assert abs(slopes.mean()) < 1e-10 * steepest
            assert abs((slopes * x).mean()) < 1e-10 * steepest * np.abs(x).max()
            found = minimize(
                lambda line, x=x, y=y: _oracle(function, line[0] + line[1] * x - y, parameters),
                (intercept + 1, slope + 0.1),
                method="Nelder-Mead",
                options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 2000},
            )
            assert _oracle(function, residuals, parameters) <= found.fun * (1 + 1e-9)
            assert (intercept, slope) == pytest.approx(tuple(found.x), rel=1e-4, abs=1e-4)

    @pytest.mark.parametrize(("function", "parameters"), ROBUST)
    def test_no_valley_is_deeper(self, function: Any, parameters: dict[str, float]) -> None:
        for x, y in ((YEARS - 1961, CALLS), _random_points(4)):
            intercept, slope = fit_line(function, x, y, **parameters)
            value = _oracle(function, intercept + slope * x - y, parameters)
            intercepts = np.linspace(y.min() - 20, y.max() + 20, 121)[:, None, None]
            for steepness in np.linspace(-15, 25, 81):
                lines = intercepts + steepness * x - y
                assert value <= VALUES["barron_loss"](lines, **parameters).mean(-1).min() + 1e-12

    @pytest.mark.parametrize("function", [huber_loss, log_cosh_loss, charbonnier_loss, barron_loss])
    def test_few_looks_are_needed(self, function: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """A release asks for it, of every loss that is shown; one line after the other, each step
        tried with one damping after the other, took Barron's loss 310."""
        looks, derivatives = [], best_line._derivatives

        def counted(*given: Any) -> Any:
            looks.append(given)
            return derivatives(*given)

        monkeypatch.setattr(best_line, "_derivatives", counted)
        fit_line(function, YEARS, CALLS)
        assert len(looks) <= 40

    def test_unit_of_x_does_not_matter(self) -> None:
        """Seconds instead of years, counted from another origin: the same line."""
        intercept, slope = fit_line(huber_loss, YEARS, CALLS)
        seconds = 31_556_952.0 * (YEARS - 1970)
        again, per_second = fit_line(huber_loss, seconds, CALLS)
        assert per_second * 31_556_952.0 == pytest.approx(slope, rel=1e-9)
        assert again == pytest.approx(intercept + 1970 * slope, rel=1e-9)

    def test_points_on_a_line(self) -> None:
        x = [0.0, 1.0, 2.0, 5.0]
        for function in (mse_loss, l1_loss, quantile_loss, huber_loss, log_cosh_loss, barron_loss):
            assert fit_line(function, x, [3.0, 5.0, 7.0, 13.0]) == pytest.approx((3, 2), abs=1e-12)

    def test_points_above_each_other(self) -> None:
        assert fit_line(l1_loss, [0.0, 0.0, 0.0, 1.0], [1.0, 2.0, 9.0, 4.0]) == pytest.approx(
            (2, 2)
        )

    @pytest.mark.parametrize(
        ("x", "y", "message"),
        [
            ([1.0, 2.0], [1.0], "lists of one length"),
            ([[1.0, 2.0]], [[1.0, 2.0]], "lists of one length"),
            ([], [], "at least two different"),
            ([2.0, 2.0], [1.0, 5.0], "at least two different"),
        ],
    )
    def test_refuses(self, x: Any, y: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            fit_line(huber_loss, x, y)
