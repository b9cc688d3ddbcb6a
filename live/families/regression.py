"""The regression page: a curve, a constant and a line."""

from collections.abc import Sequence
from typing import Any

import torch

from catalog import Loss, family
from experiments.measures.regression import outlier_example
from experiments.regression import TELEPHONE_CALLS
from live.families import regression_answers
from live.families.autograd import autograd_answer
from live.families.base import FamilyPage, State
from live.families.snippets import argument_list, float_list, float_text
from live.state.rows import Choice, Flag, Number, Points, Row, Several
from live.tape.loss_tapes import loss_programs
from live.tape.program import Program

FIRST_SHOWN = ("l1_loss", "mse_loss", "half_mse_loss", "smooth_l1_loss", "huber_loss")
POINTS = Points("points", TELEPHONE_CALLS, (1945.0, 1980.0), (-20.0, 260.0))


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("regression"))
    return [
        Choice("view", "curve", ("curve", "optimum", "line")),
        Several("losses", FIRST_SHOWN, ids),
        Choice("loss", "huber_loss", ids),
        Number("prediction", 3.0, -5.0, 5.0),
        Number("target", 0.0, -5.0, 5.0),
        Number("rate", 0.3, 0.01, 5.0, logarithmic=True),
        Flag("curvature", False),
        Number("outliers", 5.0, 0.0, 60.0),
        Number("guess", 700.0, 0.0, 1100.0),
        POINTS,
    ]


def programs() -> dict[str, Program]:
    """Every loss of one residual, with its first and second derivative; under "value:<id>" the
    short tape of the value alone, for the places where thousands of values are compared."""
    shapes = {"prediction": (), "target": ()}
    found = loss_programs("regression", shapes, order=2)
    values = loss_programs("regression", shapes, order=0)
    return found | {f"value:{key}": program for key, program in values.items()}


def answer(state: State) -> dict[str, Any]:
    """What torch finds for the view of the state; `found` holds what the view searched for."""
    if state["view"] == "optimum":
        return regression_answers.optimum(state)
    if state["view"] == "line":
        return regression_answers.line(state)
    tensors = [torch.tensor(state[k], dtype=torch.float64) for k in ("prediction", "target")]
    return autograd_answer("regression", state, tensors[0], {"target": tensors[1]})


SNIPPETS = {
    "curve": """\
import torch

from losses import {function}

prediction = torch.tensor({prediction}, dtype=torch.float64, requires_grad=True)
target = torch.tensor({target}, dtype=torch.float64)

loss = {function}(prediction, target{arguments})
loss.backward()
print(f"{{loss.item():.6f}}", prediction.grad.item())
""",
    "optimum": """\
import torch

from losses import {function}

guess = torch.tensor({guess}, dtype=torch.float64, requires_grad=True)
targets = torch.tensor({targets}, dtype=torch.float64)
shares = torch.tensor({shares}, dtype=torch.float64)

loss = {function}(guess, targets, weight=shares{arguments})
loss.backward()
print(f"{{loss.item():.6f}}", guess.grad.item())
""",
    "line": """\
import torch

from experiments.regression import fit_line
from losses import {function}

x = torch.tensor({x}, dtype=torch.float64)
y = torch.tensor({y}, dtype=torch.float64)

intercept, slope = fit_line({function}, x, y{arguments})
loss = {function}(intercept + slope * x, y{arguments})
print(f"{{loss.item():.6f}}", slope, intercept)
""",
}
"""One program a view."""


def snippet(loss: Loss, state: State) -> str:
    """The chosen loss and its derivative; its mean at the guess; or its best line."""
    targets, shares = outlier_example(state["outliers"])
    x, y = zip(*state["points"], strict=True)
    return SNIPPETS[state["view"]].format(
        function=loss.id,
        prediction=float_text(state["prediction"]),
        target=float_text(state["target"]),
        guess=float_text(state["guess"]),
        targets=float_list(targets.tolist()),
        shares=float_list(shares.tolist()),
        x=float_list(x),
        y=float_list(y),
        arguments=argument_list(loss, state),
    )


def extras() -> dict[str, Any]:
    """How each loss is fitted, the two targets of the notes' example, where points may lie."""
    return {
        "fits": {loss.id: _way_to_fit(loss) for loss in family("regression")},
        "optimum_targets": outlier_example(0.0)[0].tolist(),
        "point_bounds": {
            "x": POINTS.x_range,
            "y": POINTS.y_range,
            "least": POINTS.least,
            "most": POINTS.most,
        },
    }


def _way_to_fit(loss: Loss) -> str:
    if loss.properties.piecewise_linear:
        return "vertices"
    return "newton" if loss.properties.convex else "search"


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss against the residual."""
    residual = torch.linspace(-3, 3, 61, dtype=torch.float64)
    return residual, loss.call(
        residual, torch.zeros_like(residual), **loss.defaults(), reduction="none"
    )


PAGE = FamilyPage("regression", rows, programs, answer, snippet, extras, profile)
