"""The families that have a page, in the order of the navigation."""

from live.families import boxes, regression
from live.families.family import FamilyPage

PAGES: dict[str, FamilyPage] = {
    page.name: page
    for page in (
        regression.PAGE,
        boxes.PAGE,
    )
}
