"""The documents that stages are drawn from: plain JSON, complete, in one language."""

import dataclasses
import itertools
import json
import re

import pytest

from live.assets import published
from live.documents.document import fill, page_words, publish_document, publish_tapes
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.state.rows import Choice
from live.words.palette import ROLES
from live.words.text import LANGUAGES

ALL = [(name, language) for name in EVERY_PAGE for language in LANGUAGES]
everywhere = pytest.mark.parametrize(("name", "language"), ALL)


def strict(text: str):
    def refuse(constant):
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


def document(name: str, language: str):
    return strict(published(publish_document(name, language).removeprefix("data/")))


@everywhere
def test_a_document_describes_the_family(name, language):
    page = document(name, language)
    assert [loss["id"] for loss in page["losses"]] == [loss.id for loss in EVERY_PAGE[name].losses]
    assert page["words"] == page_words(name, language)
    assert page["palette"].keys() == ROLES.keys()
    looks = {(loss["colour"], loss["dash"]) for loss in page["losses"]}
    assert len(looks) == len(page["losses"])
    for loss, record in zip(page["losses"], EVERY_PAGE[name].losses, strict=True):
        assert all(loss[key] for key in ("short", "name", "formula", "formula_with_values"))
        assert loss["formula_with_values"][-1][0] == "", "a formula without a last resort"
        assert [term["name"] for term in loss["terms"]] == list(record.terms)
        assert all(term["role"] in page["palette"] and term["label"] for term in loss["terms"])
        assert [p["name"] for p in loss["parameters"]] == [p.name for p in record.parameters]
        assert [option["name"] for option in loss["options"]] == [o.name for o in record.options]
        assert all(option["label"] for option in loss["options"])


@everywhere
def test_a_document_holds_the_start_of_the_page_and_of_every_scene(name, language):
    page, rows = document(name, language), table(name)
    assert rows.check({row: told["default"] for row, told in page["rows"].items()}) == (
        rows.start(),
        [],
    )
    assert [scene["id"] for scene in page["scenes"]] == list(rows.scenes)
    for scene in page["scenes"]:
        state, ignored = rows.check(scene["state"])
        assert (state, ignored) == (rows.start(scene["id"]), [])
        assert sum(answer["right"] for answer in scene["answers"]) == (not scene["act"])
        if scene["act"]:
            assert rows.check({**state, **scene["act"]["shown"]})[1] == []
        assert not re.search(r"[{}]", scene["reveal"]), "a number was not filled in"


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_loss_and_choice_has_its_tape(name):
    tapes = strict(published(publish_tapes(name).removeprefix("data/")))
    for loss in EVERY_PAGE[name].losses:
        own = [tape for tape in tapes if tape["name"] == loss.id and "gradient" in tape["outputs"]]
        assert own, loss.id
        for choice in itertools.product(*(option.choices for option in loss.options)):
            names = (f"{loss.id}.{option.name}" for option in loss.options)
            wanted = dict(zip(names, choice, strict=True)).items()
            assert any(wanted <= tape["where"].items() for tape in own)
        shown = re.findall(
            r"\\(?:value|signed)\{(\w+)\}", "".join(t for _, t in loss.formula_with_values)
        )
        wanted = {
            *shown,
            *(condition for condition, _ in loss.formula_with_values if condition),
            *loss.terms,
        }
        readings = [tape["outputs"].keys() | loss.defaults().keys() for tape in own]
        assert any(wanted <= known for known in readings), loss.id


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_no_two_tapes_answer_to_the_same(name):
    """Two of one name tell a condition apart, or are of different things, such as the binary and
    the multi-class form of a loss: then a stage never knows what the other asks for."""
    tapes = strict(published(publish_tapes(name).removeprefix("data/")))
    for first, second in itertools.combinations(tapes, 2):
        if first["name"] == second["name"]:
            shared = first["where"].keys() & second["where"].keys()
            unlike = [fact for fact in shared if first["where"][fact] != second["where"][fact]]
            assert unlike or not shared, first["name"]


@everywhere
def test_a_document_tells_what_every_row_allows(name, language):
    told = document(name, language)["rows"]
    assert told.keys() == table(name).rows.keys()
    for row in table(name).rows.values():
        assert told[row.name] == strict(json.dumps(row.describe()))
        assert told[row.name]["kind"] == type(row).__name__.lower()


def test_a_changed_bound_changes_what_the_document_tells(monkeypatch):
    """Rows are told by themselves: nothing stands between a bound and the control it makes."""
    rate = table("boxes").rows["rate"]
    monkeypatch.setitem(table("boxes").rows, "rate", dataclasses.replace(rate, high=7.5))
    publish_document.cache_clear()
    assert document("boxes", "en")["rows"]["rate"]["high"] == 7.5
    publish_document.cache_clear()


@everywhere
def test_choices_have_a_name_each_or_speak_for_themselves(name, language):
    """The rule of `choicesOf` in `live/web/parts/controls.js`: a row whose choices are words has
    them in the reader's language, all of them; numbers, names of types and ids have none."""
    words = page_words(name, language)
    for row in table(name).rows.values():
        if isinstance(row, Choice):
            named = [f"{row.name.split('.')[-1]}_{choice}" in words for choice in row.choices]
            assert all(named) or not any(named), row.name


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_what_is_raised_to_a_power_gets_brackets_where_it_needs_them(name):
    for loss in EVERY_PAGE[name].losses:
        for _, tex in loss.formula_with_values:
            assert not re.search(r"\\value\{\w+\}\}?\^", tex), loss.id


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_languages_share_no_words(name):
    first, second = (document(name, language) for language in LANGUAGES)
    assert first["title"] != second["title"]
    assert publish_document(name, "en") != publish_document(name, "zh")


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_the_same_document_has_the_same_address_for_ever(name):
    first = publish_document(name, "en")
    publish_document.cache_clear()
    assert publish_document(name, "en") == first


def test_numbers_are_filled_as_prose_writes_them():
    state = table("boxes").start()
    assert fill("{iou_loss.value} and {iou_loss.gradient}", "boxes", {"": state}) == "1 and 0"
    assert re.fullmatch(r"\d+\.\d{3}", fill("{giou_loss.area@20}", "boxes", {"": state}))
    left = {**table("regression").start(), "prediction": -2.0}
    assert fill("{l1_loss.residual}", "regression", {"": left}) == "−2"
    places = {"": state, "near": {**state, "prediction": state["target"]}}
    assert fill("{iou_loss.value}, {near:iou_loss.value}", "boxes", places) == "1, 0"
    assert fill("no numbers, {} and {x}", "boxes", {"": state}) == "no numbers, {} and {x}"


@pytest.mark.parametrize("text", ["{iou_loss.nothing}", "{huber_loss.value}", "{no_loss.value}"])
def test_a_number_that_does_not_exist_is_an_error(text):
    with pytest.raises((KeyError, ValueError, AttributeError)):
        fill(text, "boxes", {"": table("boxes").start()})
