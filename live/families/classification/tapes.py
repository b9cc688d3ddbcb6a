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
from live.tape.loss_tapes import Tapes
from live.tape.record import record
from live.tape.tape_key import TapeKey


def tapes() -> Tapes:
    """Every loss composed in torch with what leads to it, so that the browser only replays."""
    return {
        **_binary_tapes(),
        **_multiclass_tapes(),
        TapeKey("to_probability"): record(
            lambda logit: {"probability": logit.sigmoid()}, {"logit": ()}
        ),
        TapeKey("to_logit"): record(
            lambda probability: {"logit": probability.logit()}, {"probability": ()}
        ),
        TapeKey("to_logits"): record(logits_program, {"probabilities": (3,), "temperature": ()}),
        TapeKey("pipeline"): record(
            pipeline_program,
            {"features": (2,), "weights": (9,), "truth": (3,), "label_smoothing": ()},
        ),
    }


def _binary_tapes() -> Tapes:
    return {
        TapeKey.of(loss.id, {"axis": axis, "mixed": mixed}): record(
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


def _multiclass_tapes() -> Tapes:
    counts = range(FEWEST, MOST + 1)
    numbers = {"temperature": (), "softmax_first": ()}
    return {
        TapeKey.of(loss.id, {"classes": count}): record(
            multiclass_program(loss),
            {"logits": (count,), "truth": (count,), **numbers, **_parameters(loss)},
            differentiate="logits",
            order=1,
        )
        for loss in losses_of("multiclass")
        for count in counts
    } | {
        TapeKey.of("softmax", {"classes": count}): record(
            softmax_program, {"logits": (count,), "temperature": ()}
        )
        for count in counts
    }


def _parameters(loss: Loss) -> dict[str, tuple[int, ...]]:
    return {parameter.name: () for parameter in loss.parameters}
