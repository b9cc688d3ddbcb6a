"""The line that the browser fits from tapes is torch's."""

import numpy as np
import pytest
import torch

from experiments.best_line import fit_line
from experiments.regression import TELEPHONE_CALLS
from tests.web.families.regression.stage_losses import FITS, LOSSES, MODEL, given

FIT = f"""async ({{ LineFit, Points }}, losses, tapes, state, chosen, cases, kind, follow) => {{
  {MODEL}
  const fit = new LineFit(model);
  let previous = null;
  return cases.map((points) => {{
    const found = fit.fit(loss, state, new Points(points), kind, previous);
    if (follow) previous = found;
    return found && {{ intercept: found.intercept, slope: found.slope, value: found.value }};
  }});
}}"""
every_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.id)


def fitted(modules, loss, cases, follow=False):
    path = "families/regression/line_fit.js"
    return modules(path, FIT, *given(loss.id), cases, FITS[loss.id], follow)


def clouds():
    generator = np.random.default_rng(1)
    yield [list(point) for point in TELEPHONE_CALLS]
    for size in (2, 5, 12):
        x = generator.uniform(1950, 1973, size)
        y = 0.3 * (x - 1960) + generator.standard_normal(size)
        y[generator.random(size) < 0.2] += 15
        yield np.stack([x, y], 1).tolist()


def mean(loss, points, intercept, slope):
    x, y = torch.tensor(points, dtype=torch.float64).T
    return loss.function(intercept + slope * x, y, **loss.defaults()).item()


@every_loss
def test_no_line_of_torchs_is_better(modules, loss):
    cases = list(clouds())
    for points, ours in zip(cases, fitted(modules, loss, cases), strict=True):
        theirs = fit_line(loss.function, *np.array(points).T, **loss.defaults())
        value = mean(loss, points, ours["intercept"], ours["slope"])
        assert ours["value"] == pytest.approx(value, rel=1e-7, abs=1e-9)
        assert value <= mean(loss, points, *theirs) * (1 + 1e-7) + 1e-9


@every_loss
def test_a_point_that_is_dragged_is_followed_to_the_same_line_as_from_nowhere(modules, loss):
    """The search of a convex loss starts from the line before; that must not show."""
    start = next(clouds())
    cases = [[[x, y + (k if i == 4 else 0)] for i, (x, y) in enumerate(start)] for k in range(6)]
    followed = fitted(modules, loss, cases, follow=True)
    for one, other in zip(followed, fitted(modules, loss, cases), strict=True):
        assert one["value"] == pytest.approx(other["value"], rel=1e-9)


def test_points_above_each_other_have_no_line(modules):
    for loss in LOSSES:
        assert fitted(modules, loss, [[[3, 1], [3, 2], [3, 9]]]) == [None]
