"""The classification page: one logit, several classes, and the way from features to the loss."""

from collections.abc import Sequence
from typing import Any

import torch

from catalog import Loss, family, views
from experiments.classification import (
    EXAMS,
    FEWEST,
    MOST,
    Exam,
    binary_program,
    logits_program,
    losses_of,
    mixed_program,
    multiclass_program,
    pipeline_program,
    softmax_program,
)
from experiments.measures.classification import setting
from live.families.autograd import json_number
from live.families.base import FamilyPage, State
from live.families.classification_snippet import snippet
from live.state.rows import Choice, Number, Numbers, Points, Row, Several
from live.tape.program import Program

FIRST = {
    "binary": "bce_with_logits_loss",
    "multiclass": "cross_entropy_loss",
    "pipeline": "cross_entropy_loss",
}
"""The loss that a view opens with where the chosen one is not among its own."""
CLASSES = ((2.0, 0.7), (1.0, 0.2), (0.1, 0.1))
"""Of each class its logit, and its share of the soft target."""

MIXED = (
    r"\value{share}\cdot \value{if_positive}+\left(1-\value{share}\right)\cdot \value{if_negative}"
)
"""What the formula with numbers says of a crowd with both labels."""


def rows() -> Sequence[Row]:
    ids = tuple(loss.id for loss in family("classification"))
    return [
        Choice("view", "binary", tuple(views("classification"))),
        Several("losses", ids, ids),
        Choice("loss", "bce_with_logits_loss", ids),
        Number("rate", 1.0, 0.01, 20.0, logarithmic=True),
        Number("logit", -2.0, -60.0, 60.0),
        Choice("label", "positive", ("positive", "negative", "mixed")),
        Number("share", 20.0, 1.0, 99.0),
        Choice("axis", "logit", ("logit", "probability")),
        Choice("reach", "8", ("8", "24", "60")),
        Choice("precision", "float64", ("float64", "float32", "float16")),
        Points("classes", CLASSES, (-10, 10), (0.001, 1), FEWEST, MOST),
        Choice("truth", "0", tuple(map(str, range(MOST)))),
        Number("temperature", 1.0, 0.1, 10.0, logarithmic=True),
        Choice("handed", "logits", ("logits", "probabilities")),
        Choice("exam", "none", ("none", *EXAMS)),
        Numbers("features", (1.0, 0.5), -3.0, 3.0),
        Numbers("weights", (0.5, -0.4, 0.0, -0.3, 0.8, 0.1, 0.2, 0.3, -0.2), -5.0, 5.0),
    ]


def settle(state: State) -> State:
    """A view shows its own losses; a link may name another."""
    view = state["view"]
    shown = any(loss.id == state["loss"] for loss in losses_of(view))
    return state if shown else {**state, "loss": FIRST[view]}


def programs() -> dict[str, Program]:
    """Every loss composed in torch with what leads to it, so that the browser only replays."""
    return {
        **_binary_programs(),
        **_multiclass_programs(),
        "to_probability": Program(lambda logit: {"probability": logit.sigmoid()}, {"logit": ()}),
        "to_logit": Program(
            lambda probability: {"logit": probability.logit()}, {"probability": ()}
        ),
        "to_logits": Program(logits_program, {"probabilities": (3,), "temperature": ()}),
        "pipeline": Program(
            pipeline_program,
            {"features": (2,), "weights": (9,), "truth": (3,), "label_smoothing": ()},
        ),
    }


def _binary_programs() -> dict[str, Program]:
    return {
        f"{loss.id}:{axis}:{label}": Program(
            program(loss, axis),
            {axis: (), other: (), **_parameters(loss)},
            differentiate=axis,
            order=1,
        )
        for loss in losses_of("binary")
        for axis in ("logit", "probability")
        for label, other, program in (
            ("one", "target", binary_program),
            ("mixed", "share", mixed_program),
        )
    }


def _multiclass_programs() -> dict[str, Program]:
    counts = range(FEWEST, MOST + 1)
    numbers = {"temperature": (), "softmax_first": ()}
    return {
        f"{loss.id}:{count}": Program(
            multiclass_program(loss),
            {"logits": (count,), "truth": (count,), **numbers, **_parameters(loss)},
            differentiate="logits",
            order=1,
        )
        for loss in losses_of("multiclass")
        for count in counts
    } | {
        f"softmax:{count}": Program(softmax_program, {"logits": (count,), "temperature": ()})
        for count in counts
    }


def _parameters(loss: Loss) -> dict[str, tuple[int, ...]]:
    return {parameter.name: () for parameter in loss.parameters}


def answer(state: State) -> dict[str, Any]:
    """Value and gradient of every loss, in what its view moves: the state's, or its own."""
    values, gradients = {}, {}
    for loss in family("classification"):
        program, point = setting(loss, state)
        gradient, value = torch.func.grad_and_value(lambda x, run=program: run(x)["value"])(point)
        values[loss.id] = json_number(value.item())
        gradients[loss.id] = [json_number(g) for g in gradient.flatten().tolist()]
    return {"values": values, "gradients": gradients}


def extras() -> dict[str, Any]:
    return {
        "first": FIRST,
        "mixed_numbers": MIXED,
        "exams": {name: _describe(exam) for name, exam in EXAMS.items()},
    }


def _describe(exam: Exam) -> dict[str, Any]:
    return {"logits": exam.logits().tolist(), "truth": list(exam.truth)}


def profile(loss: Loss) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss against the logit of the true answer."""
    logits = torch.linspace(-4, 4, 61, dtype=torch.float64)
    one = torch.ones((), dtype=torch.float64)
    if "binary" in loss.views:
        program = binary_program(loss, "logit")
        return logits, torch.stack(
            [program(one, logit=z, **loss.defaults())["value"] for z in logits]
        )
    several, truth = multiclass_program(loss), torch.eye(3, dtype=torch.float64)[0]
    values = [several(z * truth, truth, one, 0 * one, **loss.defaults())["value"] for z in logits]
    return logits, torch.stack(values)


PAGE = FamilyPage("classification", rows, programs, answer, snippet, extras, profile, settle)
