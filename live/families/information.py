"""The information page: two distributions as bars, and a Gaussian fitted to two humps."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from catalog import Loss, family, views
from experiments.information import REACH, SPACING, fit, through_softmax
from experiments.measures.information import (
    HUMPS,
    distributions,
    fit_inputs,
    goal,
    gradient,
)
from experiments.measures.readings import keywords
from live.families.autograd import json_number
from live.families.base import FamilyPage, State
from live.families.information_snippets import bars_snippet, fit_snippet
from live.state.rows import Choice, Number, Row, Several, finite_numbers, number_text
from live.tape.loss_tapes import choices, program, tape_key
from live.tape.program import Program

LEAST, MOST = 3, 6
SHOWN = 8.0
"""The picture of the densities shows −8 … 8."""
Pair = tuple[tuple[float, ...], tuple[float, ...]]
NAT = {"nats": 1.0, "bits": 1 / math.log(2)}
"""One nat in each unit."""
START: Pair = ((0.5, 0.3, 0.15, 0.05), (0.1, 0.2, 0.3, 0.4))


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
        return ":".join(",".join(map(number_text, half)) for half in value)

    def allowed(self) -> tuple[str, dict[str, str]]:
        return "allowed_distributions", {"least": str(self.least), "most": str(self.most)}


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("information"))
    return [
        Choice("view", "bars", tuple(views("information"))),
        Several("losses", ids, ids),
        Choice("loss", "cross_entropy", ids),
        Distributions("distributions", START),
        Choice("outcome", "1", tuple(str(i + 1) for i in range(MOST))),
        Choice("coordinates", "logits", ("logits", "probabilities")),
        Number("rate", 0.1, 0.01, 5.0, logarithmic=True),
        Number("mean", 1.0, -5.0, 5.0),
        Number("width", 1.0, 0.25, 4.0),
        Number("first_mean", -3.0, -5.0, 5.0),
        Number("first_width", 0.6, 0.25, 4.0),
        Number("second_mean", 3.0, -5.0, 5.0),
        Number("second_width", 0.8, 0.25, 4.0),
        Number("share", 0.5, 0.02, 0.98),
    ]


def settle(state: State) -> State:
    """A view shows its own quantities; a link may name another."""
    shown = [loss.id for loss in views("information")[state["view"]]]
    return state if state["loss"] in shown else {**state, "loss": shown[0]}


def programs() -> dict[str, Program]:
    """Every quantity for each number of outcomes; the way through the softmax; both fits."""
    found = {}
    for count in range(LEAST, MOST + 1):
        pair = {"prediction": (count,), "target": (count,)}
        for loss in family("information"):
            for options in choices(loss):
                found[_key(tape_key(loss, options), count)] = Program(
                    program(loss, options), pair, differentiate="prediction", order=1
                )
        logits = {"logits": (count,), "gradient": (count,)}
        found[_key("through_softmax", count)] = Program(through_softmax, logits)
        found[_key("to_logits", count)] = Program(_to_logits, {"prediction": (count,)})
    shapes = {"prediction": (2,), **dict.fromkeys(HUMPS, ())}
    for direction in ("forward", "reverse"):
        found[direction] = Program(
            _descended(direction), shapes, differentiate="prediction", order=1
        )
    return found


def _key(name: str, count: int) -> str:
    """`kl_divergence:nats` for as many outcomes as a page starts with, `3:kl_divergence:nats`."""
    return name if count == len(START[0]) else f"{count}:{name}"


def _to_logits(prediction: torch.Tensor) -> dict[str, torch.Tensor]:
    return {"logits": prediction.log()}


def _descended(direction: str) -> Callable[..., dict[str, torch.Tensor]]:
    """One direction of the divergence, the density that it averages over, and what it adds up."""

    def outputs(**inputs: torch.Tensor) -> dict[str, torch.Tensor]:
        found = fit(**inputs)
        truth, model = found["target"], found["model"]
        if direction == "reverse":
            truth, model = model, truth
        density = truth.exp()
        return {
            "value": found[direction],
            "density": density,
            "integrand": density * (truth - model),
        }

    return outputs


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


def snippet(loss: Loss, state: State) -> str:
    """What the view shows, as code to copy."""
    return fit_snippet(state) if state["view"] == "gaussians" else bars_snippet(loss, state)


def extras() -> dict[str, Any]:
    return {
        "nat": NAT,
        "outcomes": [LEAST, MOST],
        "grid": {"reach": REACH, "spacing": SPACING, "shown": SHOWN},
        "limits": {row.name: [row.low, row.high] for row in rows() if isinstance(row, Number)},
    }


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The quantity for two outcomes, over the first one's probability in Q."""
    first = torch.linspace(0.02, 0.98, 97, dtype=torch.float64)
    happened = (1.0, 0.0) if loss.arguments == ("probability",) else (0.7, 0.3)
    truth = torch.tensor(happened, dtype=torch.float64)
    model = torch.stack([first, 1 - first], -1)
    return first, loss.call(model, truth, reduction="none")


PAGE = FamilyPage("information", rows, programs, answer, snippet, extras, profile, settle)
