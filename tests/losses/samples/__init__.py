"""Random predictions and targets of each family, ordinary and extreme ones.

Each family has a module here. It holds its `SAMPLES`, and in `OF_LOSS`, by id, those of the losses
that compare something else than the rest of the family does.
"""

from importlib import import_module
from types import ModuleType

from catalog import FAMILIES, Loss
from tests.losses.samples.kinds import Sampler, Samples

CONTEXT = {"image_size": (8.0, 6.0)}
"""What a page gives to losses that ask for it."""


def sampler(loss: Loss) -> Sampler:
    """`sampler(loss)(count, seed)`: predictions and targets such as a page shows."""
    return _samples(loss).ordinary


def extremes(loss: Loss) -> Sampler:
    """The same, far beyond what a page shows."""
    extreme = _samples(loss).extreme
    assert extreme, f"tests/losses/samples/{loss.family}.py has no extreme samples for {loss.id}"
    return extreme


def coordinates(loss: Loss) -> int:
    """How many trailing dimensions one prediction of this loss has."""
    return _samples(loss).coordinates


def _samples(loss: Loss) -> Samples:
    module = _module(loss.family)
    return getattr(module, "OF_LOSS", {}).get(loss.id, module.SAMPLES)


def _module(family: str) -> ModuleType:
    path = f"{__name__}.{family}"
    try:
        return import_module(path)
    except ModuleNotFoundError as error:
        if error.name != path:
            raise
        raise AssertionError(
            f"tests/losses/samples/{family}.py is missing: it draws predictions and targets"
        ) from None


def _ranging(over: str) -> set[str]:
    return {name for name in FAMILIES if _module(name).SAMPLES.range == over}


DISTRIBUTIONS = _ranging("distributions")
"""Families whose predictions and targets sum to 1."""
PROBABILITIES = _ranging("probabilities")
"""Families whose predictions and targets lie in [0, 1]."""
