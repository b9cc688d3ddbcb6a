"""The small training of the concepts page, against numpy."""

import numpy as np
import pytest
import torch

from experiments.concepts import POINTS, REDUCTIONS, objective
from experiments.descent import descend
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.families.quantities import quantity

X, Y = np.array(POINTS).T
SCALE = {"mean": 1 / len(X), "sum": 1.0, "half_mean": 0.5 / len(X)}


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("strength", [0.0, 1.5])
def test_objective_cost_and_safe_rate(reduction, strength):
    line = torch.tensor([0.7, -0.3], dtype=torch.float64)
    sample = torch.zeros(len(X), dtype=torch.float64)
    sample[3] = 1
    points = torch.tensor(POINTS, dtype=torch.float64)
    found = objective(line, points, sample, strength=strength, reduction=reduction)
    residual = 0.7 * X - 0.3 - Y
    cost = SCALE[reduction] * (residual**2).sum()
    assert found["cost"].item() == pytest.approx(cost)
    assert found["value"].item() == pytest.approx(cost + strength * 0.49)
    half = 0.5 if reduction == "half_mean" else 1.0
    assert found["loss"].item() == pytest.approx(half * residual[3] ** 2)
    design = np.stack([X, np.ones_like(X)])
    hessian = 2 * SCALE[reduction] * design @ design.T + np.diag([2 * strength, 0.0])
    assert found["safe_rate"].item() == pytest.approx(2 / np.linalg.eigvalsh(hessian).max())


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_the_safe_rate_is_where_descent_turns(reduction):
    points = torch.tensor(POINTS, dtype=torch.float64)
    state = table("concepts").start() | {"gathering": reduction}
    limit = quantity("concepts", state, reduction, "safe_rate")
    start = torch.tensor([-0.4, 1.5], dtype=torch.float64)
    best = np.polyfit(X, Y, 1)

    def cost(line):
        nobody = torch.zeros(len(points))
        return objective(line, points, nobody, strength=0.0, reduction=reduction)["value"]

    def distance(rate):
        path = descend(cost, start, rate=rate, steps=300)
        return np.abs(path[-1].numpy() - best).max()

    assert distance(0.98 * limit) < 0.05
    assert distance(1.02 * limit) > 100


def test_an_unknown_reduction_is_refused():
    with pytest.raises(ValueError, match="reduction must be one of mean, sum, half_mean"):
        objective(torch.zeros(2), torch.zeros(8, 2), torch.zeros(8), strength=0.0, reduction="max")


def test_the_snippet_prints_the_objective(capsys):
    state = table("concepts").start() | {"strength": 0.5}
    page = EVERY_PAGE["concepts"]
    for reduction in REDUCTIONS:
        here = state | {"gathering": reduction}
        exec(page.snippet(None, here), {})
        value, *_ = capsys.readouterr().out.split()
        assert float(value) == pytest.approx(page.answer(here)["values"][reduction], abs=1e-6)
