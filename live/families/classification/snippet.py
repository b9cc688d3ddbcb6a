"""The code to copy of the classification page: one program for each view."""

from catalog import Loss
from experiments.classification import takes, takes_shares
from live.families.base import State
from live.families.classification.batch_snippet import batch_snippet
from live.families.classification.inputs import FARTHEST, multiclass_inputs
from live.families.classification.views import view_of
from live.families.snippets import argument_list, float_list, float_text

PROGRAM = """\
import torch

from losses import {function}

{prepare}
{loss}
{backward}
"""

PIPELINE_PROGRAM = """\
import torch

from losses import cross_entropy_loss

features = torch.tensor({features}, dtype=torch.float64)
# One row (w1, w2, b) for each class.
weights = torch.tensor({weights}, dtype=torch.float64, requires_grad=True)

logits = weights[:, :2] @ features + weights[:, 2]
loss = cross_entropy_loss(logits[None], torch.tensor([{truth}]){arguments})
loss.backward()
print(f"{{loss.item():.6f}}", weights.grad.tolist())
"""

BACKWARD = 'loss.backward()\nprint(f"{{loss.item():.6f}}", {leaf}.grad.tolist())'

STAIR = '# A stair is flat.\nprint(f"{{loss.item():.6f}}", torch.zeros_like({leaf}).tolist())'

GIVEN = {
    ("logit", "logits"): ("", "logit"),
    ("logit", "probabilities"): ("probability = torch.sigmoid(logit)\n", "probability"),
    ("logit", "prediction"): ("guess = (logit > 0).double()\n", "guess"),
    ("probability", "logits"): ("logit = torch.logit(probability)\n", "logit"),
    ("probability", "probabilities"): ("", "probability"),
    ("probability", "prediction"): ("guess = (probability > 0.5).double()\n", "guess"),
}


def snippet(loss: Loss, state: State) -> str:
    """A program that prints the value of the loss, and its gradient in what the view moves."""
    writers = {
        "binary": _binary,
        "multiclass": _multiclass,
        "pipeline": _pipeline,
        "batch": batch_snippet,
    }
    return writers[view_of(loss, state["view"])](loss, state)


def _binary(loss: Loss, state: State) -> str:
    axis = state["axis"]
    more, given = GIVEN[axis, takes(loss)]
    logit = state["logit"]
    if axis == "logit":
        prepare = f"logit = torch.tensor({float_text(logit)}, dtype=torch.float64)"
        prepare = prepare[:-1] + ", requires_grad=True)\n"
    else:
        number = float_text(max(-FARTHEST, min(FARTHEST, logit)))
        prepare = f"probability = torch.tensor({number}, dtype=torch.float64).sigmoid()\n"
        prepare += "probability.requires_grad_()\n"
    arguments = argument_list(loss, state)
    if state["label"] == "mixed":
        share = float_text(state["share"] / 100)
        line = "no, yes = torch.tensor([0.0, 1.0], dtype=torch.float64)\n"
        line += f"positive = {loss.id}({given}, yes{arguments})\n"
        line += f"negative = {loss.id}({given}, no{arguments})\n"
        line += f"loss = {share} * positive + (1 - {share}) * negative"
    else:
        label = float(state["label"] == "positive")
        line = f"label = torch.tensor({label}, dtype=torch.float64)\n"
        line += f"loss = {loss.id}({given}, label{arguments})"
    return PROGRAM.format(
        function=loss.id, prepare=prepare + more, loss=line, backward=_backward(loss, axis)
    )


def _multiclass(loss: Loss, state: State) -> str:
    logits, truth = multiclass_inputs(loss, state)
    lines = [
        f"logits = torch.tensor({float_list(logits.tolist())}, dtype=torch.float64)",
        "logits.requires_grad_()",
        f"scores = logits / {float_text(state['temperature'])}",
    ]
    if state["handed"] == "probabilities":
        lines.append("scores = torch.softmax(scores, 0)  # the usual mistake")
    elif takes(loss) == "log_probabilities":
        lines.append("scores = torch.log_softmax(scores, 0)")
    if takes_shares(loss):
        lines.append(f"truth = torch.tensor([{float_list(truth.tolist())}], dtype=torch.float64)")
    else:
        lines.append(f"truth = torch.tensor([{truth.argmax()}])")
    given = "scores[None].argmax(1)" if takes(loss) == "prediction" else "scores[None]"
    return PROGRAM.format(
        function=loss.id,
        prepare="\n".join([*lines, ""]),
        loss=f"loss = {loss.id}({given}, truth{argument_list(loss, state)})",
        backward=_backward(loss, "logits"),
    )


def _pipeline(loss: Loss, state: State) -> str:
    rows = [state["weights"][start : start + 3] for start in (0, 3, 6)]
    return PIPELINE_PROGRAM.format(
        features=float_list(state["features"]),
        weights=f"[{', '.join(map(float_list, rows))}]",
        truth=min(int(state["truth"]), 2),
        arguments=argument_list(loss, state),
    )


def _backward(loss: Loss, leaf: str) -> str:
    return (STAIR if takes(loss) == "prediction" else BACKWARD).format(leaf=leaf)
