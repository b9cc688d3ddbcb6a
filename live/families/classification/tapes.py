"""The tapes of the classification page."""

from typing import Any

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
from live.tape.record import record


def tapes() -> dict[str, dict[str, Any]]:
    """Every loss composed in torch with what leads to it, so that the browser only replays."""
    return {
        **_binary_tapes(),
        **_multiclass_tapes(),
        "to_probability": record(lambda logit: {"probability": logit.sigmoid()}, {"logit": ()}),
        "to_logit": record(lambda probability: {"logit": probability.logit()}, {"probability": ()}),
        "to_logits": record(logits_program, {"probabilities": (3,), "temperature": ()}),
        "pipeline": record(
            pipeline_program,
            {"features": (2,), "weights": (9,), "truth": (3,), "label_smoothing": ()},
        ),
    }


def _binary_tapes() -> dict[str, dict[str, Any]]:
    return {
        f"{loss.id}:{axis}:{label}": record(
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


def _multiclass_tapes() -> dict[str, dict[str, Any]]:
    counts = range(FEWEST, MOST + 1)
    numbers = {"temperature": (), "softmax_first": ()}
    return {
        f"{loss.id}:{count}": record(
            multiclass_program(loss),
            {"logits": (count,), "truth": (count,), **numbers, **_parameters(loss)},
            differentiate="logits",
            order=1,
        )
        for loss in losses_of("multiclass")
        for count in counts
    } | {
        f"softmax:{count}": record(softmax_program, {"logits": (count,), "temperature": ()})
        for count in counts
    }


def _parameters(loss: Loss) -> dict[str, tuple[int, ...]]:
    return {parameter.name: () for parameter in loss.parameters}
