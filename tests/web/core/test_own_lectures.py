"""What a browser makes of a lecture that a stranger gives: all of it, or a sentence."""

import json
import random
import re

import pytest

from live.room import rules
from live.words.text import load

READ = """({ read, written, sentenceOf, UnreadableError }, words, texts) => texts.map((text) => {
  try {
    return { read: JSON.parse(written(read(text))) };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { key: error.key, sentence: sentenceOf(error, words) };
  }
})"""
SLIDE = {"id": "a1", "family": "boxes", "link": {"scene": "inside", "rate": "0.5"}, "minutes": 5}
LECTURE = {"format": "loss-lab-lecture", "version": 1, "title": "T", "slides": [SLIDE]}
WORDS = {key: both["en"] for key, both in load("hall/composer").items()}
FULL = {
    "title": "x", "text": "x", "question": "?", "reveal": "!", "notes": "n",
    "answers": [{"text": "A", "right": True}, {"text": "B", "right": False}],
    "place": {"row": "prediction", "asked": True},
}  # fmt: skip


def lecture(**changes) -> str:
    return json.dumps({**LECTURE, "slides": [{**SLIDE, **changes}]})


def test_what_is_written_is_read_again(modules):
    texts = [json.dumps(LECTURE), lecture(**FULL), lecture(family="", link={}, minutes=0.5)]
    # What nobody knows is left out: it came from elsewhere.
    texts.append(json.dumps({**LECTURE, "more": 1, "slides": [{**SLIDE, "onload": "x"}]}))
    found = modules("core/own_lectures/format.js", READ, WORDS, texts)
    assert [one["read"] for one in found] == [*map(json.loads, texts[:3]), LECTURE]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "wrong_json"),
        (lecture()[:-5], "wrong_json"),
        ("[]", "wrong_foreign"),
        ('{"format": "other"}', "wrong_foreign"),
        ("null", "wrong_foreign"),
        (json.dumps({**LECTURE, "version": 2}), "wrong_newer"),
        (json.dumps({**LECTURE, "version": "1"}), "“version” must be a whole number, and is \"1\""),
        (json.dumps({**LECTURE, "slides": {}}), "“slides” must be a list"),
        (json.dumps({**LECTURE, "slides": [1]}), "Slide 1"),
        (json.dumps({**LECTURE, "slides": [SLIDE, SLIDE]}), "different on every slide"),
        (json.dumps({**LECTURE, "slides": [SLIDE] * 101}), "wrong_slides"),
        (json.dumps({**LECTURE, "title": "x" * 301}), "wrong_length_above"),
        (lecture(id="<b>"), "“id”"),
        (lecture(family="<img src=x>"), "“family”"),
        (lecture(link={"rate": 5}), "“link”"),
        (lecture(minutes=1e9), "“minutes”"),
        (lecture(notes=["x"]), "“notes”"),
        (lecture(notes="x" * 9000), "wrong_length"),
        (lecture(answers=[{"text": "x"}] * 9), "“answers”"),
        (lecture(answers=["x"]), "“answers”"),
        (lecture(place="prediction"), "“place”"),
        (json.dumps({**LECTURE, "more": "x" * 300_000}), "wrong_huge"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(modules, text, told):
    [found] = modules("core/own_lectures/format.js", READ, WORDS, [text])
    assert told == found["key"] or told in found["sentence"]
    assert not re.search(r"\{(at|name|allowed|given|most|known)\}|undefined", found["sentence"])


def test_damage_anywhere_is_told_or_harmless(modules):
    chance = random.Random(13)
    whole, texts = lecture(**FULL), []
    for _ in range(2000):
        at = chance.randrange(len(whole))
        end = at + chance.randint(0, 6)
        middle = chance.choice(["", "null", "{}", "1e999", '"', "<", "\\"])
        texts.append(whole[:at] + middle + whole[end:])
    found = modules("core/own_lectures/format.js", READ, WORDS, texts)
    assert any("sentence" in one for one in found)
    assert any("read" in one for one in found)


def test_a_link_holds_a_lecture_and_bursts_nothing(modules):
    text = lecture(**FULL)
    function = """async ({ packed, unpacked }, text, large) => {
      const code = await packed(text);
      const told = (code) => unpacked(code).catch(({ key }) => key);
      return [code, await unpacked(code), await told(code.slice(0, 30)), await told('%%'),
        await told(await packed(large))];
    }"""
    code, again, cut, strange, large = modules(
        "core/own_lectures/packed.js", function, text, "x" * 10_000_000
    )
    assert again == text
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert (cut, strange, large) == ("wrong_link", "wrong_link", "wrong_huge")


def test_views_are_added_and_a_damaged_lecture_stays(modules):
    function = """async (library) => {
      localStorage.clear();
      const view = { family: 'boxes', link: { rate: '1' } };
      library.addView(view, 'Mine');
      const two = library.addView(view, 'Mine');
      const first = library.current();
      localStorage.setItem(library.keyOf(first), 'damaged');
      let told;
      try { library.addView(view, 'Mine'); } catch ({ key }) { told = key; }
      const second = library.add({ title: 'Other', slides: [] });
      library.addView(view, 'Mine');
      return [two.slides.length, told, library.textOf(first), library.kept(second).slides.length];
    }"""
    assert modules("core/own_lectures/library.js", function) == [2, "wrong_json", "damaged", 1]


def test_a_lecture_that_is_kept_fits_into_a_room(modules):
    longest, answers, answer = modules(
        "core/own_lectures/format.js",
        "({ LONGEST, MOST_ANSWERS, LONGEST_ANSWER }) => [LONGEST, MOST_ANSWERS, LONGEST_ANSWER]",
    )
    assert {name: longest[name] for name in rules.LONGEST_WORDS} == rules.LONGEST_WORDS
    assert (answers, answer) == (rules.MOST_CHOICES, rules.LONGEST_CHOICE)
