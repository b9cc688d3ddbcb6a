"""The lectures: three of 45 minutes, whole in both languages, of scenes that are there."""

import pytest

from live.documents import lectures
from live.documents.lectures import lecture, lecture_names
from live.families.page_tables import table
from live.room.rules import LONGEST_CHOICE, LONGEST_WORDS, MOST_CHOICES, check_shown
from live.words.text import LANGUAGES, load

MINUTES = 45
every_lecture = pytest.mark.parametrize("name", lecture_names())


def test_there_are_three():
    assert set(lecture_names()) >= {"mae_mse_huber", "iou_to_eiou", "cross_entropy"}


@every_lecture
def test_a_lecture_takes_its_time(name):
    slides = lecture(name)["slides"]
    assert sum(slide["minutes"] for slide in slides) == MINUTES
    assert all(1 <= slide["minutes"] <= 5 for slide in slides)


@every_lecture
def test_a_lecture_is_whole_in_every_language(name):
    told = lecture(name)
    assert 3 <= len(told["goals"]) <= 5
    for words in (told["title"], told["lead"], *told["goals"]):
        assert words.keys() == LANGUAGES.keys()
    for slide in told["slides"]:
        for language in LANGUAGES:
            assert slide["title"][language]
            assert len(slide["notes"][language]) > {"en": 200, "zh": 60}[language], "full notes"
            assert bool(slide["question"][language]) == bool(slide["answers"] or slide["place"])
            for answer in slide["answers"]:
                assert 0 < len(answer["text"][language]) <= LONGEST_CHOICE
            for key, longest in LONGEST_WORDS.items():
                assert len(slide[key][language]) <= longest
        assert len(slide["answers"]) <= MOST_CHOICES


@every_lecture
def test_every_slide_can_be_shown_to_a_room(name):
    """By the rules that a room has for anybody's lecture."""
    for slide in lecture(name)["slides"]:
        asks = bool(slide["question"]["en"])
        words = {
            language: {
                **{key: slide[key][language] for key in LONGEST_WORDS},
                "answers": [answer["text"][language] for answer in slide["answers"]],
            }
            for language in LANGUAGES
        }
        check_shown(
            {
                "question": slide["id"],
                "phase": "ask" if asks else "wait",
                "family": slide["family"],
                "state": slide["state"],
                "place": slide["place"],
                "choices": len(slide["answers"]),
                "words": words,
            }
        )


@every_lecture
def test_what_is_placed_starts_elsewhere_than_where_it_belongs(name):
    for slide in lecture(name)["slides"]:
        if slide["place"]:
            assert slide["place"] in table(slide["family"]).rows
            assert slide["state"][slide["place"]] is not None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"family": "birds"}, "family"),
        ({"family": "boxes", "scene": "nowhere"}, "scene"),
        ({"family": "boxes", "state": {"rate": -1}}, "rate"),
        ({"family": "boxes", "state": {"colour": "red"}}, "colour"),
        ({"family": "boxes", "place": "logit"}, "place"),
        ({"place": "prediction"}, "place"),
        ({"id": "end"}, "different ids"),
    ],
)
def test_a_slide_that_makes_no_sense_is_named(monkeypatch, changes, said):
    told = load("lectures/mae_mse_huber")
    start, *others = told["slide"]
    monkeypatch.setattr(lectures, "load", lambda _: {**told, "slide": [start | changes, *others]})
    with pytest.raises(ValueError, match=said):
        lecture("mae_mse_huber")
