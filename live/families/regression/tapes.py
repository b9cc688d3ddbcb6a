"""The tapes of the regression page."""

from live.tape.loss_tapes import loss_programs
from live.tape.program import Program


def programs() -> dict[str, Program]:
    """Every loss of one residual, with its first and second derivative; under "value:<id>" the
    short tape of the value alone, for the places where thousands of values are compared."""
    shapes = {"prediction": (), "target": ()}
    found = loss_programs("regression", shapes, order=2)
    values = loss_programs("regression", shapes, order=0)
    return found | {f"value:{key}": program for key, program in values.items()}
