"""The numbers that the scenes of the regression page speak of."""

import torch

from catalog import Loss
from experiments.best_line import fit_line
from experiments.descent import descend
from experiments.regression import best_constant
from live.families.base import State
from live.families.loss_numbers import keywords, reading
from live.families.regression.inputs import QUANTILES, outlier_example


def quantity(loss: Loss, state: State, name: str, after: int | None) -> float:
    """A reading; the "prediction" itself; the "minimum" of the optimum view, the position of the
    best constant; the "slope" and "intercept" of the line view's fit; the "crossing", the x at
    which the lines of the lowest and the highest of `QUANTILES` meet."""
    given = keywords(loss, state)
    if name == "minimum":
        targets, shares = outlier_example(state["outliers"])
        return float(best_constant(loss.function, targets, shares, **given))
    if name in ("slope", "intercept"):
        x, y = torch.tensor(state["points"], dtype=torch.float64).unbind(-1)
        line = fit_line(loss.function, x, y, **given)
        return float(line[name == "slope"])
    if name == "crossing":
        x, y = torch.tensor(state["points"], dtype=torch.float64).unbind(-1)
        low, high = (
            fit_line(loss.function, x, y, tau=tau) for tau in (QUANTILES[0], QUANTILES[-1])
        )
        return float((high[0] - low[0]) / (low[1] - high[1]))
    prediction, target = (
        torch.tensor(state[key], dtype=torch.float64) for key in ("prediction", "target")
    )
    if after is not None:
        prediction = descend(
            lambda p: loss.call(p, target, **given), prediction, rate=state["rate"], steps=after
        )[-1]
    if name == "prediction":
        return prediction.item()
    return reading(loss, prediction, target, name=name, given=given)
