"""Embeddings: a triplet or a cloud of points, in the plane or on the circle."""

from live.families.base import FamilyPage
from live.families.embeddings.answer import answer
from live.families.embeddings.extras import extras
from live.families.embeddings.profile import profile
from live.families.embeddings.quantities import quantity
from live.families.embeddings.rows import rows
from live.families.embeddings.snippet import snippet
from live.families.embeddings.tapes import programs

PAGE = FamilyPage(
    "embeddings",
    rows,
    programs,
    quantity,
    answer,
    snippet,
    extras=extras,
    profile=profile,
)
