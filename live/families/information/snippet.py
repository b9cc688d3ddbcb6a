"""The code to copy of the information page: one quantity of two distributions, or the fit."""

from collections.abc import Sequence

from catalog import Loss
from experiments.information import REACH, SPACING
from live.families.base import State
from live.families.snippets import argument_list, float_text


def snippet(loss: Loss, state: State) -> str:
    """What the view shows, as code to copy."""
    return fit_snippet(state) if state["view"] == "gaussians" else bars_snippet(loss, state)


GIVEN = {
    "probability": "q[{chosen}]",
    "distribution": "q",
    "first": "q",
    "second": "p",
    "truth": "truth=p",
    "model": "model=q",
}
"""What stands in the call for each argument of a function, by the name that it has there."""

BARS = """\
import torch

from losses import {function}

{tensors}

loss = {call}
loss.backward()
print(f"{{loss.item():.6f}}", {leaf}.grad.tolist())
"""

FIT = """\
import torch

from losses.densities import divergence_of_densities, normal_log_density, two_hump_log_density

x = torch.linspace(-{reach}, {reach}, {count}, dtype=torch.float64)
p = two_hump_log_density(x, {means}, {widths}, {share})
q = normal_log_density(x, {mean}, {width})

forward = divergence_of_densities(p, q, {spacing})
reverse = divergence_of_densities(q, p, {spacing})
print(f"{{forward.item():.6f}}", f"{{reverse.item():.6f}}")
"""


def bars_snippet(loss: Loss, state: State) -> str:
    """One quantity and its gradient, in the coordinates of the state.

    A probability of 0 has no finite logit; then the gradient is that in the probabilities.
    """
    truth, model = state["distributions"]
    in_logits = state["coordinates"] == "logits" and min(model) > 0
    needs_p = {"second", "truth"} & {*loss.arguments}
    lines = [f"p = {_tensor(truth)}"] if needs_p else []
    if in_logits:
        lines += [f"z = {_tensor(model)}.log().requires_grad_()", "q = torch.softmax(z, -1)"]
    else:
        lines += [f"q = {_tensor(model)}.requires_grad_()"]
    chosen = min(int(state["outcome"]), len(truth)) - 1
    given = ", ".join(GIVEN[name] for name in loss.arguments)
    return BARS.format(
        function=loss.id,
        tensors="\n".join(lines),
        call=f"{loss.id}({given.format(chosen=chosen)}{argument_list(loss, state)})",
        leaf="z" if in_logits else "q",
    )


def fit_snippet(state: State) -> str:
    """Both divergences between the two humps and the Gaussian."""

    def pair(name: str) -> str:
        return f"({float_text(state[f'first_{name}'])}, {float_text(state[f'second_{name}'])})"

    return FIT.format(
        reach=REACH,
        count=round(2 * REACH / SPACING) + 1,
        spacing=SPACING,
        means=pair("mean"),
        widths=pair("width"),
        **{name: float_text(state[name]) for name in ("share", "mean", "width")},
    )


def _tensor(values: Sequence[float]) -> str:
    # Rounding to fewer digits could leave a sum that is no longer 1.
    numbers = ", ".join(repr(float(f"{value:.10g}")) for value in values)
    if len(numbers) > 45:
        return f"torch.tensor(\n    [{numbers}],\n    dtype=torch.float64,\n)"
    return f"torch.tensor([{numbers}], dtype=torch.float64)"
