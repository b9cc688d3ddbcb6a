"""The code to copy of the concepts page."""

from catalog import Loss
from live.families.base import State
from live.families.snippets import float_text

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
