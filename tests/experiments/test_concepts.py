"""The small training of the concepts page, against numpy."""

import numpy as np
import pytest
import torch

from experiments.concepts import GATHERINGS, POINTS, objective
from experiments.descent import descend
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.families.quantities import quantity
from live.words.text import load

X, Y = np.array(POINTS).T
SCALE = {"mean": 1 / len(X), "sum": 1.0, "half_mean": 0.5 / len(X)}


@pytest.mark.parametrize("gathering", GATHERINGS)
@pytest.mark.parametrize("strength", [0.0, 1.5])
def test_objective_cost_and_safe_rate(gathering, strength):
    line = torch.tensor([0.7, -0.3], dtype=torch.float64)
    sample = torch.zeros(len(X), dtype=torch.float64)
    sample[3] = 1
    points = torch.tensor(POINTS, dtype=torch.float64)
    found = objective(line, points, sample, strength=strength, gathering=gathering)
    residual = 0.7 * X - 0.3 - Y
    cost = SCALE[gathering] * (residual**2).sum()
    assert found["cost"].item() == pytest.approx(cost)
    assert found["value"].item() == pytest.approx(cost + strength * 0.49)
    half = 0.5 if gathering == "half_mean" else 1.0
    assert found["loss"].item() == pytest.approx(half * residual[3] ** 2)
    design = np.stack([X, np.ones_like(X)])
    hessian = 2 * SCALE[gathering] * design @ design.T + np.diag([2 * strength, 0.0])
    assert found["safe_rate"].item() == pytest.approx(2 / np.linalg.eigvalsh(hessian).max())


@pytest.mark.parametrize("gathering", GATHERINGS)
def test_the_safe_rate_is_where_descent_turns(gathering):
    points = torch.tensor(POINTS, dtype=torch.float64)
    state = table("concepts").start() | {"gathering": gathering}
    limit = quantity("concepts", state, gathering, "safe_rate")
    start = torch.tensor([-0.4, 1.5], dtype=torch.float64)
    best = np.polyfit(X, Y, 1)

    def cost(line):
        nobody = torch.zeros(len(points))
        return objective(line, points, nobody, strength=0.0, gathering=gathering)["value"]

    def distance(rate):
        path = descend(cost, start, rate=rate, steps=300)
        return np.abs(path[-1].numpy() - best).max()

    assert distance(0.98 * limit) < 0.05
    assert distance(1.02 * limit) > 100


def test_an_unknown_gathering_is_refused():
    with pytest.raises(ValueError, match="gathering must be one of mean, sum, half_mean"):
        objective(torch.zeros(2), torch.zeros(8, 2), torch.zeros(8), strength=0.0, gathering="max")


@pytest.mark.parametrize("scene", load("scenes/concepts")["scene"], ids=lambda scene: scene["id"])
def test_every_lesson_holds(scene):
    state = table("concepts").start(scene["id"])
    for lesson in scene["lesson"]:
        value = quantity("concepts", state, lesson["loss"], lesson["quantity"], lesson.get("after"))
        other = lesson.get("other")
        against = (
            quantity("concepts", state, other["loss"], other["quantity"], other.get("after"))
            if other
            else lesson["number"]
        )
        if lesson["relation"] == "equals":
            assert value == pytest.approx(against, rel=1e-6)
        else:
            assert (value > against) == (lesson["relation"] == "above"), lesson


def test_the_snippet_prints_the_objective(capsys):
    state = table("concepts").start() | {"strength": 0.5}
    page = EVERY_PAGE["concepts"]
    for gathering in GATHERINGS:
        here = state | {"gathering": gathering}
        exec(page.snippet(None, here), {})
        value, *_ = capsys.readouterr().out.split()
        assert float(value) == pytest.approx(page.answer(here)["values"][gathering], abs=1e-6)
