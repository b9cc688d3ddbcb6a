"""The stage without Streamlit: from `/stage/` and from a disk it gives torch's numbers."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from live import modules
from live.documents.stage_page import stage_file
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.words.text import LANGUAGES, load, say
from tests.browser.hands import drag_something, play_something
from tests.browser.pages import Complaints, drawn
from tests.browser.traffic import Traffic
from tools.site.check import TAKE, numbers, wrong_scenes

MOST_BYTES = 230_000
"""Of a cold visit; what may be sent is 250 kB, and the next scene needs some of it."""
MOST_REQUESTS = 6
MOST_IN_A_FILE = 900_000
every_family = pytest.mark.parametrize("name", EVERY_PAGE)


@pytest.fixture(scope="module")
def tab(browser, server):
    """One tab for all of these tests, and what it complains of."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=False)
    page = context.new_page()
    yield page, Complaints(page, server.removeprefix("http://"))
    context.close()


@pytest.fixture
def alone(tab, server, tmp_path):
    """Open a stage alone, from the server or as a file."""
    page, complaints = tab

    def visit(name: str, language: str = "en", host: str = "server", **query: str):
        complaints.heard.clear()
        address = f"{server}/stage/{name}"
        if host == "file":
            file = tmp_path / f"{name}-{language}.html"
            file.write_text(stage_file(name, language), encoding="utf-8")
            address = file.as_uri()
        page.goto(f"{address}?{urlencode({'lang': language, **query})}")
        page.wait_for_selector(f".lab-{name}[data-lab-ready]")
        drawn(page)
        return page, complaints

    yield visit
    page.goto("about:blank")  # a stage that plays would play on beside the tests of others


def test_the_code_of_the_state_is_one_tap_away_and_follows_the_hand(alone):
    page, complaints = alone("regression", loss="l1_loss", prediction="2")
    panel = page.locator(".lab-own-code")
    panel.locator("summary").click()
    code = panel.locator("pre code")
    expect(code).to_contain_text("from losses import l1_loss")
    panel.get_by_role("radio", name=say("code_built_in", "en")).check()
    expect(code).to_contain_text("functional.l1_loss")
    expect(code).to_contain_text("torch.tensor(2.0,")
    page.locator(".prediction[role=slider]:visible").press("ArrowRight")
    expect(code).not_to_contain_text("torch.tensor(2.0,")
    expect(code).to_contain_text("functional.l1_loss")  # the form stays
    link = panel.get_by_role("link", name=say("link_to_state", "en"))
    assert link.evaluate("a => a.href") == page.url
    assert not complaints.heard


def test_a_file_has_the_code_of_the_chosen_loss_and_says_whose_numbers_it_has(alone):
    page, complaints = alone("regression", host="file", loss="l1_loss")
    panel = page.locator(".lab-own-code")
    panel.locator("summary").click()
    expect(panel.get_by_text(say("code_of_start", "en"))).to_be_visible()
    code = panel.locator("pre code")
    expect(code).to_contain_text("from losses import l1_loss")
    page.locator("button.lab-name:visible", has_text="Huber").first.click()
    expect(code).to_contain_text("from losses import huber_loss")
    panel.get_by_role("radio", name=say("code_torch", "en")).check()
    expect(code).to_contain_text("class HuberLoss")
    assert not complaints.heard


@pytest.mark.parametrize("host", ["server", "file"])
@pytest.mark.parametrize("language", LANGUAGES)
@every_family
def test_every_scene_gives_torchs_numbers(alone, name, language, host):
    page, complaints = alone(name, language, host)
    assert not wrong_scenes(page, name)
    assert say("recorded_by_torch", language, version="2").split("2")[0] in page.content()
    assert not complaints.heard


@pytest.mark.parametrize("host", ["server", "file"])
@every_family
def test_a_hand_moves_it_and_play_runs(alone, name, host):
    page, complaints = alone(name, "zh", host)
    handle = drag_something(page)
    before = numbers(page)
    handle.focus()
    for key in ("ArrowUp", "ArrowRight", "Space"):
        handle.press(key)
    assert numbers(page) != before
    if host == "server":
        assert page.url.count("&"), "the link follows the hand"
    play_something(page, "zh")
    assert not complaints.heard


@every_family
def test_a_cold_visit_is_small(browser, server, name):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    traffic, sockets = Traffic(page), []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{server}/stage/{name}")
    page.wait_for_selector("[data-lab-ready]")
    drawn(page)
    page.wait_for_load_state("networkidle")
    paths = [transfer.path for transfer in traffic.transfers]
    photographs = [path for path in paths if path.startswith("/images/")]
    size = sum(one.size for one in traffic.transfers if one.path not in photographs)
    # Languages differ in the page itself and in nothing else that comes.
    whole = {tag: _length(page, f"{server}/stage/{name}?lang={tag}") for tag in LANGUAGES}
    size += max(whole.values()) - whole["en"]
    context.close()
    assert len(paths) == 3 + len(modules.files(modules.of_page(name))) + len(photographs)
    assert len(paths) <= MOST_REQUESTS
    assert size + traffic.inlined <= MOST_BYTES
    assert not sockets


def _length(page, address: str) -> int:
    """How many bytes come for an address, as Chromium asks for it."""
    told = page.request.head(address, headers={"Accept-Encoding": "gzip, deflate, br"})
    return int(told.headers["content-length"])


@pytest.mark.parametrize("language", LANGUAGES)
@every_family
def test_a_file_is_small_and_names_no_other(name, language):
    text = stage_file(name, language)
    assert len(text.encode()) <= MOST_IN_A_FILE
    markup = re.sub(r"<(script|style)[ >].*?</\1>", "", text, flags=re.DOTALL)
    assert not re.findall(r'(?:src|href)="(?!data:)[^"]', markup)
    assert "streamlit" not in text.lower()


@every_family
def test_a_link_shows_and_runs_no_markup(alone, name):
    evil = '<img src=x onerror="window.evil=1"><script>window.evil=1</script>`\'"'
    for texts in (dict.fromkeys(table(name).rows, evil), {evil: evil, "theme": evil}):
        page, complaints = alone(name, "en", "server", **texts)
        assert page.evaluate("window.evil") is None
        assert page.locator(".lab-notices :is(img, script)").count() == 0
        assert "<img src=x onerror=" in page.locator(".lab-notices").inner_text()
        file = page.evaluate(TAKE, "one_file")
        assert "<img src=x" not in file
        assert not complaints.heard


def test_what_is_wrong_in_a_link_is_told_as_on_the_page(alone, open_page):
    query = "rate=abc&nope=1&loss=ciou_loss&loss=iou_loss&theme=pink&picture=<b>&losses="
    there = open_page(f"/boxes?{query}", lang="zh").locator("[data-testid=stAlert]").inner_text()
    page, _ = alone("boxes", "zh")
    page.goto(page.url.split("?")[0] + f"?{query}&lang=zh")
    page.wait_for_selector("[data-lab-ready]")
    here = page.locator(".lab-notices").inner_text()
    assert "".join(here.split()) == "".join(there.split())


def test_a_file_holds_the_state_it_was_taken_in(alone, tmp_path):
    page, _ = alone("boxes", "en", "server", rate="1", loss="giou_loss")
    file = tmp_path / "taken.html"
    file.write_text(page.evaluate(TAKE, "one_file"), encoding="utf-8")
    before = numbers(page)
    page.goto(file.as_uri())
    page.wait_for_selector("[data-lab-ready]")
    assert numbers(page) == before
    assert "/stage/boxes" in page.locator(".lab-own-foot a").get_attribute("href")
    again = page.evaluate(TAKE, "one_file")
    assert re.search(r'data-query="[^"]*loss=giou_loss&amp;rate=1"', again)
    assert "Pixnio" in page.locator(".lab-own-foot").inner_text()


def test_the_stage_follows_light_and_dark(alone):
    colour = "getComputedStyle(document.body).backgroundColor"
    page, _ = alone("boxes", "en", "server", theme="dark")
    dark = page.evaluate(colour)
    page.get_by_role("radio", name=say("scheme_light", "en")).check(force=True)
    drawn(page)
    assert page.evaluate(colour) != dark
    assert page.locator(".lab-boxes").get_attribute("data-theme") == "light"
    page.evaluate("localStorage.clear()")


def test_what_is_taken_away_is_punctuated_in_its_language(alone):
    for language, colon in (("en", ": "), ("zh", "：")):
        page, _ = alone("boxes", language)
        title = page.locator("h1").inner_text()
        credited = say("photograph", language) + colon
        picture = page.evaluate(TAKE, "picture_svg")
        name = load("losses/diou_loss")["name"][language]
        assert f"{title}{colon}{name}" in picture
        assert credited in picture
        assert credited in page.evaluate(TAKE, "table_csv")
        assert credited in page.locator(".lab-own-foot").inner_text()
