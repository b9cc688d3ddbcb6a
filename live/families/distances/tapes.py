"""The tapes of the distances page."""

from collections.abc import Callable

import torch

from catalog import Loss, views
from live.families.distances.rows import SHAPES, SIZES
from live.tape.loss_tapes import Programs, program
from live.tape.program import Program
from live.tape.tape_key import TapeKey
from losses.distances import shrinkage, spectra

OF_SINGULAR_VALUES = {
    "nuclear_norm": (shrinkage.softened, spectra.one_of_each),
    "spectral_norm": (shrinkage.cut, spectra.share_of_largest),
}
"""The norms that are weighted sums of singular values: what a proximal step makes of these, and
their weights. Such a step turns no direction, so one decomposition, torch's, serves a whole run."""


def programs() -> Programs:
    """Every loss for each size that its view has, and the proximal step of those that take one."""
    found: Programs = {}
    for view, losses in views("distances").items():
        for loss in (loss for loss in losses if loss.replayable):
            parameters = {parameter.name: () for parameter in loss.parameters}
            for shape, where in SIZES[view]:
                found[TapeKey.of(loss.id, where)] = Program(
                    program(loss, {}),
                    {"prediction": shape, "target": shape, **parameters},
                    differentiate="prediction",
                    order=1,
                )
            if view == "penalty" and loss.proximal_step:
                scalars = {"weight": (), "rate": (), **parameters}
                step = Program(_step(loss.proximal_step), scalars)
                found[TapeKey.of("step", {"loss": loss.id})] = step
    for loss in views("distances")["matrices"]:
        for rows, columns in SHAPES:
            where = {"loss": loss.id, "rows": rows, "columns": columns}
            found[TapeKey.of("step", where)] = _matrix_step(loss, rows, columns)
    return found


def _step(step: Callable[..., torch.Tensor]) -> Callable[..., dict[str, torch.Tensor]]:
    def outputs(weight: torch.Tensor, **given: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"weight": step(weight, **given)}

    return outputs


def _matrix_step(loss: Loss, rows: int, columns: int) -> Program:
    """The proximal step of a norm, of the difference of two matrices; of its singular values too,
    where they are known without another decomposition."""
    count = min(rows, columns)
    shapes: dict[str, tuple[int, ...]] = {"difference": (rows, columns), "rate": ()}
    if loss.id in OF_SINGULAR_VALUES:
        del shapes["difference"]
        shapes |= {"left": (rows, count), "singular": (count,), "right": (count, columns)}
        return Program(_spectral_step(*OF_SINGULAR_VALUES[loss.id]), shapes)
    if loss.id == "frobenius_norm":
        return Program(_frobenius_step, shapes | {"singular": (count,)})
    return Program(_row_step, shapes)


def _spectral_step(
    step: Callable[[torch.Tensor, torch.Tensor], torch.Tensor], slopes: spectra.Slopes
) -> Callable[..., dict[str, torch.Tensor]]:
    def outputs(
        left: torch.Tensor, singular: torch.Tensor, right: torch.Tensor, rate: torch.Tensor
    ) -> dict[str, torch.Tensor]:
        values = step(singular, rate)
        difference = shrinkage.recomposed(left, values, right)
        weights = slopes(values, difference)
        return {
            "difference": difference,
            "singular": values,
            "value": (weights * values).sum(-1),
            "gradient": shrinkage.recomposed(left, weights, right),
        }

    return outputs


def _frobenius_step(
    difference: torch.Tensor, singular: torch.Tensor, rate: torch.Tensor
) -> dict[str, torch.Tensor]:
    """Both have the same length, and so are shortened alike."""
    return {
        "difference": shrinkage.shortened(difference, rate, dim=(-2, -1)),
        "singular": shrinkage.shortened(singular, rate),
    }


def _row_step(difference: torch.Tensor, rate: torch.Tensor) -> dict[str, torch.Tensor]:
    return {"difference": shrinkage.row_norm_shrinkage(difference, rate=rate)}
