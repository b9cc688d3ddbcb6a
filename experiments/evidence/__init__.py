"""The evidence for the claims on trial: computed with torch and `losses`, never typed.

`evidence("distances", "two_hamming_scales")` calls the function of that name in
`experiments/evidence/distances.py`, once in the life of the process; where a family has a folder,
the function lies in one of its modules.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from experiments.evidence.record import Curve, Evidence


@cache
def evidence(family: str, name: str) -> Evidence:
    """The evidence called `name` of one family's claims.

    Raises:
        ValueError: if the family has no evidence of that name.
    """
    for module in _modules(family):
        function = getattr(module, name, None)
        if callable(function) and function.__module__ == module.__name__ and name[0] != "_":
            return function()
    raise ValueError(f"the {family} family has no evidence called {name!r}")


def _modules(family: str) -> list[ModuleType]:
    path = f"{__name__}.{family}"
    try:
        first = import_module(path)
    except ModuleNotFoundError as error:
        if error.name != path:
            raise
        raise ValueError(f"no family called {family!r} has evidence") from None
    parts = iter_modules(getattr(first, "__path__", ()))
    return [first, *(import_module(f"{path}.{part.name}") for part in parts)]


__all__ = ["Curve", "Evidence", "evidence"]
