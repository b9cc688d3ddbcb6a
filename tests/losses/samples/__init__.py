"""Random predictions and targets of each loss, ordinary and extreme ones.

A module of this folder is a family: its `kind(loss)` says what a loss is tried on, by what its
function takes (`Loss.arguments`) or what its views show, never by its id.
"""

from importlib import import_module

from catalog import Loss
from live.tape.context import CONTEXT
from tests.losses.samples.kind import Kind, Sampler


def kind_of(loss: Loss) -> Kind:
    """What a loss is tried on."""
    file = f"tests/losses/samples/{loss.family}.py"
    try:
        module = import_module(f"{__name__}.{loss.family}")
    except ModuleNotFoundError:
        raise AssertionError(f"{loss.id} has no samples: {file} is missing") from None
    try:
        return module.kind(loss)
    except KeyError:
        raise AssertionError(
            f"{loss.id} has no samples: `kind` of {file} does not know what takes {loss.arguments}"
        ) from None


def sampler(loss: Loss) -> Sampler:
    """`sampler(loss)(count, seed)`: predictions and targets such as a page shows."""
    return kind_of(loss).ordinary


__all__ = ["CONTEXT", "Kind", "kind_of", "sampler"]
