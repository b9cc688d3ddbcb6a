"""The evidence for the claims on trial: computed with torch and `losses`, never typed.

`evidence("regression", "minimum_of_mse")` calls the function of that name in
`experiments/evidence/regression.py`, once in the life of the process.
"""

from functools import cache
from importlib import import_module

from experiments.evidence.record import Curve, Evidence


@cache
def evidence(family: str, name: str) -> Evidence:
    """The evidence called `name` of one family's claims.

    Raises:
        ValueError: if the family has no evidence of that name.
    """
    path = f"{__name__}.{family}"
    try:
        module = import_module(path)
    except ModuleNotFoundError as error:
        if error.name != path:
            raise
        raise ValueError(f"no family called {family!r} has evidence") from None
    function = getattr(module, name, None)
    if not callable(function) or name.startswith("_") or function.__module__ != path:
        raise ValueError(f"the {family} family has no evidence called {name!r}")
    return function()


__all__ = ["Curve", "Evidence", "evidence"]
