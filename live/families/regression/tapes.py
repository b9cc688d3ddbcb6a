"""The tapes of the regression page."""

from live.tape.loss_tapes import Tapes, loss_tapes


def tapes() -> Tapes:
    """Every loss of one residual with its first and second derivative, and the short tape of the
    value alone, for the places where thousands of values are compared."""
    shapes = {"prediction": (), "target": ()}
    whole, values = (
        loss_tapes("regression", shapes, order=order, where={"derivatives": order})
        for order in (2, 0)
    )
    return whole | values
