"""A projector and phones in real browsers: whole lectures, what a phone costs, a killed server."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from live import modules
from live.documents.lectures import lecture
from tests.app_process import AppProcess
from tests.browser.lecture_page import hall_of, open_room, ready, words
from tests.browser.pages import drawn
from tests.browser.traffic import PHONE, Traffic
from tests.redis_server import running_redis

MOST_REQUESTS = 6
MOST_BYTES = 250_000
MILLISECONDS_TO_USE = 3000
SECONDS_AWAY = 10
SAID = ".hall-status:not(:empty)"
"""What a page says of its state; where all is well, nothing."""
bundled = pytest.mark.skipif(
    not modules.files(modules.PHONE)[0].startswith("bundles/"), reason="needs make bundles"
)


@pytest.fixture
def hall(browser, server):
    """A test is faster than people: a phone may ask twenty times in ten seconds, and is then told
    to wait, which it does by itself."""
    with hall_of(browser, server) as one:
        one.expected.append("status of 429")
        yield one
        assert one.heard() == []


HANDLES = {
    "boxes": ".lab-box.prediction",
    "regression": ".prediction[role=slider]",
    "classification": ".lab-picture [role=slider]",
}


def place_by_keys(phone: Page, family: str) -> None:
    """Move the prediction, and let go."""
    ready(phone, family).locator(f"{HANDLES[family]}:visible").first.focus()
    phone.keyboard.press("Shift+ArrowRight")


@pytest.mark.parametrize("name", ["iou_to_eiou", "cross_entropy", "mae_mse_huber"])
def test_a_whole_lecture_with_a_room_and_a_phone_in_chinese(hall, name):
    projector = hall.projector(name)
    code = open_room(projector)
    assert re.fullmatch("[A-HJ-NP-Z2-9]{5}", code)
    phone = hall.phone(code, locale="zh-CN")
    counts = projector.locator(".hall-counts")
    for slide in lecture(name)["slides"]:
        expect(projector.locator("h1")).to_have_text(slide["title"]["en"])
        expect(phone.locator("h1")).to_have_text(slide["title"]["zh"])
        if slide["answers"] or slide["place"]:
            expect(phone.locator(".hall-question")).to_have_text(slide["question"]["zh"])
            expect(counts).to_contain_text(words("projector", "counts", phones=1, answered=0))
        if slide["answers"]:
            phone.locator(".hall-answers button").first.click()
        if slide["place"]:
            place_by_keys(phone, slide["family"])
        if slide["answers"] or slide["place"]:
            expect(phone.locator(".hall-state")).to_have_text(words("phone", "sent", "zh"))
            expect(counts).to_contain_text(words("projector", "counts", phones=1, answered=1))
            expect(projector.locator(".hall-histogram")).to_have_count(0)
            projector.keyboard.press("a")
            expect(phone.locator(".hall-told")).to_contain_text(slide["reveal"]["zh"])
        if slide["answers"]:
            bars = projector.locator(".hall-histogram b")
            expect(bars).to_have_text(["1", *["0"] * (len(slide["answers"]) - 1)])
            mine = phone.locator(".hall-histogram li").first
            expect(mine).to_contain_text(words("phone", "yours", "zh"))
        if slide["place"]:
            expect(projector.locator(".hall-picks")).to_contain_text(
                words("projector", "cloud", count=1)
            )
        projector.keyboard.press("ArrowRight")
    projector.keyboard.press("o")
    projector.get_by_role("button", name=words("projector", "end_room")).click()
    expect(phone.locator(".hall-status")).to_have_text(words("phone", "ended", "zh"))
    hall.expected.append("status of 404")  # who asks for a room that has ended


def test_a_phone_may_change_its_mind_until_the_reveal(hall):
    projector = hall.projector("mae_mse_huber")
    projector.keyboard.press("ArrowRight")
    phone = hall.phone(open_room(projector))
    buttons = phone.locator(".hall-answers button")
    for at in (0, 2, 1):
        buttons.nth(at).click()
        expect(buttons.nth(at)).to_have_attribute("aria-pressed", "true")
    expect(phone.locator(".hall-state")).to_have_text(words("phone", "sent"))
    phone.reload()
    expect(buttons.nth(1)).to_have_attribute("aria-pressed", "true")
    projector.keyboard.press("a")
    expect(projector.locator(".hall-histogram b")).to_have_text(["0", "1", "0"])
    expect(buttons.first).to_be_hidden()


def test_a_phone_moves_only_what_is_asked_for(hall):
    """All answers are seen on one picture: a box that is not asked for goes back."""
    projector = hall.projector("iou_to_eiou")
    projector.goto(f"{hall.server}/lecture/iou_to_eiou#one_half")
    projector.reload()
    phone = hall.phone(open_room(projector))
    lab = ready(phone, "boxes")
    target, prediction = (
        lab.locator(f".lab-box.{side}").first for side in ("target", "prediction")
    )
    before = target.get_attribute("x")
    target.focus()
    phone.keyboard.press("Shift+ArrowLeft")
    drawn(phone)
    drawn(phone)
    expect(target).to_have_attribute("x", before)
    expect(phone.locator(".hall-state")).to_have_text(words("phone", "place"))
    prediction.focus()
    phone.keyboard.press("Shift+ArrowRight")
    expect(phone.locator(".hall-state")).to_have_text(words("phone", "sent"))


def test_phones_explore_and_are_called_back(hall):
    projector = hall.projector("iou_to_eiou")
    projector.goto(f"{hall.server}/lecture/iou_to_eiou#disjoint")
    projector.reload()
    phone = hall.phone(open_room(projector))
    ready(phone, "boxes")
    table = phone.locator(".lab-table")
    expect(table).to_be_hidden()
    projector.keyboard.press("e")
    expect(table).to_be_visible()
    expect(phone.locator(".hall-state")).to_have_text(words("phone", "free"))
    projector.keyboard.press("e")
    expect(table).to_be_hidden()
    expect(phone.locator(".hall-answers button").first).to_be_visible()


def test_nothing_that_comes_from_elsewhere_is_shown_as_html(hall, server):
    """Words of a lecture of one's own, and a message of the server."""
    projector = hall.projector("mae_mse_huber")
    code = open_room(projector)
    phone = hall.phone(code)
    strange = '<img src=x onerror="document.title=1">'
    room = projector.evaluate(
        """async (words) => {
          const { room } = JSON.parse(localStorage['loss-lab-lecture-mae_mse_huber']);
          const shown = { question: 'q', phase: 'ask', choices: 2, words: { en: words } };
          const headers = { 'X-Room-Secret': room.secret };
          const sent = { method: 'PUT', headers, body: JSON.stringify(shown) };
          return (await fetch(new URL(`room/${room.code}`, document.baseURI), sent)).status;
        }""",
        {"title": strange, "question": strange, "answers": [strange, "b"]},
    )
    assert room == 204
    expect(phone.locator("h1")).to_have_text(strange)
    expect(phone.locator(".hall-answers button").first).to_have_text(strange)
    assert phone.locator("main img").count() == 0


def test_a_wrong_code_leads_to_the_form(hall):
    phone = hall.device(viewport={"width": 390, "height": 844}, locale="zh-CN")
    phone.goto(f"{hall.server}/join/AAAAA")
    expect(phone.get_by_role("alert")).to_contain_text("没有这个代码")
    phone.locator("input[name=code]").fill("bbbbb")
    phone.locator("button").click()
    phone.wait_for_url("**/join/bbbbb")
    expect(phone.get_by_role("alert")).to_contain_text("没有这个代码")
    hall.expected.append("status of 404")


@bundled
@pytest.mark.parametrize("slide", ["opinion", "disjoint"])
def test_a_phone_asks_for_little_and_is_soon_ready(hall, slide):
    projector = hall.projector("iou_to_eiou")
    projector.goto(f"{hall.server}/lecture/iou_to_eiou#{slide}")
    projector.reload()
    code = open_room(projector)
    phone = hall.device(viewport={"width": 390, "height": 844}, has_touch=True)
    traffic = Traffic(phone, PHONE)
    phone.goto(f"{hall.server}/join/{code}", wait_until="commit")
    phone.locator(".hall-answers button").first.click()
    if slide == "disjoint":
        ready(phone, "boxes")
    expect(phone.locator(".hall-state")).to_have_text(words("phone", "sent"))
    asked = [one for one in traffic.transfers if not one.path.startswith("/images/")]
    of_joining = [one for one in asked if not one.path.endswith("/answers")]
    assert len(of_joining) <= MOST_REQUESTS, [one.path for one in of_joining]
    size = sum(one.size for one in asked)
    assert size <= MOST_BYTES
    on_the_line = len(of_joining) * PHONE["latency"] + 1000 * size / PHONE["downloadThroughput"]
    assert on_the_line <= MILLISECONDS_TO_USE, "even if it asked for one after another"


# That they are back within five seconds of their own clocks has tests/web/hall/test_follow.py.
def test_after_kill_9_phone_and_projector_are_back_by_themselves(browser, tmp_path):
    server = AppProcess({"LOSS_LAB_ROOMS": str(tmp_path / "rooms.sqlite")})
    try:
        with hall_of(browser, server.address) as hall:
            projector = hall.projector("iou_to_eiou")
            projector.keyboard.press("ArrowRight")
            code = open_room(projector)
            phone = hall.phone(code)
            phone.locator(".hall-answers button").nth(2).click()
            expect(phone.locator(".hall-state")).to_have_text(words("phone", "sent"))
            server.kill()
            # What is answered meanwhile is on its way until the server is back.
            phone.locator(".hall-answers button").nth(1).click()
            expect(phone.locator(".hall-state")).to_have_text(words("phone", "lost"))
            expect(projector.locator(SAID)).to_have_text(words("projector", "lost"))
            server.start()
            expect(phone.locator(".hall-state")).to_have_text(words("phone", "sent"))
            expect(phone.locator(SAID)).to_have_count(0)
            expect(projector.locator(SAID)).to_have_count(0)
            shows_and_goes_on(projector, phone, ["0", "1", "0"])
    finally:
        server.stop()


def shows_and_goes_on(projector, phone, counts):
    """The projector has every answer, and the phone follows it to the next scene."""
    projector.keyboard.press("a")
    expect(projector.locator(".hall-histogram b")).to_have_text(counts)
    projector.keyboard.press("ArrowRight")
    expect(phone.locator("h1")).to_have_text("Half an IoU")


def test_redis_may_be_away_for_ten_seconds(browser):
    """One phone has answered and only looks on, another changes its answer meanwhile."""
    with running_redis() as redis:
        server = AppProcess({"LOSS_LAB_REDIS": redis.address})
        try:
            with hall_of(browser, server.address) as hall:
                projector = hall.projector("iou_to_eiou")
                projector.keyboard.press("ArrowRight")
                code = open_room(projector)
                looks, answers = hall.phone(code), hall.phone(code, locale="zh-CN")
                for phone in (looks, answers):
                    phone.locator(".hall-answers button").nth(2).click()
                expect(looks.locator(".hall-state")).to_have_text(words("phone", "sent"))
                expect(answers.locator(".hall-state")).to_have_text(words("phone", "sent", "zh"))
                redis.kill()
                gone = time.monotonic()
                answers.locator(".hall-answers button").nth(1).click()
                told = [words("refusals", "unreachable", "en"), words("phone", "lost")]
                expect(looks.locator(".hall-status")).to_have_text(re.compile("|".join(told)))
                expect(answers.locator(".hall-status")).not_to_have_text("")
                expect(projector.locator(SAID)).to_have_text(words("projector", "lost"))
                projector.wait_for_timeout(1000 * max(0, SECONDS_AWAY - time.monotonic() + gone))
                redis.start()
                sent = words("phone", "sent", "zh")
                expect(answers.locator(".hall-state")).to_have_text(sent)
                for page in (looks, answers, projector):
                    expect(page.locator(SAID)).to_have_count(0)
                shows_and_goes_on(projector, looks, ["0", "1", "1"])
        finally:
            server.stop()
