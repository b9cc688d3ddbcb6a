"""Concepts: loss, cost and objective of one small training."""

from live.families.base import FamilyPage
from live.families.concepts.answer import answer
from live.families.concepts.extras import extras
from live.families.concepts.quantities import quantity
from live.families.concepts.rows import rows
from live.families.concepts.snippet import snippet
from live.families.concepts.tapes import programs

PAGE = FamilyPage(
    "concepts",
    rows,
    programs,
    quantity,
    answer,
    snippet,
    extras=extras,
)
