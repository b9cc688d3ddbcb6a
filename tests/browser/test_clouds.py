"""What a hall places is a cloud on the view that it was asked on, and descends with Play."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.lecture_page import hall_of, open_room, ready, words

VIEWS = [
    ("embeddings", {}, "triplet", ".lab-point.positive"),
    ("embeddings", {"arrangement": "cloud"}, "cloud", ".lab-point"),
    ("information", {}, "distributions", ".lab-column.prediction"),
    ("classification", {"view": "multiclass"}, "classes", ".lab-knob:not(.target)"),
]
OUTLINE = "paths => paths.map((path) => path.getAttribute('d')).join('')"


def lecture() -> str:
    slides = [
        {"id": f"v{at}", "family": family, "link": link, "minutes": 1, "title": f"View {at}",
         "question": "Where?",
         "place": {"row": row, "asked": True}}
        for at, (family, link, row, _) in enumerate(VIEWS)
    ]  # fmt: skip
    return json.dumps({"format": "loss-lab-lecture", "version": 1, "title": "", "slides": slides})


@pytest.fixture
def hall(browser, server):
    with hall_of(browser, server) as one:
        yield one
        assert [said for said in one.heard() if "status of 429" not in said] == []


def test_what_is_placed_is_drawn_and_descends(hall):
    expect.set_options(timeout=15_000)
    projector = hall.device(viewport={"width": 1920, "height": 1080})
    projector.goto(f"{hall.server}/join/")
    projector.evaluate("text => localStorage.setItem('loss-lab-own-lecture-x', text)", lecture())
    projector.goto(f"{hall.server}/lecture/own?lecture=x")
    projector.locator(".hall-projector").wait_for()
    phone = hall.phone(open_room(projector))
    for at, (family, _, _, handle) in enumerate(VIEWS):
        expect(phone.locator("h1")).to_have_text(f"View {at}")
        ready(phone, family).locator(f"{handle}:visible").first.focus()
        phone.keyboard.press("Shift+ArrowUp")
        expect(phone.locator(".hall-state")).to_have_text(words("phone", "sent"))
        stage = ready(projector, family)
        projector.keyboard.press("a")
        expect(projector.locator(".hall-picks")).to_contain_text(
            words("projector", "cloud", count=1)
        )
        marks = stage.locator(".lab-cloud")
        expect(marks.and_(projector.locator("[d^=M]"))).not_to_have_count(0)
        outline = marks.evaluate_all(OUTLINE)
        projector.keyboard.press(" ")
        projector.wait_for_function(
            f"before => ({OUTLINE})([...document.querySelectorAll('.hall-family .lab-cloud')])"
            " !== before",
            arg=outline,
        )
        projector.keyboard.press("ArrowRight")
    expect.set_options(timeout=5_000)
