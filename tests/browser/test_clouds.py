"""What a hall places is a cloud on the view that it was asked on, and descends with Play."""

import json
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.state.rows import Choice
from live.words.text import interface
from tests.browser.lecture_page import hall_of, open_room, ready, words
from tests.browser.pages import drawn
from tests.live.room.hall import Hall

MOST_DRAWN = 300
MASK = "0" * 200 + "5" * 100 + "0" * 132


class View(NamedTuple):
    """A view, the row that is placed there, two answers or more; where a phone is asked, what it
    grasps and the keys that move it."""

    family: str
    link: dict[str, str]
    row: str
    answers: tuple[Any, ...]
    handle: str = ""
    keys: tuple[str, ...] = ("Shift+ArrowUp",)
    along: str = ""
    """The words that say what gives the value, where it is no loss that can be chosen."""
    still: str = ""
    """The words that say why it does not descend; none where it does."""


def moved(family: str, row: str, *changes: Any) -> tuple[Any, ...]:
    """The default of a row, with its first part another, once for each change."""
    return tuple([change, *table(family).rows[row].default[1:]] for change in changes)


VIEWS = [
    View("boxes", {}, "prediction", ([1, 1, 2, 2], [4, 1, 7, 3])),
    View("segmentation", {}, "prediction", (MASK, MASK[::-1]), ".lab-paint .lab-mask",
         ("Shift+ArrowUp", " ")),
    View("concepts", {}, "slope,intercept", ([1, 1], [2, -1]), ".lab-end"),
    View("regression", {}, "prediction", tuple(i / 50 - 4 for i in range(MOST_DRAWN + 1))),
    View("regression", {"view": "optimum"}, "guess", (200, 800)),
    View(
        "regression", {"view": "line"}, "points",
        moved("regression", "points", [1950, 200], [1975, 250]), along="cloud_of_lines",
    ),
    View(
        "information", {}, "distributions",
        ([[0.25] * 4] * 2, [[0.25] * 4, [0.1, 0.2, 0.3, 0.4]]),
    ),
    View("information", {"view": "gaussians"}, "mean,width", ([-2, 1], [3, 2]), ".lab-knob",
         ("Shift+ArrowRight",), along="cloud_along_direction"),
    View("information", {"view": "gaussians", "direction": "reverse"}, "mean,width",
         ([-2, 1], [3, 2])),
    View("classification", {}, "logit", (-5, 4)),
    View(
        "classification", {"view": "multiclass"}, "classes",
        moved("classification", "classes", [-3, 0.7], [4, 0.7]),
    ),
    View("classification", {"view": "pipeline"}, "weights", ([1] * 9, [-1] * 9)),
    View("classification", {"view": "batch"}, "margins", ([1] * 6, [-1] * 6)),
    View(
        "distances", {}, "matrices",
        moved("distances", "matrices", [[9] * 3] * 2, [[-9] * 3] * 2),
    ),
    View(
        "distances", {"loss": "nuclear_norm"}, "matrices",
        moved("distances", "matrices", [[9] * 3] * 2, [[-9] * 3] * 2),
    ),
    View(
        "distances", {"loss": "pairwise_distance"}, "first",
        moved("distances", "first", [3, 5], [4, 1]),
    ),
    View("distances", {"loss": "hamming_distance"}, "codes", ([[1] * 8, [0] * 8],) * 2,
         still="cloud_of_bits"),
    View("distances", {"loss": "l1_penalty"}, "weight", (-2, 2)),
    View("embeddings", {}, "triplet", moved("embeddings", "triplet", [1, 1], [-1, -1])),
    View(
        "embeddings", {"arrangement": "cloud"}, "cloud",
        moved("embeddings", "cloud", [1, 1], [0, 0]),
    ),
]  # fmt: skip
DRAWN = """() => [...document.querySelectorAll('.hall-family')]
  .filter((family) => family.checkVisibility())
  .flatMap((family) => [
    ...Array.from(family.querySelectorAll('.lab-cloud'), (path) => path.getAttribute('d') ?? ''),
    ...Array.from(family.querySelectorAll('.clouded .lab-shares'), (canvas) => canvas.toDataURL()),
    ...Array.from(family.querySelectorAll('.shared'), (bit) => bit.style.cssText),
  ]).join('')"""
"""All that is drawn of a cloud: marks, shares of a mask, shares of bits."""


def seen(projector: Page) -> str:
    drawn(projector)
    return projector.evaluate(DRAWN)


def lecture() -> str:
    slides = [
        {"id": f"v{at}", "family": view.family, "link": view.link, "minutes": 1,
         "title": f"View {at}", "question": "Where?", "place": {"row": view.row, "asked": True}}
        for at, view in enumerate(VIEWS)
    ]  # fmt: skip
    return json.dumps({"format": "loss-lab-lecture", "version": 1, "title": "", "slides": slides})


@pytest.fixture
def hall(browser, server):
    with hall_of(browser, server) as one:
        yield one
        assert [said for said in one.heard() if "status of 429" not in said] == []


def shown(view: View) -> tuple[str, str]:
    """The family, and which of its views the link opens."""
    views = EVERY_PAGE[view.family].views
    state = {**table(view.family).start(), **view.link}
    return view.family, state.get("view") or next(
        (name for name, losses in views.items() if state.get("loss") in losses), ""
    )


def test_every_view_is_here():
    every = set()
    for name, page in EVERY_PAGE.items():
        row = table(name).rows.get("view")
        views = row.choices if isinstance(row, Choice) else page.views or [""]
        every |= {(name, view) for view in views}
    assert {shown(view) for view in VIEWS} == every


def test_what_is_placed_is_drawn_and_descends(hall):
    projector = hall.device(viewport={"width": 1920, "height": 1080})
    projector.goto(f"{hall.server}/join/")
    projector.evaluate("text => localStorage.setItem('loss-lab-own-lecture-x', text)", lecture())
    projector.goto(f"{hall.server}/lecture/own?lecture=x")
    projector.locator(".hall-projector").wait_for()
    code = open_room(projector)
    phone, others = hall.phone(code), Hall(hall.server)
    for number in range(1, MOST_DRAWN + 2):
        others.join(code, number)
    for at, view in enumerate(VIEWS):
        expect(phone.locator("h1")).to_have_text(f"View {at}")
        for number, answer in enumerate(view.answers, start=1):
            assert others.answer(code, number, question=f"v{at}", place=answer)[0] == 200
        if view.handle:
            ready(phone, view.family).locator(f"{view.handle}:visible").last.focus()
            for key in view.keys:
                phone.keyboard.press(key)
            expect(phone.locator(".hall-state")).to_have_text(words("phone", "sent"))
        ready(projector, view.family)
        projector.keyboard.press("a")
        count = len(view.answers) + bool(view.handle)
        picks = projector.locator(".hall-picks")
        expect(picks).to_be_visible()
        told = "cloud_thinned" if count > MOST_DRAWN else "cloud"
        expect(picks).to_contain_text(words("projector", told, count=count, shown=MOST_DRAWN))
        if view.along:
            expect(picks).to_contain_text(interface("en")[view.along])
        for _ in range(3):  # the row of buttons comes, and the stage makes room
            drawn(projector)
        before = seen(projector)
        assert before, view
        picks.get_by_role("button", name=words("projector", "cloud_middle")).click()
        assert seen(projector) != before or view.row == "codes", view
        picks.get_by_role("button", name=words("projector", "cloud_all")).click()
        assert seen(projector) == before, view
        projector.keyboard.press(" ")
        if view.still:
            expect(picks.locator("xpath=..")).to_contain_text(interface("en")[view.still])
        else:
            projector.wait_for_function(f"before => ({DRAWN})() !== before", arg=before)
        projector.keyboard.press("ArrowRight")
