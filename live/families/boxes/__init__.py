"""Boxes: a prediction, a target, and every loss between them."""

from live.families.base import FamilyPage
from live.families.boxes.answer import answer
from live.families.boxes.extras import extras
from live.families.boxes.profile import profile
from live.families.boxes.quantities import quantity
from live.families.boxes.rows import rows
from live.families.boxes.snippet import snippet
from live.families.boxes.tapes import programs

PAGE = FamilyPage(
    "boxes",
    rows,
    programs,
    quantity,
    answer,
    snippet,
    extras=extras,
    profile=profile,
)
