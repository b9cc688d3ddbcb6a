"""The pages with a stage, each a package of this folder: its existence is what enters it here."""

from importlib import import_module
from pkgutil import iter_modules

from live.families.base import FamilyPage

ORDER = (
    "concepts",
    "regression",
    "boxes",
    "classification",
    "information",
    "segmentation",
    "embeddings",
    "distances",
)
"""The order of the navigation; a family that is not named here stands at the end."""


def _found() -> list[FamilyPage]:
    names = sorted(module.name for module in iter_modules(__path__) if module.ispkg)
    names.sort(key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    return [import_module(f"{__name__}.{name}").PAGE for name in names]


EVERY_PAGE: dict[str, FamilyPage] = {page.name: page for page in _found()}
"""The pages with a stage, in the order of the navigation."""
PAGES: dict[str, FamilyPage] = {name: page for name, page in EVERY_PAGE.items() if page.losses}
"""Those that show a family of losses: all but the concepts."""
