"""The families that have a page, in the order of the navigation."""

from live.families import (
    boxes,
    classification,
    concepts,
    distances,
    embeddings,
    information,
    regression,
    segmentation,
)
from live.families.base import FamilyPage

PAGES: dict[str, FamilyPage] = {
    page.name: page
    for page in (
        regression.PAGE,
        boxes.PAGE,
        classification.PAGE,
        information.PAGE,
        segmentation.PAGE,
        embeddings.PAGE,
        distances.PAGE,
    )
}
EVERY_PAGE: dict[str, FamilyPage] = {concepts.PAGE.name: concepts.PAGE, **PAGES}
"""The pages with a stage: the concepts first, then the families."""
