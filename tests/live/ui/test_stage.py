"""What browser and server say to each other, the server's half: what goes down for what came up."""

import json
from types import SimpleNamespace

import pytest

from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.ui import stage


@pytest.fixture
def run(monkeypatch):
    """One run of the box page: what goes down and what was received, for a release from the
    browser and a link. The session and the address bar live on from run to run."""
    session, query = {}, {}
    sent = []
    monkeypatch.setattr(stage, "st", SimpleNamespace(session_state=session, query_params=query))
    monkeypatch.setattr(stage, "component", lambda module: lambda **given: sent.append(given))
    monkeypatch.setattr(stage, "publish_document", lambda name, language: f"{name}-{language}")
    monkeypatch.setattr(stage, "publish_tapes", lambda name: f"{name}-tapes")

    def once(release=None, **link):
        query.update(link)
        if release is not None:
            session["boxes_stage"] = {"release": json.loads(json.dumps(release))}
        received = stage.mount("boxes", "en", ())
        return sent[-1]["data"], received, query

    once.leave = lambda: (session.pop("boxes_stage"), query.clear())
    return once


START = table("boxes").start()


def test_before_a_hand_has_let_go_the_link_is_answered_under_number_0(run):
    down, received, _ = run(rate="1.5", arrows="nonsense")
    assert down.keys() == {"document", "tapes", "sequence", "state", "answer"}
    assert (down["document"], down["tapes"]) == ("boxes-en", "boxes-tapes")
    assert down["sequence"] == 0
    assert down["state"] == received.state == START | {"rate": 1.5}
    assert down["answer"] == EVERY_PAGE["boxes"].answer(down["state"])
    assert [part.name for part in received.ignored] == ["arrows"]


def test_a_release_is_answered_with_its_number_and_its_state(run):
    down, received, address = run({"sequence": 7, "state": START | {"rate": 2.0}})
    assert down["sequence"] == 7
    assert "sequence" not in down["state"], "it is no row"
    assert down["state"] == received.state == START | {"rate": 2.0}
    assert received.ignored == []
    assert address == {"rate": "2"}


def test_what_is_refused_is_told_and_replaced(run):
    state = START | {"rate": 1e9, "coordinates": "centre", "sequence": 3}
    down, received, address = run({"sequence": 1, "state": state})
    assert down["state"] == START | {"coordinates": "centre"}
    assert down["answer"] == EVERY_PAGE["boxes"].answer(down["state"])
    assert [part.name for part in received.ignored] == ["rate", "sequence"]
    assert address == {"coordinates": "centre"}


def test_a_page_is_found_again_as_it_was_left_unless_that_is_forgotten(run):
    run({"sequence": 1, "state": START | {"rate": 2.0}})
    run.leave()
    assert run()[0]["state"]["rate"] == 2.0
    stage.forget("boxes")
    assert run()[0]["state"] == START
