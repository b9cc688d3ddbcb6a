"""The index of the search: every result leads to a page that shows it."""

import json
import re
from urllib.parse import parse_qsl

import pytest

from catalog import CATALOG
from experiments.symptoms import SYMPTOMS
from live.assets import published
from live.documents.lectures import lecture_names
from live.documents.search_index import publish_search
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.modules import GUIDE
from live.words.text import LANGUAGES, load, names

SHOWN = {
    "equal_classes": "cross_entropy_loss",
    "softmax_twice": "cross_entropy_loss",
    "sigmoid_twice": "bce_with_logits_loss",
    "focal_undecided": "focal_loss",
    "collapsed_triplet": "triplet_loss",
    "satisfied_triplets": "triplet_loss",
    "probabilities_as_logs": "nll_loss",
    "boxes_apart": "iou_loss",
    "undecided_square": "squared_error_on_sigmoid",
}
"""Symptoms whose number stands in the table as soon as the page is open, and by which loss. The
others open a scene that asks for it, or one of the same kind."""


def index(language):
    return json.loads(published(publish_search(language).removeprefix("data/")))


def opened(address):
    """The page that an address of the index opens, its state, and what its link asks beside it."""
    page, _, query = address.partition("?")
    told = dict(parse_qsl(query))
    claim = told.pop("claim", None)
    state, ignored = table(page).read_link(told)
    assert not ignored, address
    return page, state, claim


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_result_opens_a_page_that_shows_it(language):
    found = {"claim": set(), "loss": set(), "scene": set()}
    for entry in index(language)["entries"]:
        if entry["kind"] == "lecture":
            assert entry["address"].removeprefix("lecture/") in lecture_names()
            continue
        if entry["address"] == GUIDE:
            continue
        page, state, claim = opened(entry["address"])
        if entry["kind"] in ("loss", "symbol"):
            assert "loss=" in entry["address"]
            assert state["loss"] in state["losses"], entry
            assert state["loss"] in EVERY_PAGE[page].views.get(state.get("view"), state["losses"])
            if entry["kind"] == "loss":
                found["loss"].add(state["loss"])
        elif entry["kind"] == "scene":
            assert state["scene"], entry
            found["scene"].add((page, state["scene"]))
        elif entry["kind"] == "claim":
            assert load(f"claims/{claim}")["family"] == page, entry
            found["claim"].add(claim)
    assert found["loss"] == set(CATALOG)
    assert found["claim"] == set(names("claims"))
    assert found["scene"] == {(page, scene) for page in EVERY_PAGE for scene in table(page).scenes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_symptom_opens_its_page_and_says_its_numbers(language):
    told = index(language)["symptoms"]
    assert len(told) == len(SYMPTOMS)
    for symptom in told:
        opened(symptom["address"])
        for _, values in symptom["cases"]:
            assert set(re.findall(r"{(.+?)}", symptom["title"] + symptom["text"])) <= set(values)


@pytest.mark.parametrize("name", SHOWN)
def test_the_number_of_a_symptom_stands_on_the_page_that_it_opens(name):
    page, state, _ = opened(load("symptoms")[name]["opens"])
    assert state["loss"] == SHOWN[name]
    value = EVERY_PAGE[page].answer(state)["values"][SHOWN[name]]
    numbers = [case.number for case in SYMPTOMS[name]()]
    assert any(value == pytest.approx(number, abs=0.005) for number in numbers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_has_no_formula_in_it(language):
    for entry in index(language)["entries"]:
        assert not re.search(r"[\\${}]", entry["title"] + entry["about"]), entry
