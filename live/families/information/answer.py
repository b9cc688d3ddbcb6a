"""Torch's own answer to a state of the information page."""

from typing import Any

import torch

from catalog import family
from experiments.information import fit
from live.families.autograd import json_number
from live.families.base import State
from live.families.information.inputs import distributions, fit_inputs, goal, gradient
from live.families.loss_numbers import keywords


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every quantity, the gradient in the state's coordinates; and the fit's
    two divergences where the view shows them."""
    values, gradients = {}, {}
    _, model = distributions(state)
    for loss in family("information"):
        target = goal(loss, state)
        value = loss.call(model, target, **keywords(loss, state))
        slope = gradient(loss, state, model, target)
        values[loss.id] = json_number(value.item())
        gradients[loss.id] = [json_number(part) for part in slope.tolist()]
    found = {"values": values, "gradients": gradients}
    return found | {"fit": _answer_fit(state)} if state["view"] == "gaussians" else found


def _answer_fit(state: State) -> dict[str, Any]:
    inputs = fit_inputs(state)
    leaf = inputs.pop("prediction").requires_grad_()
    found = fit(leaf, **inputs)
    values, gradients = {}, {}
    for direction in ("forward", "reverse"):
        (slope,) = torch.autograd.grad(found[direction], leaf, retain_graph=True)
        values[direction] = json_number(found[direction].item())
        gradients[direction] = [json_number(part) for part in slope.tolist()]
    return {"values": values, "gradients": gradients}
