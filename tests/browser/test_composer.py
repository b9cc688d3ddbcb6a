"""A lecture of one's own: composed from views, put in order, given away, presented, offline too."""

import json

import pytest
from playwright.sync_api import Page, expect

from live.words.text import say
from tests.browser.lecture_page import hall_of, ready, words
from tests.browser.pages import drawn

EVIL = '<img src=x onerror="window.evil=1"><script>window.evil=1</script>'


@pytest.fixture
def hall(browser, server):
    with hall_of(browser, server) as one:
        yield one
        assert one.heard() == []


def add_view(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-lab-ready]").wait_for()
    drawn(page)
    page.evaluate("document.querySelector('[data-take=add_to_lecture]').click()")
    expect(page.locator(".lab-take-away a")).to_have_count(1)


def slides(page: Page) -> list[str]:
    return [text.split(". ", 1)[1] for text in page.locator("li .name > span").all_inner_texts()]


def import_text(page: Page, text: str) -> None:
    page.locator("input[type=file]").set_input_files(
        [{"name": "lecture.json", "mimeType": "application/json", "buffer": text.encode()}]
    )


def test_a_lecture_is_composed_given_away_and_presented(hall, tmp_path):
    page = hall.device(viewport={"width": 1280, "height": 900}, has_touch=True)
    add_view(page, f"{hall.server}/stage/boxes?scene=inside&rate=0.5")
    add_view(page, f"{hall.server}/regression?scene=hop")
    add_view(page, f"{hall.server}/stage/boxes?scene=disjoint")
    page.goto(f"{hall.server}/lecture/compose")
    expect(page.locator("li .name")).to_have_count(3)
    first, second, third = slides(page)
    assert (first, third) == ("One inside", "Disjoint")

    # By keyboard: the last one up; the list says where it is, and the hand keeps hold of it.
    page.locator(".grip").nth(2).focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".status")).to_contain_text(
        words("composer", "moved", title="Disjoint", at=2, all=3)
    )
    assert slides(page) == ["One inside", "Disjoint", second]
    expect(page.locator(".grip").nth(1)).to_be_focused()
    # By mouse: the first one to the end.
    grip, last = page.locator(".grip").first.bounding_box(), page.locator("li").last.bounding_box()
    page.mouse.move(grip["x"] + 20, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(grip["x"] + 20, last["y"] + last["height"] + 5, steps=4)
    page.mouse.up()
    expect(page.locator("li .name").last).to_contain_text("One inside")
    assert slides(page) == ["Disjoint", second, "One inside"]

    # Words: a title that would be markup, notes, and a question of one's own.
    page.locator("li .name").first.click()
    field = page.locator("[data-field=title]")
    expect(field).to_have_value("Disjoint")
    field.fill(EVIL)
    page.locator("[data-field=notes]").fill("Wait for the laughter.")
    expect(page.locator("li .name").first).to_contain_text("<img")
    preview = page.frame_locator("iframe")
    expect(preview.locator("h1")).to_have_text(EVIL)
    stage = preview.locator(".lab-boxes[data-lab-ready]")
    stage.evaluate("() => { window.same = true; }")
    field.press("End")
    field.press("!")
    expect(preview.locator("h1")).to_have_text(f"{EVIL}!")
    field.press("Backspace")
    expect(preview.locator("h1")).to_have_text(EVIL)
    assert stage.evaluate("() => window.same")  # the page was not loaded again
    expect(field).to_be_focused()

    with page.expect_download() as download:
        page.locator("[data-act=export]").click()
    text = download.value.path().read_text(encoding="utf-8")
    kept = json.loads(text)
    assert (kept["format"], kept["version"]) == ("loss-lab-lecture", 1)
    assert kept["slides"][2]["link"] == {"scene": "inside", "rate": "0.5"}

    # What is damaged is told, and what was there stays.
    import_text(page, text[: len(text) // 2])
    expect(page.locator(".status")).to_have_text(words("composer", "wrong_json"))
    assert slides(page)[1:] == [second, "One inside"]
    import_text(page, text)
    expect(page.locator("select option")).to_have_count(2)

    # A link holds it all.
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.link = text; }")
    page.locator("[data-act=copy_link]").click()
    page.wait_for_function("() => window.link")
    expect(page.locator(".status")).to_contain_text("copied")
    other = hall.device(viewport={"width": 390, "height": 844}, locale="zh-CN")
    other.goto(page.evaluate("window.link"))
    expect(other.locator(".status")).to_contain_text("3 页")
    other.locator("[data-act=keep]").click()
    expect(other.locator("li .name")).to_have_count(3)
    assert other.evaluate("window.evil") is None

    # Where nothing can be copied it is not said that it was, and the link can be read.
    page.evaluate(
        """() => {
          navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
          document.execCommand = () => false;
        }"""
    )
    page.locator("[data-act=copy_link]").click()
    expect(page.locator(".status")).to_contain_text(page.evaluate("window.link"))

    with page.expect_popup() as opened:
        page.locator("[data-act=present]").click()
    walk(opened.value, second)
    opened.value.close()

    with page.expect_download() as download:
        page.locator("[data-act=one_file]").click()
    file = tmp_path / "lecture.html"
    download.value.save_as(file)
    offline = hall.device(viewport={"width": 1920, "height": 1080}, offline=True)
    offline.goto(file.as_uri())
    walk(offline, second)
    offline.reload()
    expect(offline.locator("h1")).to_have_text("One inside")
    # The presenter's window of a file is in step, either leading.
    with offline.expect_popup() as opened:
        offline.keyboard.press("p")
    presenter = opened.value
    expect(presenter.locator("h1")).to_contain_text("One inside")
    presenter.keyboard.press("ArrowLeft")
    expect(offline.locator("h1")).to_have_text(second)
    offline.keyboard.press("ArrowLeft")
    expect(presenter.locator("h1")).to_contain_text(EVIL)
    expect(presenter.locator(".hall-notes-text")).to_have_text("Wait for the laughter.")
    assert page.evaluate("window.evil") is None
    assert offline.evaluate("window.evil") is None


def walk(projector: Page, second: str) -> None:
    """By keyboard through the three slides, the last one revealed and played."""
    projector.set_viewport_size({"width": 1920, "height": 1080})
    expect(projector.locator("h1")).to_have_text(EVIL)
    ready(projector, "boxes")
    projector.keyboard.press("ArrowRight")
    expect(projector.locator("h1")).to_have_text(second)
    ready(projector, "regression")
    projector.keyboard.press("ArrowRight")
    expect(projector.locator("h1")).to_have_text("One inside")
    stage = ready(projector, "boxes")
    projector.keyboard.press("a")
    expect(projector.locator("li.right")).to_contain_text("GIoU")
    projector.keyboard.press(" ")
    expect(stage.locator(".lab-count")).not_to_have_text(say("step_count", "en", count=0))
