"""What a room's answers come to, once they may be seen."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from live.room.store import Answer


def histogram(answers: Iterable[Answer], choices: int) -> list[int]:
    """How many tapped each choice."""
    counts = [0] * choices
    for answer in answers:
        choice = json.loads(answer.text)["choice"]
        if choice is not None and choice < choices:
            counts[choice] += 1
    return counts


def placed(answers: Iterable[Answer]) -> list[Any]:
    """All that was put somewhere, in an order that tells nothing of who put it."""
    values = [json.loads(answer.text)["place"] for answer in answers]
    return sorted((value for value in values if value is not None), key=json.dumps)


def as_csv(answers: Iterable[Answer]) -> str:
    """One line an answer. Phones are numbered: their random ids are theirs alone."""
    numbers: dict[str, int] = {}
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(["question", "phone", "choice", "place"])
    for answer in answers:
        given = json.loads(answer.text)
        number = numbers.setdefault(answer.phone, len(numbers) + 1)
        choice = "" if given["choice"] is None else given["choice"] + 1
        place = "" if given["place"] is None else json.dumps(given["place"])
        lines.writerow([answer.question, number, choice, place])
    return text.getvalue()
