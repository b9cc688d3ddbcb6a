"""The best constant that the browser finds from tapes is torch's."""

import numpy as np
import pytest
import torch

from experiments.regression import best_constant
from tests.web.families.regression.stage_losses import FITS, LOSSES, MODEL, given

FIND = f"""async ({{ BestConstant }}, losses, tapes, state, chosen, cases, convex) => {{
  {MODEL}
  const search = new BestConstant(model);
  return cases.map((targets) => search.find(loss, state, targets, convex));
}}"""
every_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.id)


def found(modules, loss, cases):
    targets = [[{"value": v, "share": s} for v, s in zip(*case, strict=True)] for case in cases]
    path = "families/regression/best_constant.js"
    return modules(path, FIND, *given(loss.id), targets, FITS[loss.id] != "search")


def random_cases():
    generator = np.random.default_rng(0)
    for size in (1, 2, 3, 7):
        for spread in (0.1, 5, 1000):
            values = spread * generator.standard_normal(size)
            shares = generator.exponential(size=size)
            yield values.tolist(), (shares / shares.sum()).tolist()


@every_loss
def test_it_is_torchs(modules, loss):
    cases = list(random_cases())
    for (values, shares), ours in zip(cases, found(modules, loss, cases), strict=True):
        parameters = loss.defaults()
        theirs = best_constant(loss.function, values, shares, **parameters)

        def mean(constant, values=values, shares=shares, parameters=parameters):
            where = torch.full((len(values),), constant, dtype=torch.float64)
            targets, weight = (torch.tensor(v, dtype=torch.float64) for v in (values, shares))
            return loss.function(where, targets, weight=weight, **parameters).item()

        assert ours["value"] == pytest.approx(mean(ours["position"]), rel=1e-9, abs=1e-12)
        assert mean(ours["position"]) <= mean(theirs) * (1 + 1e-9) + 1e-15
        if FITS[loss.id] != "search" and not ours["tie"]:
            size = max(map(abs, values))
            assert ours["position"] == pytest.approx(theirs, abs=1e-6 * max(1, size))


@every_loss
def test_a_target_without_a_share_pulls_at_nothing(modules, loss):
    (alone,) = found(modules, loss, [([3.0, 900.0], [1.0, 0.0])])
    assert alone["position"] == 3
    assert alone["value"] == pytest.approx(0, abs=1e-12)


def test_between_two_equal_targets_every_constant_is_as_good_for_l1(modules):
    loss = next(loss for loss in LOSSES if loss.id == "l1_loss")
    (tie,) = found(modules, loss, [([0.0, 10.0], [0.5, 0.5])])
    assert tie["tie"]
    assert tie["position"] == pytest.approx(5)
