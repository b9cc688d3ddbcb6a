"""The concepts page: loss, cost and objective of one small training."""

from collections.abc import Sequence
from typing import Any

import torch

from catalog import Loss
from experiments.concepts import GATHERINGS, POINTS, objective
from live.families.autograd import json_number
from live.families.base import FamilyPage, State
from live.families.snippets import float_text
from live.state.rows import Choice, Number, Points, Row
from live.tape.program import Program


def rows() -> Sequence[Row]:
    count = len(POINTS)
    return [
        Points("points", POINTS, (-4.0, 4.0), (-4.0, 4.0), least=count, most=count),
        Number("sample", 5.0, 0.0, count - 1.0),
        Number("slope", -0.4, -4.0, 4.0),
        Number("intercept", 1.5, -4.0, 4.0),
        Choice("gathering", "mean", GATHERINGS),
        Number("strength", 0.0, 0.0, 4.0),
        Number("rate", 0.1, 0.001, 2.0, logarithmic=True),
    ]


def programs() -> dict[str, Program]:
    """One tape per gathering."""
    shapes = {"line": (2,), "points": (len(POINTS), 2), "sample": (len(POINTS),), "strength": ()}

    def training(gathering: str) -> Program:
        def outputs(**inputs: torch.Tensor) -> dict[str, torch.Tensor]:
            return objective(**inputs, gathering=gathering)

        return Program(outputs, shapes, differentiate="line", order=1)

    return {gathering: training(gathering) for gathering in GATHERINGS}


def answer(state: State) -> dict[str, Any]:
    """Objective and gradient under every gathering."""
    points = torch.tensor(state["points"], dtype=torch.float64)
    sample = torch.zeros(len(points), dtype=torch.float64)
    values, gradients = {}, {}
    for gathering in GATHERINGS:
        line = torch.tensor([state["slope"], state["intercept"]], dtype=torch.float64)
        line.requires_grad_()
        strength = state["strength"]
        found = objective(line, points, sample, strength=strength, gathering=gathering)["value"]
        found.backward()
        values[gathering] = json_number(found.item())
        gradients[gathering] = [json_number(g) for g in line.grad.tolist()]
    return {"values": values, "gradients": gradients}


SNIPPET = """\
import torch

from losses import {function}, l2_penalty

points = torch.tensor({points}, dtype=torch.float64)
line = torch.tensor([{slope}, {intercept}], dtype=torch.float64, requires_grad=True)

x, y = points.unbind(-1)
cost = {function}(line[0] * x + line[1], y, reduction="{reduction}")
objective = cost + l2_penalty(line[:1], strength={strength})
objective.backward()
print(f"{{objective.item():.6f}}", line.grad.tolist())
"""


def snippet(loss: Loss | None, state: State) -> str:
    """The objective and its gradient in slope and intercept."""
    return SNIPPET.format(
        function="half_mse_loss" if state["gathering"] == "half_mean" else "mse_loss",
        reduction="sum" if state["gathering"] == "sum" else "mean",
        points=[[float(float_text(v)) for v in point] for point in state["points"]],
        slope=float_text(state["slope"]),
        intercept=float_text(state["intercept"]),
        strength=float_text(state["strength"]),
    )


PAGE = FamilyPage("concepts", rows, programs, answer, snippet)
