"""The tapes of the classification page."""

from catalog import Loss
from experiments.classification import (
    binary_program,
    logits_program,
    mixed_program,
    multiclass_program,
    pipeline_program,
    softmax_program,
)
from live.families.classification.rows import FEWEST, MOST
from live.families.classification.views import losses_of
from live.tape.program import Program


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
