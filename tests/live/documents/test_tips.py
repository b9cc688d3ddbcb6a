"""The tip of a scene: whole in every language, its numbers filled in, and nothing else in it."""

import json

import pytest

from live.assets import published
from live.documents.document import PLACEHOLDER, publish_document
from live.documents.tips import PARTS, check_tip
from live.families import EVERY_PAGE
from live.words.text import LANGUAGES

WHOLE = {part: {"en": "Ask.", "zh": "问。"} for part in PARTS}


@pytest.mark.parametrize("name", EVERY_PAGE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_has_the_tips_with_their_numbers(name, language):
    text = published(publish_document(name, language).removeprefix("data/"))
    for scene in json.loads(text)["scenes"]:
        assert set(scene["tip"]) == set(PARTS), scene["id"]
        assert not any(PLACEHOLDER.search(said) for said in scene["tip"].values())


def test_a_tip_that_is_missing_is_none():
    assert check_tip("a scene", {}) is None
    assert check_tip("a scene", {"tip": WHOLE}) == WHOLE


@pytest.mark.parametrize(
    ("tip", "said"),
    [
        ({**WHOLE, "then": WHOLE["ask"]}, "ask, heard, next; got ask, heard, next, then"),
        ({"ask": WHOLE["ask"]}, "ask, heard, next; got ask"),
        ({**WHOLE, "heard": {"en": "Yes."}}, r"tip\.heard of a scene"),
        ({**WHOLE, "heard": {"en": "Yes.", "zh": " "}}, r"tip\.heard of a scene"),
        ({**WHOLE, "next": {**WHOLE["next"], "de": "Weiter."}}, r"tip\.next of a scene"),
        ({**WHOLE, "next": "then"}, r"tip\.next of a scene"),
    ],
)
def test_a_tip_that_is_not_whole_is_named(tip, said):
    with pytest.raises(ValueError, match=said):
        check_tip("a scene", {"tip": tip})
