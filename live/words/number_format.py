"""Numbers as sentences and JSON write them."""

import math


def in_prose(value: float, digits: int = 4) -> str:
    """Four significant digits, or as many as the point of a sentence lies in; one decimal from a
    thousand on."""
    plain = f"{value:.{digits}g}" if abs(value) < 1000 else f"{value:.1f}"
    return _written(value, plain, smallest=1e-4)


def as_on_stage(value: float) -> str:
    """As many decimals as the stages show, so that a sentence says what the table says."""
    read = abs(round(value, 3)) if math.isfinite(value) else 0
    decimals = 3 if read < 1000 else 1 if read < 1e5 else 0
    return _written(value, f"{value:.{decimals}f}", smallest=5e-4)


def _written(value: float, plain: str, smallest: float) -> str:
    size = abs(value)
    if not math.isfinite(value):
        text = f"{value}".replace("inf", "∞")
    elif size < 1e-15:  # what rounding leaves of a difference
        text = "0"
    elif value == int(value) and size < 1e6:
        text = f"{int(value)}"
    elif smallest <= size < 1e6:
        text = plain
    else:
        mantissa, exponent = f"{value:.1e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−")


def json_number(value: float) -> float | str:
    """A number for JSON, which knows no infinities and no NaN: they travel as the names that
    JavaScript's `Number()` reads."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value
