"""The tapes of the classification page."""

from catalog import Loss
from experiments.batches import CLASSES, COSTS, EXAMPLES, batch_program
from experiments.classification import (
    binary_program,
    logits_program,
    mixed_program,
    multiclass_program,
    pipeline_program,
    smoothed_program,
    softmax_program,
)
from live.families.classification.rows import FEWEST, MOST
from live.families.classification.views import losses_of
from live.tape.loss_tapes import Programs
from live.tape.program import Program
from live.tape.tape_key import TapeKey


def programs() -> Programs:
    """Every loss composed in torch with what leads to it, so that the browser only replays."""
    return {
        **_binary_programs(),
        **_multiclass_programs(),
        **_batch_programs(),
        TapeKey("to_probability"): Program(
            lambda logit: {"probability": logit.sigmoid()}, {"logit": ()}
        ),
        TapeKey("to_logit"): Program(
            lambda probability: {"logit": probability.logit()}, {"probability": ()}
        ),
        TapeKey("to_logits"): Program(logits_program, {"probabilities": (3,), "temperature": ()}),
        TapeKey("pipeline"): Program(
            pipeline_program,
            {"features": (2,), "weights": (9,), "truth": (3,), "label_smoothing": ()},
        ),
    }


def _binary_programs() -> Programs:
    return {
        TapeKey.of(loss.id, {"axis": axis, "mixed": mixed}): Program(
            program(loss, axis),
            {axis: (), other: (), **_parameters(loss)},
            differentiate=axis,
            order=1,
        )
        for loss in losses_of("binary")
        for axis in ("logit", "probability")
        for mixed, other, program in (
            (False, "target", binary_program),
            (True, "share", mixed_program),
        )
    }


def _multiclass_programs() -> Programs:
    counts = range(FEWEST, MOST + 1)
    numbers = {"temperature": (), "softmax_first": ()}
    return {
        TapeKey.of(loss.id, {"classes": count}): Program(
            multiclass_program(loss),
            {"logits": (count,), "truth": (count,), **numbers, **_parameters(loss)},
            differentiate="logits",
            order=1,
        )
        for loss in losses_of("multiclass")
        for count in counts
    } | {
        TapeKey.of(name, {"classes": count}): Program(program, {vector: (count,), number: ()})
        for name, program, vector, number in (
            ("softmax", softmax_program, "logits", "temperature"),
            ("smoothed", smoothed_program, "truth", "label_smoothing"),
        )
        for count in counts
    }


def _batch_programs() -> Programs:
    shapes = {
        "margins": (EXAMPLES,),
        "labels": (EXAMPLES, CLASSES),
        "copies": (EXAMPLES,),
        "class_weights": (CLASSES,),
        "hardest": (),
    }
    return {
        TapeKey.of(loss.id, {"batch": True, "batch_cost": cost}): Program(
            batch_program(loss, cost),
            {**shapes, **_parameters(loss)},
            differentiate="margins",
            order=1,
        )
        for loss in losses_of("batch")
        for cost in COSTS
    }


def _parameters(loss: Loss) -> dict[str, tuple[int, ...]]:
    return {parameter.name: () for parameter in loss.parameters}
