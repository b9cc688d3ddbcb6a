"""The state of the box page: its scenes, links, parameters and languages, and torch beside it."""

import re

import pytest
from playwright.sync_api import expect

from live.assets import web_root
from live.families.page_tables import table
from live.words.text import load, say
from tests.browser import pages
from tests.browser.box_stage import IDS, OVERLAPPING, OVERLAPPING_LINK, START, BoxStage, link

SCENES = load("scenes/boxes")["scene"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_scene_asks_first_and_tells_afterwards(stage, lang):
    lab = stage("/boxes", lang=lang)
    scene = SCENES[1]
    lab.page.get_by_role("button", name=scene["title"][lang], exact=True).click()
    lab.sent_once(len(IDS))
    assert lab.box("prediction") == pytest.approx(table("boxes").start(scene["id"])["prediction"])
    question = lab.page.locator(".lab-question")
    expect(question.locator("strong")).to_have_text(scene["question"][lang])
    expect(question.locator(".lab-reveal")).to_have_text("")
    texts = [answer["text"][lang] for answer in scene["answer"]]
    right = next(a["text"][lang] for a in scene["answer"] if a.get("right"))
    for text in texts:
        question.get_by_role("button", name=text, exact=True).click()
        verdict = lab.words["right_answer" if text == right else "wrong_answer"]
        before = re.escape(verdict.partition("{reveal}")[0])
        expect(question.locator(".lab-reveal")).to_have_text(re.compile(rf"^{before}\S"))
        assert "{" not in question.locator(".lab-reveal").inner_text()
    expect(question.locator(".right")).to_have_text(right)
    lab.page.wait_for_url(re.compile(f"scene={scene['id']}"))


@pytest.mark.parametrize("boxes", [{}, OVERLAPPING_LINK], ids=["apart", "overlapping"])
def test_torch_agrees_on_all_losses(stage, boxes):
    lab = stage(link(**boxes))
    for coordinates in ("corner", "centre"):
        lab.page.get_by_label(lab.words["coordinates"]).select_option(coordinates)
        lab.agreed(len(IDS))
        expect(lab.page.locator(".lab-torch-check.differs")).to_have_count(0)


def test_a_difference_from_torch_would_be_shown_in_red(stage):
    """The agreement is not painted on: a wrong tape is caught."""
    lab = stage(link(**OVERLAPPING_LINK))
    lab.agreed(len(IDS))
    told = lab.page.evaluate(
        """async (modules) => {
          const { TorchCheck } = await import(`${modules}/parts/torch_check.js`);
          const check = new TorchCheck({ differs: "differs" });
          const answer = { sequence: 0, values: { a: 1 }, gradients: { a: [1, 0] } };
          const result = { value: 1 + 1e-9, gradient: [1, 0] };
          check.draw(answer, 0, new Map([["a", result]]), "a", true);
          return [check.element.className, check.summary.textContent];
        }""",
        lab.page.evaluate("(root) => new URL(root, document.baseURI).href", web_root()),
    )
    assert told == ["lab-torch-check differs", "✗ a: differs"]


def test_a_link_reopens_what_its_sender_saw(stage):
    asked = {
        **OVERLAPPING_LINK, "losses": "giou_loss,ciou_loss", "loss": "ciou_loss", "rate": "1.5",
        "coordinates": "centre", "arrows": "all", "overlay": "union,corners", "picture": "grid",
        "ciou_loss.trade_off": "gated",
    }  # fmt: skip
    lab = stage(link(**asked))
    lab.agreed(len(IDS))
    for name, box in OVERLAPPING.items():
        assert lab.box(name) == pytest.approx(box)
    page = lab.page
    on = page.locator(".lab-switch input").evaluate_all("all => all.map((box) => box.checked)")
    assert [id for id, checked in zip(IDS, on, strict=True) if checked] == [
        "giou_loss",
        "ciou_loss",
    ]
    expect(page.locator(".lab-row.chosen .lab-name")).to_have_text("CIoU")
    expect(page.get_by_label(lab.words["coordinates"])).to_have_value("centre")
    expect(page.locator(".lab-parameters select")).to_have_value("gated")
    expect(page.locator(".lab-picture image")).to_be_hidden()
    expect(page.locator(".lab-controls output").first).to_have_text("1.50")
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)
    page.get_by_label(lab.words["coordinates"]).select_option("corner")
    lab.sent_once(len(IDS))
    assert lab.address() == {k: v for k, v in asked.items() if k != "coordinates"} | {"lang": "en"}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"prediction": "5,5,1,1", "rate": "0", "ciou_loss.trade_off": "foo", "nothing": "1"},
         ["prediction=5,5,1,1", "rate=0", "ciou_loss.trade_off=foo", "nothing"]),
        ({"prediction": "1,1,1,1", "target": "nan,1,2,3", "losses": "iou"},
         ["prediction=1,1,1,1", "target=nan,1,2,3", "losses=iou"]),
        ({"prediction": "1e6,1e6,2e6,2e6", "rate": "9" * 10_000, "scene": "🎯"},
         ["prediction=1e6,1e6,2e6,2e6", "rate=" + "9" * 40 + "…", "scene=🎯"]),
        ({"rate": "`**b** <img src=x> $y$ [c](d)`", "<b>": "1"},
         ["rate='**b** <img src=x> $y$ [c](d)'", "<b>"]),
    ],
    ids=["inverted", "empty and NaN", "far and long", "markup"],
)  # fmt: skip
def test_a_link_that_makes_no_sense_opens_the_default_and_says_so(stage, query, told):
    lab = stage(link(**query))
    alert = lab.page.locator("[data-testid=stAlert]")
    expect(alert).to_have_count(1)
    expect(alert.locator("code")).to_have_text(told)
    expect(alert.locator("img, strong, a, em, .katex")).to_have_count(0)
    assert lab.box("prediction") == pytest.approx(START["prediction"])
    assert lab.box("target") == pytest.approx(START["target"])
    lab.agreed(len(IDS))


def test_a_parameter_changes_its_loss_and_nothing_else(stage):
    scene = SCENES[1]
    lab = stage(link(scene=scene["id"], loss="siou_loss"))
    lab.agreed(len(IDS))
    boxes, before = (lab.box("prediction"), lab.box("target")), lab.numbers()
    knob = lab.page.locator(".lab-parameters input")
    knob.focus()
    lab.page.keyboard.press("Home")
    lab.sent_once(len(IDS))
    after = lab.numbers()
    assert (lab.box("prediction"), lab.box("target")) == boxes
    assert {id for id in IDS if before[id] != after[id]} == {"siou_loss"}
    pressed = lab.page.locator(".lab-chips [aria-pressed=true]")
    expect(pressed).to_contain_text(scene["title"]["en"])
    lab.page.wait_for_url(re.compile(r"siou_loss\.theta=1(&|$)"))


def test_the_stage_survives_a_rerun_and_a_change_of_language(stage):
    lab = stage(link(**OVERLAPPING_LINK, loss="eiou_loss"))
    lab.agreed(len(IDS))
    lab.page.get_by_text("中文", exact=True).click()
    expect(lab.page.locator("html")).to_have_attribute("lang", "zh")
    pages.settled(lab.page)
    expect(lab.page.get_by_role("button", name=say("play", "zh"), exact=True)).to_be_visible()
    other = BoxStage(lab.page, "zh")
    assert other.box("prediction") == pytest.approx(OVERLAPPING["prediction"])
    expect(lab.page.locator(".lab-row.chosen .lab-name")).to_have_text("EIoU")
    other.agreed(len(IDS))
