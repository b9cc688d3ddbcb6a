"""A number in a sentence keeps the digits in which the point lies.

Two numbers of one sentence that differ are never written alike, and in a claim never in two
notations unless one of them is a thousand times the other.
"""

import itertools
import re
from collections.abc import Mapping

import pytest

from experiments.evidence import evidence
from live.documents.document import PLACEHOLDER, measured, places_of
from live.families import EVERY_PAGE
from live.ui.sections import written_numbers
from live.words.number_format import as_on_stage
from live.words.text import load, names

ROUNDING = 1e-9
BACKED = [name for name in names("claims") if load(f"claims/{name}")["evidence"]]
SCENES = [
    pytest.param(name, scene, id=f"{name}-{scene['id']}")
    for name in EVERY_PAGE
    for scene in load(f"scenes/{name}")["scene"]
]


def assert_told_apart(
    numbers: Mapping[str, float], written: Mapping[str, str], same_notation: bool = True
) -> None:
    for one, other in itertools.combinations(numbers, 2):
        small, large = sorted((abs(numbers[one]), abs(numbers[other])))
        pair = f"{one} and {other}: {written[one]} and {written[other]}"
        if abs(numbers[one] - numbers[other]) > ROUNDING * large:
            assert written[one] != written[other], pair
        if same_notation and ("e" in written[one]) != ("e" in written[other]) and small:
            assert large >= 1000 * small, pair


@pytest.mark.parametrize("name", BACKED)
def test_a_claim_tells_its_numbers_apart(name):
    claim = load(f"claims/{name}")
    found = evidence(claim["family"], claim["evidence"])
    said = re.findall(r"\{(\w+)\}", claim["en"]["claim"] + claim["en"]["truth"])
    numbers = {key: found.numbers[key] for key in said}
    assert_told_apart(numbers, written_numbers(claim, found))
    assert claim.get("digits", {}).keys() <= numbers.keys()


@pytest.mark.parametrize(("name", "scene"), SCENES)
def test_a_scene_tells_its_numbers_apart(name, scene):
    places = places_of(name, scene)
    numbers = {
        found.group(): measured(found, name, places)
        for found in PLACEHOLDER.finditer(scene["reveal"]["en"])
    }
    differing = {key: value for key, value in numbers.items() if value == value}
    written = {key: as_on_stage(value) for key, value in differing.items()}
    assert_told_apart(differing, written, same_notation=False)  # that of the stage's table
