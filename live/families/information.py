"""The information page: two distributions as bars, and a Gaussian fitted to two humps."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from experiments.information import REACH, SPACING, fit, through_softmax
from experiments.measures.information import (
    HUMPS,
    distributions,
    fit_inputs,
    goal,
    gradient,
)
from experiments.measures.readings import keywords
from live.answers import finite_or_none
from live.families.family import FamilyPage, State
from live.snippets import argument_list
from live.state import Choice, Number, Row, Several, finite_numbers
from live.tape import record
from live.tapes import choices, program, tape_key
from losses.catalog import Loss, family

LEAST, MOST = 3, 6
SHOWN = 8.0
"""The picture of the densities shows −8 … 8."""
Pair = tuple[tuple[float, ...], tuple[float, ...]]


@dataclass(frozen=True)
class Distributions:
    """P and Q over the same outcomes, written 0.5,0.3,0.2:0.2,0.5,0.3."""

    name: str
    default: Pair
    least: int = LEAST
    most: int = MOST

    def parse(self, text: str) -> Pair:
        return self.check([[float(part) for part in half.split(",")] for half in text.split(":")])

    def check(self, value: Any) -> Pair:
        if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
            raise ValueError(self.name)
        count = len(value[0])
        if not self.least <= count <= self.most:
            raise ValueError(self.name)
        truth, model = (finite_numbers(half, count) for half in value)
        for half in (truth, model):
            if min(half) < 0 or abs(math.fsum(half) - 1) > 1e-6:
                raise ValueError(self.name)
        return truth, model

    def text(self, value: Sequence[Sequence[float]]) -> str:
        # As many digits as keep the sum at 1 and the number that torch checks the same.
        return ":".join(",".join(f"{part:.10g}" for part in half) for half in value)

    def allowed(self) -> tuple[str, dict[str, str]]:
        return "allowed_distributions", {"least": str(self.least), "most": str(self.most)}


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("information"))
    start = ((0.5, 0.3, 0.15, 0.05), (0.1, 0.2, 0.3, 0.4))
    return [
        Choice("view", "bars", ("bars", "gaussians")),
        Several("losses", ids, ids),
        Choice("loss", "cross_entropy", ids),
        Distributions("distributions", start),
        Choice("outcome", "1", tuple(str(i + 1) for i in range(MOST))),
        Choice("coordinates", "logits", ("logits", "probabilities")),
        Number("rate", 0.2, 0.01, 5.0, logarithmic=True),
        Number("mean", 0.5, -5.0, 5.0),
        Number("width", 1.0, 0.25, 4.0),
        Number("first_mean", -2.5, -5.0, 5.0),
        Number("first_width", 0.7, 0.25, 4.0),
        Number("second_mean", 2.5, -5.0, 5.0),
        Number("second_width", 1.0, 0.25, 4.0),
        Number("share", 0.5, 0.02, 0.98),
    ]


def tapes() -> dict[str, dict[str, Any]]:
    """Every quantity for each number of outcomes; the way through the softmax; both fits."""
    found = {}
    for count in range(LEAST, MOST + 1):
        pair = {"prediction": (count,), "target": (count,)}
        for loss in family("information"):
            for options in choices(loss):
                found[f"{tape_key(loss, options)}@{count}"] = record(
                    program(loss, options), pair, differentiate="prediction", order=1
                )
        logits = {"logits": (count,), "gradient": (count,)}
        found[f"through_softmax@{count}"] = record(through_softmax, logits)
        found[f"to_logits@{count}"] = record(_to_logits, {"prediction": (count,)})
    shapes = {"prediction": (2,), **dict.fromkeys(HUMPS, ())}
    for direction, densities in (("forward", "target"), ("reverse", "model")):
        found[direction] = record(
            _descended(direction, densities), shapes, differentiate="prediction", order=1
        )
    return found


def _to_logits(prediction: torch.Tensor) -> dict[str, torch.Tensor]:
    return {"logits": prediction.log()}


def _descended(direction: str, densities: str) -> Any:
    """One direction of the divergence, and the density that it averages over."""

    def outputs(**inputs: torch.Tensor) -> dict[str, torch.Tensor]:
        found = fit(**inputs)
        return {"value": found[direction], "density": found[densities].exp()}

    return outputs


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of all that the view shows, the gradient in the state's coordinates."""
    if state["view"] == "gaussians":
        return _answer_fit(state)
    values, gradients = {}, {}
    _, model = distributions(state)
    for loss in family("information"):
        target = goal(loss, state)
        value = loss.function(model, target, **keywords(loss, state))
        slope = gradient(loss, state, model, target)
        values[loss.id] = finite_or_none(value.item())
        gradients[loss.id] = [finite_or_none(part) for part in slope.tolist()]
    return {"values": values, "gradients": gradients}


def _answer_fit(state: State) -> dict[str, Any]:
    inputs = fit_inputs(state)
    leaf = inputs.pop("prediction").requires_grad_()
    found = fit(leaf, **inputs)
    slopes = {
        direction: torch.autograd.grad(found[direction], leaf, retain_graph=True)[0]
        for direction in ("forward", "reverse")
    }
    return {
        "values": {name: finite_or_none(found[name].item()) for name in slopes},
        "gradients": {
            name: [finite_or_none(part) for part in slope.tolist()]
            for name, slope in slopes.items()
        },
    }


SNIPPET = """\
import torch

from losses import {function}

{tensors}

loss = {call}
loss.backward()
print(f"{{loss.item():.6f}}", q.grad.tolist())
"""

CALLS = {
    "self_information": "self_information(q[{chosen}]{arguments})",
    "entropy": "entropy(q{arguments})",
    "cross_entropy": "cross_entropy(truth=p, model=q{arguments})",
    "kl_divergence": "kl_divergence(truth=p, model=q{arguments})",
    "js_divergence": "js_divergence(q, p{arguments})",
    "wasserstein_distance": "wasserstein_distance(q, p)",
}


def snippet(loss: Loss, state: State) -> str:
    """The chosen quantity and its gradient in the probabilities of Q."""
    truth, model = state["distributions"]
    lines = [_tensor("p", truth, "")] if "p" in _names(CALLS[loss.id]) else []
    lines.append(_tensor("q", model, ", requires_grad=True"))
    chosen = min(int(state["outcome"]), len(truth)) - 1
    call = CALLS[loss.id].format(chosen=chosen, arguments=argument_list(loss, state))
    return SNIPPET.format(function=loss.id, tensors="\n".join(lines), call=call)


def _names(call: str) -> set[str]:
    return set(call.replace("(", " ").replace(")", " ").replace("=", " ").replace(",", " ").split())


def _tensor(name: str, values: Sequence[float], more: str) -> str:
    # Rounding to fewer digits could leave a sum that is no longer 1.
    numbers = ", ".join(repr(float(f"{value:.10g}")) for value in values)
    return f"{name} = torch.tensor([{numbers}], dtype=torch.float64{more})"


def extras() -> dict[str, Any]:
    return {
        "outcomes": [LEAST, MOST],
        "grid": {"reach": REACH, "spacing": SPACING, "shown": SHOWN},
        "limits": {row.name: [row.low, row.high] for row in rows() if isinstance(row, Number)},
    }


PAGE = FamilyPage("information", rows, tapes, answer, snippet, extras)
