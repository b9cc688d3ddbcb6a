"""What a room may show and what a phone may answer, checked against the state tables."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from live.families import EVERY_PAGE
from live.families.page_tables import placed_rows, table
from live.room.store import Shown
from live.state.rows import Row
from live.words.text import LANGUAGES, load

MOST_ROOMS = 100
MOST_PHONES = 1000
LONGEST_ANSWER = 4 * 1024
"""Bytes of what a phone sends."""
LONGEST_SHOWN = 64 * 1024
"""Bytes of what the lecturer shows: a state, and words in every language."""
MOST_CHOICES = 8
LONGEST_WORDS = {"title": 300, "text": 2000, "question": 1000, "reveal": 2000}
LONGEST_CHOICE = 300

PHASES = ("wait", "ask", "reveal", "free")
"""Nothing to answer; a question; what was answered; phones explore for themselves."""

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")


class RefusedError(Exception):
    """What was asked for is not allowed.

    status: the HTTP status that says so.
    name: which sentence of `content/hall/refusals.toml` says why.
    values: what that sentence names.
    """

    def __init__(self, status: int, name: str, /, **values: str) -> None:
        super().__init__(name)
        self.status = status
        self.name = name
        self.values = values

    def told(self) -> dict[str, str]:
        """The name, and the sentence in every language."""
        sentences = {
            language: load("hall/refusals")[self.name][language].format(**self.values)
            for language in LANGUAGES
        }
        return {"error": self.name, **sentences}


def check_shown(given: Any) -> Shown:
    """What the lecturer's browser says that the room shows.

    `{question, phase, family, state, place, choices, right, words}`: the key of the question; one
    of `PHASES`; a page and the state of its stage, or "" and nothing; the row that people put where
    they think, several with commas between, or ""; how many answers to tap, and which are right;
    and by language the words that a phone shows.

    Raises:
        RefusedError: something in it makes no sense; the sentence says what.
    """
    if not isinstance(given, Mapping):
        raise _senseless("what is shown")
    question, phase = given.get("question", ""), given.get("phase")
    if question != "" and not _is_key(question):
        raise _senseless("question")
    if phase not in PHASES or (phase in ("ask", "reveal") and not question):
        raise _senseless("phase")
    family, state = _checked_stage(given.get("family", ""), given.get("state") or {})
    place = given.get("place", "")
    if place != "":
        _rows(family, place)
    choices = given.get("choices", 0)
    if type(choices) is not int or not 0 <= choices <= MOST_CHOICES:
        raise _senseless("choices")
    right = given.get("right", [])
    if not isinstance(right, list) or any(
        type(at) is not int or not 0 <= at < choices for at in right
    ):
        raise _senseless("right")
    checked = {
        "question": question,
        "phase": phase,
        "family": family,
        "state": state,
        "place": place,
        "choices": choices,
        "right": right if phase == "reveal" else [],
        "words": _checked_words(given.get("words", {}), choices),
    }
    return Shown(json.dumps(checked, ensure_ascii=False), question, phase == "ask")


def check_answer(given: Any, shown: Mapping[str, Any]) -> str:
    """An answer to what is shown, as it is kept: `{choice, place}`, either of which may be null.

    Raises:
        RefusedError: the question offers no such choice, or the row of the state table does not
            allow the value.
    """
    if not isinstance(given, Mapping):
        raise _senseless("answer")
    choice, place = given.get("choice"), given.get("place")
    if choice is None and place is None:
        raise _senseless("answer")
    if choice is not None and (type(choice) is not int or not 0 <= choice < shown["choices"]):
        raise _senseless("choice")
    if place is not None:
        rows = _rows(shown["family"], shown["place"])
        if len(rows) == 1:
            place = _checked_value(rows[0], place)
        elif isinstance(place, list) and len(place) == len(rows):
            place = [_checked_value(row, value) for row, value in zip(rows, place, strict=True)]
        else:
            raise _senseless("place")
    text = json.dumps({"choice": choice, "place": place})
    if len(text) > LONGEST_ANSWER:
        raise RefusedError(413, "too_long", most=str(LONGEST_ANSWER))
    return text


def _checked_stage(family: Any, state: Any) -> tuple[str, dict[str, Any]]:
    if family == "":
        return "", {}
    if not isinstance(family, str) or family not in EVERY_PAGE:
        raise _senseless("family")
    if not isinstance(state, Mapping):
        raise _senseless("state")
    checked, ignored = table(family).check(state)
    if ignored:
        raise _senseless(ignored[0].name)
    return family, checked


def _rows(family: str, place: Any) -> tuple[Row, ...]:
    """The rows that people place."""
    if not isinstance(place, str):
        raise _senseless("place")
    try:
        return placed_rows(family, place)
    except ValueError:
        raise _senseless("place") from None


def _checked_value(row: Row, value: Any) -> Any:
    try:
        checked = row.check(value)
    except (ValueError, TypeError, OverflowError):
        raise _senseless(row.name) from None
    if isinstance(checked, float) and not math.isfinite(checked):
        raise _senseless(row.name)
    return checked


def _checked_words(given: Any, choices: int) -> dict[str, dict[str, Any]]:
    if not isinstance(given, Mapping) or not set(given) <= set(LANGUAGES):
        raise _senseless("words")
    return {language: _checked_sentences(said, choices) for language, said in given.items()}


def _checked_sentences(said: Any, choices: int) -> dict[str, Any]:
    if not isinstance(said, Mapping):
        raise _senseless("words")
    told: dict[str, Any] = {}
    for name, longest in LONGEST_WORDS.items():
        if name in said:
            told[name] = _checked_text(name, said[name], longest)
    answers = said.get("answers", [])
    if not isinstance(answers, list) or len(answers) not in (0, choices):
        raise _senseless("answers")
    told["answers"] = [_checked_text("answers", answer, LONGEST_CHOICE) for answer in answers]
    return told


def _checked_text(name: str, text: Any, longest: int) -> str:
    if not isinstance(text, str) or len(text) > longest:
        raise _senseless(name)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a pair
        raise _senseless(name) from None
    return text


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and _KEY.fullmatch(value) is not None


def _senseless(name: str) -> RefusedError:
    return RefusedError(400, "senseless", name=name)
