"""Whatever a stranger sends as the state of a page is refused part by part, and never raises."""

import json

import pytest

from live.families import EVERY_PAGE
from live.families.page_tables import table

ODD = [
    None, True, -1, 1e308, float("nan"), float("inf"), 10**400, "", "0", "x" * 10_000, "\0", "损",
    [], [[]], [None], [1, "a"], [1e400] * 4, {}, {"a": 1}, [{}], ["__class__"] * 3, [[1, 2], [3]],
]  # fmt: skip


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_no_value_of_a_stranger_raises(name):
    states = table(name)
    for row in states.rows:
        for value in ODD:
            state, _ = states.check({row: value})
            json.dumps(state)
            states.link(state)


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_no_name_of_a_stranger_raises(name):
    for odd in ("", "scene ", "__proto__", "x" * 100_000, "\0"):
        _, ignored = table(name).check({odd: 1})
        assert len(ignored) == 1
