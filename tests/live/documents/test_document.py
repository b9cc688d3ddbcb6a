"""The documents that stages are drawn from: plain JSON, complete, in one language."""

import itertools
import json
import re

import pytest

from live.assets import published
from live.documents.document import fill, publish_document, publish_tapes
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.words.palette import ROLES
from live.words.text import LANGUAGES, interface

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
    assert page["words"] == interface(language)
    assert page["palette"].keys() == ROLES.keys()
    looks = {(loss["colour"], loss["dash"]) for loss in page["losses"]}
    assert len(looks) == len(page["losses"])
    for loss, record in zip(page["losses"], EVERY_PAGE[name].losses, strict=True):
        assert all(loss[key] for key in ("short", "name", "formula", "formula_with_values"))
        assert loss["formula_with_values"][-1][0] == "", "a formula without a last resort"
        assert [term["name"] for term in loss["terms"]] == list(record.terms)
        assert all(term["role"] in page["palette"] and term["label"] for term in loss["terms"])
        assert [p["name"] for p in loss["parameters"]] == [p.name for p in record.parameters]
        choices = [tuple(key for key, _ in option["choices"]) for option in loss["options"]]
        assert choices == [option.choices for option in record.options]
        assert all(label for option in loss["options"] for _, label in option["choices"])


@everywhere
def test_a_document_holds_the_start_of_the_page_and_of_every_scene(name, language):
    page, rows = document(name, language), table(name)
    assert rows.check(page["defaults"]) == (rows.start(), [])
    assert [scene["id"] for scene in page["scenes"]] == list(rows.scenes)
    for scene in page["scenes"]:
        state, ignored = rows.check(scene["state"])
        assert (state, ignored) == (rows.start(scene["id"]), [])
        assert sum(answer["right"] for answer in scene["answers"]) == 1
        assert not re.search(r"[{}]", scene["reveal"]), "a number was not filled in"


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_loss_and_choice_has_its_tape(name):
    tapes = strict(published(publish_tapes(name).removeprefix("data/")))
    for loss in EVERY_PAGE[name].losses:
        keys = [key for key in tapes if loss.id in re.split("[:@]", key)]
        keys = [key for key in keys if "gradient" in tapes[key]["outputs"]]
        assert bool(keys) == loss.taped
        for choice in itertools.product(*(option.choices for option in loss.options)):
            assert not keys or any(set(choice) <= set(re.split("[:@]", key)) for key in keys)
        shown = re.findall(
            r"\\(?:value|signed)\{(\w+)\}", "".join(t for _, t in loss.formula_with_values)
        )
        wanted = {
            *shown,
            *(condition for condition, _ in loss.formula_with_values if condition),
            *loss.terms,
        }
        readings = [tapes[key]["outputs"].keys() | loss.defaults().keys() for key in keys]
        assert not keys or any(wanted <= known for known in readings), loss.id


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
    assert fill("{iou_loss.value} and {iou_loss.gradient}", "boxes", state) == "1 and 0"
    assert re.fullmatch(r"\d+\.\d{3}", fill("{giou_loss.area@20}", "boxes", state))
    left = {**table("regression").start(), "prediction": -2.0}
    assert fill("{l1_loss.residual}", "regression", left) == "−2"
    assert fill("no numbers, {} and {x}", "boxes", state) == "no numbers, {} and {x}"


@pytest.mark.parametrize("text", ["{iou_loss.nothing}", "{huber_loss.value}", "{no_loss.value}"])
def test_a_number_that_does_not_exist_is_an_error(text):
    with pytest.raises((KeyError, ValueError, AttributeError)):
        fill(text, "boxes", table("boxes").start())
