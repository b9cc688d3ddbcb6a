"""The tapes of the regression page."""

from live.tape.loss_tapes import Programs, loss_programs


def programs() -> Programs:
    """Every loss of one residual with its first and second derivative, and the short tape of the
    value alone, for the places where thousands of values are compared."""
    shapes = {"prediction": (), "target": ()}
    whole, values = (
        loss_programs("regression", shapes, order=order, where={"derivatives": order})
        for order in (2, 0)
    )
    return whole | values
