"""Regression: a curve, a constant and a line."""

from live.families.base import FamilyPage
from live.families.regression.answer import answer
from live.families.regression.extras import extras
from live.families.regression.profile import profile
from live.families.regression.quantities import quantity
from live.families.regression.rows import rows
from live.families.regression.snippet import snippet
from live.families.regression.tapes import programs

PAGE = FamilyPage(
    "regression",
    rows,
    programs,
    quantity,
    answer,
    snippet,
    extras=extras,
    profile=profile,
)
