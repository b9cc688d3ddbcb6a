"""The regression page: a curve, a constant and a line."""

from collections.abc import Sequence
from typing import Any

import torch

from experiments.regression import TELEPHONE_CALLS
from live.answers import autograd_answer
from live.families.family import FamilyPage, State
from live.snippets import argument_list, float_text
from live.state import Choice, Flag, Number, Points, Row, Several
from live.tapes import loss_tapes
from losses.catalog import Loss, family


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("regression"))
    return [
        Choice("view", "curve", ("curve", "optimum", "line")),
        Several("losses", ids[:5], ids),
        Choice("loss", "huber_loss", ids),
        Number("prediction", 3.0, -5.0, 5.0),
        Number("target", 0.0, -5.0, 5.0),
        Number("rate", 0.3, 0.01, 5.0, logarithmic=True),
        Flag("curvature", False),
        Number("outliers", 5.0, 0.0, 60.0),
        Number("guess", 700.0, 0.0, 1100.0),
        Points("points", TELEPHONE_CALLS, (1945.0, 1980.0), (-20.0, 260.0)),
    ]


def tapes() -> dict[str, dict[str, Any]]:
    """Every loss of one residual, with its first and second derivative."""
    return loss_tapes("regression", {"prediction": (), "target": ()}, order=2)


def answer(state: State) -> dict[str, Any]:
    """Value and derivative of every loss at the state's prediction."""
    tensors = [torch.tensor(state[k], dtype=torch.float64) for k in ("prediction", "target")]
    return autograd_answer("regression", state, tensors[0], {"target": tensors[1]})


SNIPPET = """\
import torch

from losses import {function}

prediction = torch.tensor({prediction}, dtype=torch.float64, requires_grad=True)
target = torch.tensor({target}, dtype=torch.float64)

loss = {function}(prediction, target{arguments})
loss.backward()
print(f"{{loss.item():.6f}}", prediction.grad.item())
"""


def snippet(loss: Loss, state: State) -> str:
    """The chosen loss and its derivative."""
    return SNIPPET.format(
        function=loss.id,
        prediction=float_text(state["prediction"]),
        target=float_text(state["target"]),
        arguments=argument_list(loss, state),
    )


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss against the residual."""
    residual = torch.linspace(-3, 3, 61, dtype=torch.float64)
    return residual, loss.function(
        residual, torch.zeros_like(residual), **loss.defaults(), reduction="none"
    )


PAGE = FamilyPage("regression", rows, tapes, answer, snippet, profile=profile)
