"""Every loss of the package, one record each: `CATALOG["huber_loss"]`, `family("boxes")`.

A module of this package that has `LOSSES` is a family.
"""

from importlib import import_module
from pkgutil import iter_modules

from catalog.record import Loss, Option, Parameter, Properties, Reference

_MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]

CATALOG: dict[str, Loss] = {
    loss.id: loss for module in _MODULES for loss in getattr(module, "LOSSES", ())
}
FAMILIES: tuple[str, ...] = tuple(dict.fromkeys(loss.family for loss in CATALOG.values()))


def family(name: str) -> tuple[Loss, ...]:
    """The losses of one family, in the order in which its page shows them."""
    if name not in FAMILIES:
        raise ValueError(f"family must be one of {', '.join(FAMILIES)}; got {name!r}")
    return tuple(loss for loss in CATALOG.values() if loss.family == name)


def views(name: str) -> dict[str, tuple[Loss, ...]]:
    """The losses of each view of a family's page; empty where all views show all losses."""
    named = dict.fromkeys(view for loss in family(name) for view in loss.views)
    return {view: tuple(loss for loss in family(name) if view in loss.views) for view in named}


__all__ = [
    "CATALOG",
    "FAMILIES",
    "Loss",
    "Option",
    "Parameter",
    "Properties",
    "Reference",
    "family",
    "views",
]
