"""Scenes tell the truth: every fact of a reveal, asserted with torch."""

import math
import re

import pytest

from catalog import CATALOG
from live.assets import WEB
from live.documents.document import PLACEHOLDER, measured, places_of, told_of
from live.families import EVERY_PAGE, PAGES
from live.families.page_tables import table
from live.families.quantities import quantity
from live.words.text import LANGUAGES, interface, load

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


def asserted_number(name, state, asked):
    return quantity(name, state, asked["loss"], asked["quantity"], asked.get("after"))


@every_scene
def test_a_scene_is_whole(name, scene):
    """Its words are looked at by tests/content/test_content.py, its numbers further down."""
    keys = {"id", "title", "question", "reveal", "assertion", "veil", "tip", "state"}
    keys |= {"act"} if "act" in scene else {"answer"}
    assert scene.keys() - {"view", "elsewhere", "words"} == keys
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
        against = asserted_number(name, state, other) if other else asserted["number"]
        found = asserted_number(name, state, asserted)
        assert BY[asserted["relation"]](found, against), f"{asserted}: {found} against {against}"


@every_scene
def test_every_number_of_the_reveal_is_one(name, scene):
    places = places_of(name, scene)
    said = [
        sorted(match.group() for match in PLACEHOLDER.finditer(scene["reveal"][language]))
        for language in LANGUAGES
    ]
    assert said[0] == said[1], "the languages quote different numbers"
    for language in LANGUAGES:
        for text in (scene["reveal"][language], scene["question"][language]):
            assert not re.search(r"[{}]", PLACEHOLDER.sub("", text)), "no placeholder, but braces"
    for found in PLACEHOLDER.finditer(scene["reveal"]["en"]):
        value = measured(found, name, places)
        assert value == value, found.group()


@every_scene
def test_one_answer_is_right_and_all_are_different(name, scene):
    if "act" in scene:
        pytest.skip("nothing to choose from")
    assert [answer["right"] for answer in scene["answer"] if "right" in answer] == [True]
    assert 2 <= len(scene["answer"]) <= 4
    for language in LANGUAGES:
        texts = [answer["text"][language] for answer in scene["answer"]]
        assert len(set(texts)) == len(texts)


RELATIONS = {
    "abs": abs,
    "about": lambda one, other: one == pytest.approx(other, rel=0.15),
    "same": lambda *values: max(values) - min(values) <= 1e-9 * max(1, *map(abs, values)),
    "inf": math.inf,
    "max": max,
    "min": min,
}


def said_is_true(name, scene, says):
    """Whether what an answer says holds, by torch. `{iou_loss.value}` is that number where the
    scene starts, `{near:iou_loss.value}` where its `elsewhere.near` leads."""
    places = places_of(name, scene) | {"": table(name).start(scene["id"])}
    filled = PLACEHOLDER.sub(lambda found: repr(measured(found, name, places)), says)
    found = eval(filled, {"__builtins__": {}, "nan": math.nan}, RELATIONS)
    assert isinstance(found, bool), says
    return found


@every_scene
def test_the_right_answer_is_true_and_every_other_is_false(name, scene):
    for answer in scene.get("answer", []):
        assert said_is_true(name, scene, answer["says"]) == answer.get("right", False), answer


@every_scene
def test_an_act_can_be_done_and_is_not_done_yet(name, scene):
    if "act" not in scene:
        pytest.skip("answers to choose from")
    act = scene["act"]
    assert act.keys() - {"play"} == {"of", "equals", "within", "shown"}

    def number(term, state):
        if not isinstance(term, str):
            return term
        if term in state:
            return state[term]
        loss, _, what = term.partition(".")
        return quantity(name, state, loss, "gradient" if what == "length" else what)

    def apart(state):
        return abs(number(act["of"], state) - number(act["equals"], state)) / act["within"]

    assert apart(told_of(name, scene)) <= 0.5
    assert apart(table(name).start(scene["id"])) > 1


@every_scene
def test_what_a_scene_veils_has_a_name_and_a_rule(name, scene):
    sheets = "\n".join(sheet.read_text(encoding="utf-8") for sheet in WEB.rglob("*.css"))
    for part in scene["veil"]:
        assert f"veil_{part}" in interface("en")
        assert f'[data-veil~="{part}"]' in sheets, part


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_page_has_enough_scenes_and_some_to_act_in(name):
    scenes = load(f"scenes/{name}")["scene"]
    assert len(scenes) >= (8 if name in ("concepts", "segmentation") else 10)
    assert sum("act" in scene for scene in scenes) >= 2


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
