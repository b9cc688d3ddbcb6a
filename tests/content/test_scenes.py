"""Scenes tell the truth: every fact of a reveal, asserted with torch."""

import re

import pytest

from catalog import CATALOG
from live.documents.document import PLACEHOLDER
from live.families import EVERY_PAGE, PAGES
from live.families.page_tables import table
from live.families.quantities import quantity
from live.words.text import LANGUAGES, load

SCENES = [
    pytest.param(name, scene, id=f"{name}-{scene['id']}")
    for name in EVERY_PAGE
    for scene in load(f"scenes/{name}")["scene"]
]
every_scene = pytest.mark.parametrize(("name", "scene"), SCENES)
BY = {
    "equals": lambda found, other: found == pytest.approx(other, rel=1e-9, abs=1e-9),
    "above": lambda found, other: found > other + 1e-9 * max(1, abs(other)),
    "below": lambda found, other: found < other - 1e-9 * max(1, abs(other)),
}


def measured(name, state, asked):
    return quantity(name, state, asked["loss"], asked["quantity"], asked.get("after"))


@every_scene
def test_a_scene_is_whole(name, scene):
    """Its words are looked at by tests/content/test_content.py, its numbers further down."""
    keys = {"id", "title", "question", "answer", "reveal", "assertion"}
    assert scene.keys() - {"view", "state"} == keys
    assert len(scene["title"]["en"]) <= 22
    for asserted in scene["assertion"]:
        assert asserted.keys() - {"after"} in (
            {"loss", "quantity", "relation", "number"},
            {"loss", "quantity", "relation", "other"},
        )
        for asked in (asserted, asserted.get("other", asserted)):
            assert asked.get("after", 1) >= 1
            assert name not in PAGES or CATALOG[asked["loss"]].family == name


@every_scene
def test_the_assertions_hold(name, scene):
    state = table(name).start(scene["id"])
    assert scene["assertion"], "a scene without a fact"
    for asserted in scene["assertion"]:
        other = asserted.get("other")
        against = measured(name, state, other) if other else asserted["number"]
        found = measured(name, state, asserted)
        assert BY[asserted["relation"]](found, against), f"{asserted}: {found} against {against}"


@every_scene
def test_every_number_of_the_reveal_is_one(name, scene):
    state = table(name).start(scene["id"])
    said = [
        sorted(match.group() for match in PLACEHOLDER.finditer(scene["reveal"][language]))
        for language in LANGUAGES
    ]
    assert said[0] == said[1], "the languages quote different numbers"
    for language in LANGUAGES:
        for text in (scene["reveal"][language], scene["question"][language]):
            assert not re.search(r"[{}]", PLACEHOLDER.sub("", text)), "no placeholder, but braces"
    for found in PLACEHOLDER.finditer(scene["reveal"]["en"]):
        after = int(found["after"]) if found["after"] else None
        value = quantity(name, state, found["loss"], found["quantity"], after)
        assert value == value, found.group()


@every_scene
def test_one_answer_is_right_and_all_are_different(name, scene):
    assert [answer["right"] for answer in scene["answer"] if "right" in answer] == [True]
    assert 2 <= len(scene["answer"]) <= 4
    for language in LANGUAGES:
        texts = [answer["text"][language] for answer in scene["answer"]]
        assert len(set(texts)) == len(texts)


@every_scene
def test_a_scene_shows_the_losses_it_speaks_of(name, scene):
    if name not in PAGES:
        pytest.skip("a page about concepts speaks of no losses")
    state = table(name).start(scene["id"])
    spoken = {found["loss"] for found in PLACEHOLDER.finditer(scene["reveal"]["en"])}
    assert all(CATALOG[loss].family == name for loss in spoken)
    assert spoken <= {*state["losses"], state["loss"]}


@every_scene
def test_the_state_of_a_scene_is_allowed(name, scene):
    rows = table(name).rows
    for key, value in scene["state"].items():
        rows[key].check(value)


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_scenes_of_a_page_have_names_of_their_own(name):
    scenes = load(f"scenes/{name}")["scene"]
    for pick in (lambda s: s["id"], lambda s: s["title"]["en"], lambda s: s["title"]["zh"]):
        assert len({pick(scene) for scene in scenes}) == len(scenes)
    starts = [{**table(name).start(scene["id"]), "scene": ""} for scene in scenes]
    assert all(starts.count(start) == 1 for start in starts), "two scenes show the same"
    assert all(re.fullmatch(r"[a-z][a-z0-9_-]*", scene["id"]) for scene in scenes)
