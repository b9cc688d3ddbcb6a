"""The code to copy of the regression page: one program for each view."""

from catalog import Loss
from live.families.base import State
from live.families.regression.answer import best_line
from live.families.regression.inputs import outlier_example
from live.families.snippets import argument_list, float_list, float_text

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

each = {function}(guess.expand_as(targets), targets, reduction="none"{arguments})
loss = (shares * each).sum()
loss.backward()
print(f"{{loss.item():.6f}}", guess.grad.item())
""",
    "line": """\
import torch

from losses import {function}

x = torch.tensor({x}, dtype=torch.float64)
y = torch.tensor({y}, dtype=torch.float64)

# Of all lines the one with the smallest mean loss.
slope, intercept = {slope!r}, {intercept!r}
loss = {function}(intercept + slope * x, y{arguments})
print(f"{{loss.item():.6f}}", slope, intercept)
""",
}
"""One program a view."""
NO_LINE = "# All points have the same x: no line is better than all others.\n"


def snippet(loss: Loss, state: State) -> str:
    """The chosen loss and its derivative; its mean at the guess; or its best line."""
    line = best_line(loss, state) if state["view"] == "line" else [0.0, 0.0]
    if not line:
        return NO_LINE
    targets, shares = outlier_example(state["outliers"])
    x, y = zip(*state["points"], strict=True)
    return SNIPPETS[state["view"]].format(
        function=loss.id,
        prediction=float_text(state["prediction"]),
        target=float_text(state["target"]),
        guess=float_text(state["guess"]),
        targets=float_list(targets.tolist()),
        shares=float_list(shares.tolist()),
        slope=line[0],
        intercept=line[1],
        x=float_list(x),
        y=float_list(y),
        arguments=argument_list(loss, state),
    )
