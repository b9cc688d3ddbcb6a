"""What browser and server say to each other, the server's half: what goes down for what came up."""

import json
from types import SimpleNamespace

import pytest

from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.ui import link, stage


class Address(dict):
    """The query of a link, as Streamlit gives it."""

    def get_all(self, name):
        return [self[name]] if name in self else []

    def from_dict(self, query):
        self.clear()
        self.update(query)


@pytest.fixture
def run(monkeypatch):
    """One run of the box page: what goes down and what was received, for a release from the
    browser and a link. The session and the address bar live on from run to run."""
    session, query = {}, Address()
    sent = []
    streamlit = SimpleNamespace(
        session_state=session, query_params=query, context=SimpleNamespace(locale="en-GB")
    )
    monkeypatch.setattr(stage, "st", streamlit)
    monkeypatch.setattr(link, "st", streamlit)
    went_back = []
    monkeypatch.setattr(stage, "_went_back", lambda: bool(went_back))
    monkeypatch.setattr(stage, "component", lambda module: lambda **given: sent.append(given))
    monkeypatch.setattr(stage, "publish_document", lambda name, language: f"{name}-{language}")
    monkeypatch.setattr(stage, "publish_tapes", lambda name: f"{name}-tapes")

    def once(release=None, **link):
        query.update(link)
        if release is not None:
            session["boxes_stage"] = {"release": json.loads(json.dumps(release))}
        received = stage.mount("boxes", "en", lambda: None)
        went_back.clear()
        return sent[-1]["data"], received, query

    def back(**link):
        query.clear()
        went_back.append(True)
        return once(**link)

    once.back = back
    once.leave = lambda: (session.pop("boxes_stage", None), query.clear())
    return once


START = table("boxes").start()


def test_before_a_hand_has_let_go_the_link_is_answered_under_number_0(run):
    down, received, _ = run(rate="1.5", arrows="nonsense")
    assert down.keys() == {"document", "tapes", "sequence", "state", "answer"}
    assert (down["document"], down["tapes"]) == ("boxes-en", "boxes-tapes")
    assert down["sequence"] == 0
    assert down["state"] == received.state == START | {"rate": 1.5}
    assert down["answer"] == EVERY_PAGE["boxes"].answer(down["state"])
    assert [part.name for part in received.notices] == ["arrows"]


def test_a_release_is_answered_with_its_number_and_its_state(run):
    down, received, address = run({"sequence": 7, "state": START | {"rate": 2.0}})
    assert down["sequence"] == 7
    assert "sequence" not in down["state"], "it is no row"
    assert down["state"] == received.state == START | {"rate": 2.0}
    assert received.notices == []
    assert address == {"rate": "2"}


def test_what_is_refused_is_told_and_replaced(run):
    state = START | {"rate": 1e9, "coordinates": "centre", "sequence": 3}
    down, received, address = run({"sequence": 1, "state": state})
    assert down["state"] == START | {"coordinates": "centre"}
    assert down["answer"] == EVERY_PAGE["boxes"].answer(down["state"])
    assert [part.name for part in received.notices] == ["rate", "sequence"]
    assert address == {"coordinates": "centre"}


def test_a_page_is_found_again_as_it_was_left_unless_that_is_forgotten(run):
    run({"sequence": 1, "state": START | {"rate": 2.0}})
    run.leave()
    assert run()[0]["state"]["rate"] == 2.0
    run.leave()
    stage.forget("boxes")
    assert run()[0]["state"] == START


def test_back_shows_what_the_address_says_and_the_next_release_counts_again(run):
    run({"sequence": 1, "state": START | {"rate": 1.0}})
    down, _, address = run.back(rate="2", arrows="none")
    assert (down["sequence"], down["state"]["rate"]) == (1, 2.0)
    assert address == {"rate": "2", "arrows": "none"}
    assert run()[0]["state"]["rate"] == 2.0, "the release of before is over"
    assert run.back()[0]["state"] == START
    down, _, address = run({"sequence": 2, "state": START | {"rate": 3.0}})
    assert (down["state"]["rate"], address) == (3.0, {"rate": "3"})


def test_a_page_that_is_found_again_says_so_in_the_address(run):
    run({"sequence": 1, "state": START | {"rate": 2.0}})
    run.leave()
    assert run()[2] == {"rate": "2"}
    down, _, address = run({"sequence": 1, "state": START | {"rate": 1.5}})
    assert (down["state"]["rate"], address) == (1.5, {"rate": "1.5"})


def test_rows_of_another_page_do_not_stay_in_the_address(run):
    run({"sequence": 1, "state": START})
    assert run({"sequence": 2, "state": START}, p="1,1")[2] == {}
    _, received, address = run.back(rate="2", logit="-1.88")
    assert (address, received.notices) == ({"rate": "2"}, [])


@pytest.mark.parametrize(
    "release",
    [None, 7, "x", [], {}, {"sequence": 1}, {"sequence": "a", "state": {}}, {"state": START},
     {"sequence": 1, "state": [1]}, {"sequence": None, "state": START}],
)  # fmt: skip
def test_what_is_no_release_changes_nothing(run, release):
    down, received, _ = run(release)
    assert (down["sequence"], received.state) == (0, START)
