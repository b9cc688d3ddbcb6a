"""What the families' code to copy shares: numbers and arguments as Python writes them."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog import Loss
from live.families.loss_numbers import keywords


def argument_list(loss: Loss, state: Mapping[str, Any]) -> str:
    """`, gamma=0.5, focusing="detached"`: every keyword of the loss, as the state sets it."""
    given = keywords(loss, state).items()
    return "".join(f", {name}={_written(value)}" for name, value in given)


def _written(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return float_text(value) if isinstance(value, float) else repr(value)


def float_list(values: Iterable[float]) -> str:
    return f"[{', '.join(map(float_text, values))}]"


def float_text(value: float) -> str:
    return repr(round(float(value), 6))
