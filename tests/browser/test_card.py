"""The printed card of a loss: one clean sheet of A4, whatever the loss, the language, the host."""

import re

import pytest
from playwright.sync_api import Page, expect

from live.documents.stage_page import stage_file
from live.families import EVERY_PAGE
from live.words.text import LANGUAGES, load, say
from tests.browser.pages import Complaints
from tools.site.check import TAKE

FAMILIES = [name for name, page in EVERY_PAGE.items() if page.losses]
A4 = (595, 842)  # in points
FITTED = ".lab-sheet[style*=font-size]"
# The same page shows the card of one loss after the other; every sheet is kept.
CARD = """async (loss) => {
  const query = new URLSearchParams(location.search);
  query.set('loss', loss);
  history.replaceState(null, '', `${location.pathname}?${query}`);
  const main = document.querySelector('main');
  const fresh = main.cloneNode(false);
  fresh.innerHTML = '<div class="lab"></div>';
  main.classList.remove('lab-own');
  main.before(fresh);
  main.hidden = true;  // or every sheet would be laid out again for the next
  const [, address] = /import stage from "(.*?)"/.exec(document.body.innerHTML);
  const stage = (await import(new URL(address, document.baseURI).href)).default;
  await stage.alone(fresh);
  const sheet = fresh.querySelector('.lab-sheet');
  const paper = sheet.getBoundingClientRect();
  const rooms = [...sheet.querySelectorAll(':scope > *, section, figure, pre, .lab-tex')];
  const cut = rooms.filter((one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return left < paper.left || right > paper.right || top < paper.top || bottom > paper.bottom
      || left + one.scrollWidth > paper.right;
  });
  return {
    over: sheet.scrollHeight - sheet.clientHeight,
    size: parseFloat(sheet.style.fontSize),
    cut: cut.map((one) => one.className || one.tagName),
    raw: sheet.innerText.includes('$') || sheet.innerText.includes('**'),
    picture: sheet.querySelectorAll('figure > svg *').length,
    properties: sheet.querySelectorAll('.lab-sheet-picture li').length,
  };
}"""


def sheets(page: Page) -> list[tuple[int, int]]:
    """The sizes of the sheets that come out of a printer, in points."""
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    count = len(re.findall(rb"/Type\s*/Page\b", printed))
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert len(boxes) == count
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FAMILIES)
def test_every_loss_fills_one_sheet_and_nothing_is_cut_off(browser, server, name, language):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    complaints = Complaints(page, server.removeprefix("http://"))
    losses = EVERY_PAGE[name].losses
    page.goto(f"{server}/stage/{name}?card&lang={language}&loss={losses[0].id}")
    page.wait_for_selector(FITTED)
    for loss in losses[1:]:
        found = page.evaluate(CARD, loss.id)
        assert found["over"] <= 0, loss.id
        assert found["size"] >= 9, f"{loss.id} is printed too small"
        assert not found["cut"], loss.id
        assert not found["raw"], loss.id
        assert found["picture"] > 3, loss.id
        assert found["properties"] >= 5, loss.id
    page.evaluate("document.querySelectorAll('main').forEach((one) => { one.hidden = false; })")
    titles = page.locator(".lab-sheet h1").all_inner_texts()
    assert {*titles} == {load(f"losses/{loss.id}")["name"][language] for loss in losses}
    assert sheets(page) == [A4] * len(losses)
    page.close()
    assert not complaints.heard


@pytest.mark.parametrize("host", ["server", "file"])
def test_the_menu_opens_it_in_the_state_of_the_stage(browser, server, tmp_path, host):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    address = f"{server}/stage/boxes"
    if host == "file":
        file = tmp_path / "stage.html"
        file.write_text(stage_file("boxes", "en"), encoding="utf-8")
        address = file.as_uri()
    page.goto(f"{address}?lang=en&loss=diou_loss&prediction=1,1,3,3")
    page.wait_for_selector("[data-lab-ready]")
    page.locator(".lab-take-away summary").click()
    with context.expect_page() as opened:
        page.locator("[data-take=card]").click()
    card = opened.value
    complaints = Complaints(card, server.removeprefix("http://"))
    card.wait_for_selector(FITTED)
    sheet = card.locator(".lab-sheet")
    expect(sheet.locator("h1")).to_have_text(load("losses/diou_loss")["name"]["en"])
    numbers = "3.0" if host == "server" else "2.8"  # without a server those of the page's start
    expect(sheet.locator("pre")).to_contain_text(numbers)
    assert card.locator(".lab[data-theme=light]").count() == 1  # paper is white
    assert sheets(card) == [A4]
    card.get_by_role("link", name=load("card")["back_to_stage"]["en"]).click()
    card.wait_for_selector(".lab-row.chosen")
    expect(card.locator(".lab-row.chosen .lab-name")).to_have_text("DIoU")
    context.close()
    assert not complaints.heard


def test_a_page_without_losses_has_no_card(browser, server):
    page = browser.new_page()
    page.goto(f"{server}/stage/concepts?card&lang=zh")
    page.wait_for_selector("[data-lab-ready]")
    expect(page.locator("[data-take=picture_svg]")).to_have_text(say("picture_svg", "zh"))
    expect(page.locator("[data-take=card]")).to_have_count(0)
    expect(page.locator(".lab-sheet")).to_have_count(0)
    page.close()


def test_a_file_that_is_asked_for_its_card_by_hand_shows_its_own_state(browser, server, tmp_path):
    """`?card` alone says nothing of the state; a loss in the link says all of it, the first too."""
    page = browser.new_page()
    page.goto(f"{server}/stage/boxes?lang=en&loss=giou_loss&rate=1")
    page.wait_for_selector("[data-lab-ready]")
    file = tmp_path / "taken.html"
    file.write_text(page.evaluate(TAKE, "one_file"), encoding="utf-8")
    heading = page.locator(".lab-sheet h1")
    for query in ("card", "card=1", "theme=dark&card="):
        page.goto(f"{file.as_uri()}?{query}")
        page.wait_for_selector(FITTED)
        expect(heading).to_have_text(load("losses/giou_loss")["name"]["en"])
    page.goto(file.as_uri())
    page.wait_for_selector("[data-lab-ready]")
    page.locator(".lab-chips .lab-chip").first.click()
    page.locator("button.lab-name:visible").first.click()
    page.locator(".lab-take-away summary").click()
    with page.expect_popup() as opened:
        page.locator("[data-take=card]").click()
    card = opened.value
    first = EVERY_PAGE["boxes"].losses[0]
    name = load(f"losses/{first.id}")["name"]["en"]
    expect(card.locator(".lab-sheet h1")).to_have_text(name)
    card.get_by_role("link", name=load("card")["back_to_stage"]["en"]).click()
    card.wait_for_selector("[data-lab-ready]")
    expect(card.locator(".lab-formula:visible")).to_have_count(1)
    assert (
        card.locator(".lab-row.chosen .lab-name").inner_text()
        == page.locator(".lab-row.chosen .lab-name").inner_text()
    )
    page.close()
    card.close()
