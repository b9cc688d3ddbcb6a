"""Information: two distributions as bars, and a Gaussian fitted to two humps."""

from live.families.base import FamilyPage
from live.families.information.answer import answer
from live.families.information.extras import extras
from live.families.information.profile import profile
from live.families.information.quantities import quantity
from live.families.information.rows import rows
from live.families.information.snippet import snippet
from live.families.information.tapes import programs

PAGE = FamilyPage(
    "information",
    rows,
    programs,
    quantity,
    answer,
    snippet,
    extras=extras,
    profile=profile,
)
