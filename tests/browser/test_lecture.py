"""A lecture is led by keys, without Streamlit, readable from the last row and safe."""

import pytest
from playwright.sync_api import expect

from live.documents.lectures import lecture, lecture_names
from live.families import EVERY_PAGE
from live.words.text import load
from tests.browser.lecture_page import (
    SCREENS,
    hall_of,
    open_room,
    ready,
    stands_at,
    whole,
    words,
)
from tests.browser.pages import drawn


@pytest.fixture
def hall(browser, server):
    with hall_of(browser, server) as one:
        yield one
        assert one.heard() == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", lecture_names())
def test_a_lecture_is_walked_by_keyboard_alone_and_read_from_the_last_row(hall, name, language):
    """On every projector, and the picture stays large beside what is asked and told. The indices of
    a formula may be smaller: they are read, if at all, with key Z."""
    projector = hall.projector(name, locale={"en": "en-GB", "zh": "zh-CN"}[language])
    sockets = []
    projector.on("websocket", lambda socket: sockets.append(socket.url))
    heading = projector.locator("h1")
    for at, slide in enumerate(lecture(name)["slides"]):
        if at:
            projector.keyboard.press("ArrowRight" if at % 2 else "PageDown")
        expect(heading).to_have_text(slide["title"][language])
        if slide["family"]:
            ready(projector, slide["family"])
        for screen in SCREENS:
            whole(projector, *screen)
        right = [answer["text"][language] for answer in slide["answers"] if answer["right"]]
        if slide["answers"] or slide["place"]:
            expect(projector.locator(".hall-question")).to_have_text(slide["question"][language])
            expect(projector.locator("li.right")).to_have_count(0)
            projector.keyboard.press("a")
            for answer in right:
                expect(projector.locator("li.right")).to_contain_text(answer)
            expect(projector.locator(".hall-reveal")).to_contain_text(slide["reveal"][language])
            for screen in reversed(SCREENS):
                whole(projector, *screen)
    last = len(lecture(name)["slides"])
    stands_at(projector, last)
    projector.keyboard.press("ArrowRight")
    projector.keyboard.press("PageUp")
    stands_at(projector, last - 1)
    assert sockets == []


def test_a_reload_comes_back_to_the_same_place(hall):
    projector = hall.projector("iou_to_eiou")
    for _ in range(5):
        projector.keyboard.press("ArrowRight")
    projector.keyboard.press("a")
    code = open_room(projector)
    projector.reload()
    expect(projector.locator("h1")).to_have_text("Disjoint")
    expect(projector.locator("li.right, .right .hall-answer")).to_contain_text("1 − IoU")
    expect(projector.locator("[data-room-code]")).to_have_attribute("data-room-code", code)
    # A browser that crashed is opened anew, at the address without the slide.
    projector.goto(f"{hall.server}/lecture/iou_to_eiou")
    expect(projector.locator("h1")).to_have_text("Disjoint")


def test_what_would_answer_a_question_is_veiled_until_the_reveal(hall):
    projector = hall.projector("cross_entropy")
    projector.goto(f"{hall.server}/lecture/cross_entropy#one_two_three")
    projector.reload()
    told = ".lab-reading:not(.logits)"
    reading = ready(projector, "classification").locator(told).first
    expect(reading).to_be_hidden()
    phone = hall.phone(open_room(projector))
    expect(ready(phone, "classification").locator(told).first).to_be_hidden()
    expect(phone.locator(".lab-switcher").first).to_be_hidden()
    projector.keyboard.press("a")
    expect(reading).to_be_visible()
    projector.keyboard.press("a")
    expect(reading).to_be_hidden()


def test_keys_lead_the_stage(hall):
    projector = hall.projector("mae_mse_huber")
    projector.goto(f"{hall.server}/lecture/mae_mse_huber#hop")
    projector.reload()
    stage = ready(projector, "regression")
    rows = stage.locator(".lab-row:not(.lab-head):visible")
    expect(rows).to_have_count(3)
    projector.keyboard.press("2")
    expect(rows).to_have_count(4)
    projector.keyboard.press("2")
    expect(rows).to_have_count(3)
    count = stage.locator(".lab-count")
    projector.keyboard.press(" ")
    expect(count).not_to_have_text("step 0")
    projector.keyboard.press("r")
    expect(count).to_have_text("step 0")
    for key, selector in (("b", ".hall-blank"), ("n", ".hall-notes"), ("?", ".hall-help")):
        expect(projector.locator(selector)).to_be_hidden()
        projector.keyboard.press(key)
        expect(projector.locator(selector)).to_be_visible()
        projector.keyboard.press("Escape")
        expect(projector.locator(selector)).to_be_hidden()
    table = stage.locator(".lab-table").first
    projector.keyboard.press("v")
    expect(table).to_have_css("visibility", "hidden")
    projector.keyboard.press("v")
    projector.keyboard.press("z")
    expect(stage.locator(".lab-formula")).to_be_hidden()
    projector.keyboard.press("z")
    expect(stage.locator(".lab-main")).to_be_hidden()
    projector.keyboard.press("z")
    expect(stage.locator(".lab-main")).to_be_visible()
    # A handle that has the keyboard moves with the arrows; the slide stays.
    place = projector.locator(".hall-projector footer span").first
    at, handle = place.inner_text(), stage.locator(".prediction[tabindex]").first
    value = handle.get_attribute("aria-valuetext")
    handle.focus()
    projector.keyboard.press("ArrowRight")
    expect(handle).not_to_have_attribute("aria-valuetext", value)
    expect(place).to_have_text(at)


def test_the_presenters_window_is_in_step(hall):
    projector = hall.projector("cross_entropy")
    code = open_room(projector)
    with projector.expect_popup() as opened:
        projector.keyboard.press("p")
    presenter = opened.value
    counts = words("projector", "counts", phones=0, answered=0)
    expect(presenter.locator("footer")).to_contain_text(f"{code} · {counts}")
    slides = lecture("cross_entropy")["slides"]
    expect(presenter.locator(".hall-notes-text")).to_have_text(slides[0]["notes"]["en"])
    projector.keyboard.press("ArrowRight")
    expect(presenter.locator(".hall-notes-text")).to_have_text(slides[1]["notes"]["en"])
    presenter.keyboard.press("ArrowRight")
    expect(projector.locator("h1")).to_have_text(slides[2]["title"]["en"])
    expect(presenter.locator("footer p").first).to_contain_text(slides[3]["title"]["en"])
    expect(presenter.locator(".hall-time")).to_contain_text(
        words("projector", "time_used", used=0, all=45)
    )


def test_a_stage_is_presented_as_it_stands(hall):
    page = hall.device(viewport={"width": 1280, "height": 800})
    page.goto(f"{hall.server}/stage/boxes?scene=inside&rate=0.5")
    page.locator("[data-lab-ready]").wait_for()
    drawn(page)
    with page.expect_popup() as opened:
        page.evaluate("document.querySelector('[data-take=present]').click()")
    projector = opened.value
    projector.set_viewport_size({"width": 1920, "height": 1080})
    expect(projector.locator("h1")).to_have_text("One inside")
    ready(projector, "boxes")
    projector.keyboard.press("a")
    expect(projector.locator("li.right")).to_contain_text("GIoU")


@pytest.mark.parametrize("family", EVERY_PAGE)
def test_every_scene_is_whole_on_every_projector(hall, family):
    """The scenes of the lectures are walked there, in both languages."""
    projector = hall.device(viewport={"width": 1280, "height": 800})
    slides = [slide for name in lecture_names() for slide in lecture(name)["slides"]]
    told = {slide["state"]["scene"] for slide in slides if slide["family"]}
    scenes = {scene["id"] for scene in load(f"scenes/{family}")["scene"]}
    for scene in sorted(scenes - told):
        projector.goto(f"{hall.server}/present/{family}?scene={scene}")
        ready(projector, family)
        for screen in SCREENS:
            whole(projector, *screen)
        projector.keyboard.press("a")
        for screen in reversed(SCREENS):
            whole(projector, *screen)
        for _ in range(2):  # some charts come with the first steps
            projector.keyboard.press(" ")
            drawn(projector)
        whole(projector, *SCREENS[0])


@pytest.mark.parametrize(
    ("family", "scene"),
    [("classification", "validation"), ("embeddings", "scale_up"), ("distances", "rank_one")],
)
def test_the_picture_is_whole_beside_however_much_and_below_a_long_answer(hall, family, scene):
    projector = hall.device(viewport={"width": 1920, "height": 1080})
    projector.goto(f"{hall.server}/present/{family}?scene={scene}")
    ready(projector, family)
    projector.keyboard.press("a")
    expect(projector.locator("li.right")).to_be_visible()
    for _ in range(3):  # the answer comes, and the stage makes room
        drawn(projector)
    card = projector.locator(".lab-card:has(.lab-main)")
    assert card.evaluate("card => card.scrollHeight - card.clientHeight") <= 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_page_leads_to_every_lecture_to_ones_own_and_to_the_room(hall, language):
    page = hall.device(viewport={"width": 390, "height": 844})
    page.goto(f"{hall.server}/lecture?lang={language}")
    page.wait_for_url("**/lecture/*")
    assert page.request.get(f"{hall.server}/lecture/").ok
    for name in lecture_names():
        expect(page.locator("main")).to_contain_text(lecture(name)["title"][language])
    links = page.locator("a").evaluate_all("links => links.map((link) => link.href)")
    assert {link.split("?")[0].removeprefix(hall.server) for link in links} >= {
        "/", "/lecture/compose", "/join/",
        *(f"/lecture/{name}{way}" for name in lecture_names() for way in ("", "/handout")),
    }  # fmt: skip
    assert all(page.request.get(link).ok for link in links)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", lecture_names())
def test_a_handout_is_one_page_of_paper(hall, name, language):
    page = hall.device()
    page.goto(f"{hall.server}/lecture/{name}/handout?lang={language}")
    for goal in lecture(name)["goals"]:
        expect(page.locator("ol")).to_contain_text(goal[language])
    links = page.locator("td a").evaluate_all("links => links.map((link) => link.href)")
    assert len(links) == len(lecture(name)["slides"])
    assert all(page.request.get(link).ok for link in links)
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_a_finger_leads_it_and_a_washed_out_projector_gets_all_contrast(hall):
    projector = hall.projector("iou_to_eiou", has_touch=True)
    body, black, white = projector.locator("body"), "rgb(0, 0, 0)", "rgb(255, 255, 255)"
    projector.keyboard.press("h")
    expect(body).to_have_css("color", black)
    expect(body).to_have_css("background-color", white)
    projector.keyboard.press("d")
    expect(body).to_have_css("color", white)
    expect(body).to_have_css("background-color", black)
    projector.keyboard.press("h")
    expect(body).not_to_have_css("background-color", black)
    projector.get_by_role("button", name="▶").tap()
    stands_at(projector, 2)
    projector.get_by_role("button", name=words("projector", "reveal")).tap()
    projector.get_by_role("button", name="?").tap()
    expect(projector.locator(".hall-help")).to_be_visible()
    boxes = projector.locator(".hall-projector footer button:visible").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(boxes) >= 44
    projector.get_by_role("button", name=words("projector", "key_veil")).tap()
    expect(projector.locator(".hall-help")).to_be_hidden()
    expect(projector.locator(".hall-projector")).to_contain_class("veiled")
    projector.keyboard.press("Escape")
    finger = projector.context.new_cdp_session(projector)
    for start, end, slide in ((1500, 700, 3), (700, 1500, 2)):
        for kind, points in (
            ("touchStart", [{"x": start, "y": 60}]),
            ("touchMove", [{"x": (start + end) / 2, "y": 60}]),
            ("touchMove", [{"x": end, "y": 60}]),
            ("touchEnd", []),
        ):
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        stands_at(projector, slide)
