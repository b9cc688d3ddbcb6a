"""Segmentation: a painted mask over a picture with its true mask."""

from live.families.base import FamilyPage
from live.families.segmentation.answer import answer
from live.families.segmentation.extras import extras
from live.families.segmentation.profile import profile
from live.families.segmentation.quantities import quantity
from live.families.segmentation.rows import rows
from live.families.segmentation.snippet import snippet
from live.families.segmentation.tapes import programs

PAGE = FamilyPage(
    "segmentation",
    rows,
    programs,
    quantity,
    answer,
    snippet,
    extras=extras,
    profile=profile,
)
