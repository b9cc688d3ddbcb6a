"""Where a page or a scene begins torch is asked once, and everywhere else each time."""

import json
from dataclasses import replace

import pytest

from live.families import EVERY_PAGE, answers
from live.families.page_tables import table


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_torch_is_asked_once_where_a_page_or_a_scene_begins(name, monkeypatch):
    page, asked = EVERY_PAGE[name], []

    def counted(state):
        asked.append(state)
        return page.answer(state)

    monkeypatch.setitem(answers.EVERY_PAGE, name, replace(page, answer=counted))
    answers._beginning.cache_clear()
    scenes = ["", *table(name).scenes]
    for scene in scenes:
        # As a browser tells it, and as a link does.
        released, _ = table(name).check(json.loads(json.dumps(table(name).start(scene))))
        linked, _ = table(name).read_link({"scene": scene} if scene else {})
        for state in (released, linked):
            assert answers.answer(name, state) == page.answer(state)
    assert len(asked) == len(scenes)


def test_elsewhere_torch_is_asked(monkeypatch):
    page = replace(EVERY_PAGE["boxes"], answer=lambda state: state["prediction"])
    monkeypatch.setitem(answers.EVERY_PAGE, "boxes", page)
    for width in (3.0, 4.0):
        state = table("boxes").start("inside") | {"prediction": (1.0, 1.0, width, 4.0)}
        assert answers.answer("boxes", state) == state["prediction"]
