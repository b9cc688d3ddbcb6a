"""The static site, served below a path by a plain server: every page, every link."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from live.families import EVERY_PAGE
from live.words.text import LANGUAGES, load, say
from tests.browser.hands import drag_something, play_something
from tests.browser.pages import Complaints
from tools.site.browser import served
from tools.site.build import build
from tools.site.check import wrong_scenes

LINKS = "() => [...document.querySelectorAll('a[href]')].map((link) => link.href)"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[tuple[str, Path, list[str]]]:
    """Where it is served, below a path; its folder, and its pages."""
    top = tmp_path_factory.mktemp("host")
    pages = build(top / "course" / "lab", LANGUAGES, "https://lab.example.org")
    with served(top) as address:
        yield f"{address}/course/lab", top / "course" / "lab", pages
    shutil.rmtree(top)


@pytest.fixture(scope="module")
def visit(browser, site):
    """Open a page of the site; the page, what it complained of, and what was not found."""
    address, *_ = site
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    complaints = Complaints(page, urlsplit(address).netloc)
    missing: list[str] = []
    page.on("response", lambda answer: answer.status >= 400 and missing.append(answer.url))

    def go(path: str):
        complaints.heard.clear()
        missing.clear()
        page.goto(f"{address}/{path}")
        page.wait_for_load_state("load")
        return page, complaints.heard, missing

    yield go
    page.context.close()


def test_every_page_is_whole_and_leads_nowhere_else(visit, site):
    address, folder, pages = site
    assert len(pages) == 1 + len(LANGUAGES) * (2 + len(EVERY_PAGE))
    for path in pages:
        page, heard, missing = visit(path)
        if path != "index.html" and "guide" not in path:
            page.wait_for_selector(".lab[data-lab-ready]")
        assert not heard, path
        assert not missing, path
        for link in page.evaluate(LINKS):
            if not link.startswith(address):
                assert urlsplit(link).netloc != urlsplit(address).netloc, (path, link)
                continue
            file, anchor = urldefrag(link.split("?")[0].removeprefix(f"{address}/"))
            target = folder / file
            assert target.is_file(), (path, link)
            if anchor:
                assert f'id="{anchor}"' in target.read_text()


def test_every_link_is_relative(site):
    _, folder, pages = site
    for path in pages:
        text = re.sub(r"<script.*?</script>", "", (folder / path).read_text(), flags=re.DOTALL)
        for link in re.findall(r'(?:src|href)="([^"]*)"', text):
            assert not link.startswith("/"), (path, link)
        for reached in re.findall(r'<(?:link|script|img)[^>]*(?:src|href)="([^"]*)"', text):
            assert not urlsplit(urljoin("x:/", reached)).netloc, (path, reached)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_scene_gives_torchs_numbers(visit, name, language):
    page, heard, _ = visit(f"{language}/{name}.html")
    page.wait_for_selector(f".lab-{name}[data-lab-ready]")
    assert not wrong_scenes(page, name)
    assert not heard


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_hand_moves_it_and_play_runs(visit, name):
    page, heard, _ = visit(f"en/{name}.html")
    page.wait_for_selector(".lab[data-lab-ready]")
    drag_something(page)
    play_something(page, "en")
    assert not heard


def test_a_claim_shows_its_chart(visit):
    page, heard, _ = visit("zh/boxes.html")
    claim = page.locator("details:has([data-chart])").first
    claim.locator("summary").click()
    claim.locator(".main-svg").first.wait_for()
    assert not heard


def test_a_loss_has_its_printed_card(visit):
    page, heard, missing = visit("zh/boxes.html?card&loss=giou_loss")
    page.wait_for_selector(".lab-sheet[style*=font-size]")
    expect(page.locator(".lab-sheet pre")).to_contain_text("from losses import giou_loss")
    expect(page.locator(".lab-pages")).to_be_hidden()
    page.get_by_role("link", name=load("card")["back_to_stage"]["zh"]).click()
    page.wait_for_selector(".lab-row.chosen")
    assert not heard
    assert not missing


def test_the_home_has_a_map_and_a_search(visit):
    page, *_ = visit("en/index.html")
    page.wait_for_selector(".lab[data-lab-ready]")
    page.get_by_role("button", name=say("find", "en")).click()
    page.keyboard.type("huber")
    page.get_by_role("dialog").get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_selector(".lab-regression[data-lab-ready]")
    expect(page.locator(".lab-row.chosen .lab-name")).to_have_text("Huber")
    page, *_ = visit("en/index.html")
    page.get_by_role("link", name="Huber", exact=True).click()
    page.wait_for_selector(".lab-regression[data-lab-ready]")
    expect(page.locator(".lab-row.chosen .lab-name")).to_have_text("Huber")


def test_the_site_is_searched_and_a_claim_that_is_found_stands_open(visit, site):
    page, heard, missing = visit("zh/index.html")
    page.wait_for_selector(".lab[data-lab-ready]")
    for typed, found in (("0.693", "/zh/classification.html?"), ("E11", "/zh/boxes.html#E11")):
        page.keyboard.press("Control+k")
        page.get_by_role("combobox", name=say("find", "zh"), exact=True).fill(typed)
        page.get_by_role("dialog").get_by_role("option").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{found}*")
        page.wait_for_selector(".lab[data-lab-ready]")
    expect(page.locator("details#E11")).to_have_attribute("open", "")
    assert not heard
    assert not missing


def test_an_address_gives_a_site_map(site):
    _, folder, pages = site
    places = re.findall(r"<loc>(.*?)</loc>", (folder / "sitemap.xml").read_text())
    assert places == [f"https://lab.example.org/{page}" for page in pages]
    text = (folder / "zh" / "boxes.html").read_text()
    assert 'content="https://lab.example.org/zh/boxes.png"' in text
