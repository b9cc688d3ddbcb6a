"""The code to copy of a batch: its cost, and the gradient in the margin of each example."""

from catalog import Loss
from experiments.batches import EXAMPLES, FIRST
from live.families.base import State
from live.families.snippets import argument_list, float_list, float_text

PROGRAM = """\
import torch

from losses import {function}

margins = torch.tensor({margins}, dtype=torch.float64, requires_grad=True)
labels = torch.tensor({labels})  # -100 is ignored
copies = torch.tensor({copies}, dtype=torch.float64)
class_weights = torch.tensor({class_weights}, dtype=torch.float64)

own = labels.clamp(min=0)
logits = margins[:, None] * torch.nn.functional.one_hot(own, 3)
losses = {function}(logits, own, reduction="none"{arguments})
counts = copies * (labels >= 0)
{mining}weights = class_weights[own] * counts


def mean(losses, weights):
    return (weights * losses).sum() / (weights.sum() if weights.any() else 1)


loss = {cost}
loss.backward()
print(f"{{loss.item():.6f}}", margins.grad.tolist())
"""

MINING = """\
# Online hard example mining: the hardest {hardest} %.
order = losses.detach().argsort(descending=True, stable=True)
ahead = counts[order].cumsum(0) - counts[order]
budget = {hardest} / 100 * counts.sum()
counts[order] = torch.minimum((budget - ahead).clamp(min=0), counts[order])
"""

COST = {
    "mean": "mean(losses, weights)",
    "sum": "(weights * losses).sum()",
    "accumulated": f"(mean(losses[:{FIRST}], weights[:{FIRST}])"
    f" + mean(losses[{FIRST}:], weights[{FIRST}:])) / 2",
}


def batch_snippet(loss: Loss, state: State) -> str:
    labels = [state[f"label_{i}"] for i in range(1, EXAMPLES + 1)]
    hardest = float_text(state["hardest"])
    return PROGRAM.format(
        function=loss.id,
        margins=float_list(state["margins"]),
        labels=[-100 if label == "ignored" else int(label) for label in labels],
        copies=float_list(state["copies"]),
        class_weights=float_list(state["class_weights"]),
        arguments=argument_list(loss, state),
        mining=MINING.format(hardest=hardest) if state["hardest"] < 100 else "",
        cost=COST[state["batch_cost"]],
    )
