"""The numbers that scenes speak of, by name, computed by torch from a state.

A scene's question has an answer, the answer states facts, and each fact is one of these numbers:
`measure("boxes", state, "giou_loss", "area", after=20)` is the area of GIoU's box after 20 steps.
"""

from collections.abc import Mapping
from typing import Any

import torch

from experiments import boxes, regression
from losses.catalog import CATALOG, Loss

State = Mapping[str, Any]
IMAGE_SIZE = (8.0, 6.0)
"""Width and height of the box stage's picture, in its own units."""

CONTEXT: dict[str, Any] = {"image_size": IMAGE_SIZE}


def keywords(loss: Loss, state: State) -> dict[str, Any]:
    """The arguments of `loss` that a state sets, and those that the page must give."""
    names = [item.name for item in (*loss.parameters, *loss.options)]
    chosen = {name: state[f"{loss.id}.{name}"] for name in names}
    return chosen | {name: CONTEXT[name] for name in loss.context}


def measure(
    family: str, state: State, loss_id: str, quantity: str, after: int | None = None
) -> float:
    """One number of a state.

    Args:
        family: `"boxes"` or `"regression"`.
        state: A complete state of that family's page.
        loss_id: The loss that the number is about.
        quantity: "value", "gradient" (its length) or a reading of the loss; what else there is,
            see `_box_quantity` and `_regression_quantity`.
        after: The number of descent steps after which to look; `None` looks at the state itself.

    Raises:
        ValueError: for a quantity that is not known.
    """
    loss = CATALOG[loss_id]
    if family == "boxes":
        return _box_quantity(loss, state, quantity, after)
    return _regression_quantity(loss, state, quantity, after)


def value_and_gradient(
    loss: Loss, prediction: torch.Tensor, target: torch.Tensor, given: Mapping[str, Any]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Value and gradient of one pair."""
    leaf = prediction.detach().clone().requires_grad_()
    value = loss.function(leaf, target, **given)
    return value.detach(), torch.autograd.grad(value, leaf)[0]


def _box_quantity(loss: Loss, state: State, quantity: str, after: int | None) -> float:
    target = torch.tensor(state["target"], dtype=torch.float64)
    box = torch.tensor(state["prediction"], dtype=torch.float64)
    given = keywords(loss, state)
    if after is not None:
        box = boxes.descend(
            loss.function, box, target,
            rate=state["rate"], steps=after, coordinates=state["coordinates"], **given,
        )[-1]  # fmt: skip
    x1, y1, x2, y2 = box.tolist()
    plain = {
        "width_of_prediction": x2 - x1,
        "height_of_prediction": y2 - y1,
        "area": (x2 - x1) * (y2 - y1),
        "coordinate_l1": (box - target).abs().mean().item(),
    }
    return plain[quantity] if quantity in plain else _reading(loss, box, target, quantity, given)


def _regression_quantity(loss: Loss, state: State, quantity: str, after: int | None) -> float:
    given = keywords(loss, state)
    if quantity == "minimum":
        targets, shares = outlier_example(state["outliers"])
        return float(regression.best_constant(loss.function, targets, shares, **given))
    if quantity in ("slope", "intercept"):
        x, y = torch.tensor(state["points"], dtype=torch.float64).unbind(-1)
        line = regression.fit_line(loss.function, x, y, **given)
        return float(line[quantity == "slope"])
    prediction = float(state["prediction"])
    if after is not None:
        path = regression.descend(
            loss.function, prediction, state["target"], rate=state["rate"], steps=after, **given
        )
        prediction = path[-1].item()
    if quantity == "prediction":
        return prediction
    tensors = [torch.tensor(v, dtype=torch.float64) for v in (prediction, state["target"])]
    return _reading(loss, *tensors, quantity, given)


def outlier_example(percent: float) -> tuple[torch.Tensor, torch.Tensor]:
    """The notes' example: most targets are 1000, `percent` of them 10; with their shares."""
    share = torch.tensor(percent / 100, dtype=torch.float64)
    return torch.tensor([1000.0, 10.0], dtype=torch.float64), torch.stack([1 - share, share])


def _reading(
    loss: Loss,
    prediction: torch.Tensor,
    target: torch.Tensor,
    quantity: str,
    given: Mapping[str, Any],
) -> float:
    if quantity in ("value", "gradient"):
        value, gradient = value_and_gradient(loss, prediction, target, given)
        return (value if quantity == "value" else gradient.norm()).item()
    readings = loss.readings(prediction, target, **given)
    if quantity not in readings:
        raise ValueError(f"{loss.id} has no quantity {quantity!r}; it has {', '.join(readings)}")
    return readings[quantity].item()
