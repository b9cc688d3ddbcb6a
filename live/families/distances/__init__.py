"""Distances: two matrices, two sets of points, a few codes, one weight and its penalty."""

from live.families.base import FamilyPage
from live.families.distances.answer import answer
from live.families.distances.profile import profile
from live.families.distances.quantities import quantity
from live.families.distances.rows import rows
from live.families.distances.snippet import snippet
from live.families.distances.tapes import programs

PAGE = FamilyPage(
    "distances",
    rows,
    programs,
    quantity,
    answer,
    snippet,
    profile=profile,
)
