"""Classification: one logit, several classes, and the way from features to the loss."""

from live.families.base import FamilyPage
from live.families.classification.answer import answer
from live.families.classification.extras import extras
from live.families.classification.profile import profile
from live.families.classification.quantities import quantity
from live.families.classification.rows import rows
from live.families.classification.snippet import snippet
from live.families.classification.tapes import programs

PAGE = FamilyPage(
    "classification",
    rows,
    programs,
    quantity,
    answer,
    snippet,
    extras=extras,
    profile=profile,
)
