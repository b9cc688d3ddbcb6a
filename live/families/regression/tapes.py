"""The tapes of the regression page."""

from typing import Any

from live.tape.loss_tapes import loss_tapes


def tapes() -> dict[str, dict[str, Any]]:
    """Every loss of one residual, with its first and second derivative; under "value:<id>" the
    short tape of the value alone, for the places where thousands of values are compared."""
    shapes = {"prediction": (), "target": ()}
    values = loss_tapes("regression", shapes, order=0)
    return loss_tapes("regression", shapes, order=2) | {f"value:{k}": t for k, t in values.items()}
