"""The numbers that the scenes of the regression page speak of."""

import torch

from catalog import Loss
from experiments.measures.readings import State, keywords, reading
from experiments.regression import best_constant, descend, fit_line


def measure(loss: Loss, state: State, quantity: str, after: int | None) -> float:
    """A reading; the "prediction" itself; the "minimum" of the optimum view, the position of the
    best constant; the "slope" and "intercept" of the line view's fit."""
    given = keywords(loss, state)
    if quantity == "minimum":
        targets, shares = outlier_example(state["outliers"])
        return float(best_constant(loss.function, targets, shares, **given))
    if quantity in ("slope", "intercept"):
        x, y = torch.tensor(state["points"], dtype=torch.float64).unbind(-1)
        line = fit_line(loss.function, x, y, **given)
        return float(line[quantity == "slope"])
    prediction = float(state["prediction"])
    if after is not None:
        path = descend(
            loss.function, prediction, state["target"], rate=state["rate"], steps=after, **given
        )
        prediction = path[-1].item()
    if quantity == "prediction":
        return prediction
    tensors = [torch.tensor(v, dtype=torch.float64) for v in (prediction, state["target"])]
    return reading(loss, *tensors, quantity, given)


def outlier_example(percent: float) -> tuple[torch.Tensor, torch.Tensor]:
    """The notes' example: most targets are 1000, `percent` of them 10; with their shares."""
    share = torch.tensor(percent / 100, dtype=torch.float64)
    return torch.tensor([1000.0, 10.0], dtype=torch.float64), torch.stack([1 - share, share])
