"""What browser and server say to each other, the browser's half: releases, questions, replies."""

import pytest

STORE = """async ({ Store }, steps) => {
  const [sent, drawn] = [[], []];
  const begin = { sequence: 3, state: { rate: 1, loss: "a" } };
  const store = new Store(begin, (release) => sent.push(release));
  store.listen((state) => drawn.push(state));
  for (const [name, ...given] of steps) store[name](...given);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return { sent, drawn, state: store.state, settled: store.settled };
}"""
MOVE, RELEASE = ["set", {"rate": 2}], ["commit"]
MOVED = {"rate": 2, "loss": "a"}


@pytest.fixture
def after(modules):
    """What a store has sent, drawn and settled on after some steps; it begins with sequence 3."""
    return lambda *steps: modules("core/store.js", STORE, steps)


def reply(sequence, **state):
    return ["receive", {"sequence": sequence, "state": {**MOVED, **state}}]


def test_a_release_goes_up_once_with_its_number_beside_the_state(after):
    seen = after(MOVE, ["set", {"loss": "b"}], RELEASE)
    assert seen["sent"] == [{"sequence": 4, "state": {"rate": 2, "loss": "b"}}]
    assert seen["drawn"] == [{"rate": 2, "loss": "b"}], "every change in one frame"
    assert seen["settled"]


def test_what_the_server_made_of_the_latest_release_is_the_state(after):
    seen = after(MOVE, RELEASE, reply(4, rate=1.5))
    assert seen["state"] == {"rate": 1.5, "loss": "a"}
    assert seen["drawn"] == [seen["state"]]
    assert len(seen["sent"]) == 1, "the server knows its own state"
    assert seen["settled"]


def test_a_reply_that_says_nothing_new_draws_nothing(after):
    assert after(reply(3, rate=1))["drawn"] == []


@pytest.mark.parametrize("late", [3, 4])
def test_a_reply_to_an_earlier_release_is_out_of_date(after, late):
    assert after(MOVE, RELEASE, MOVE, RELEASE, reply(late, rate=1.5))["state"] == MOVED


def test_a_hand_that_moves_is_not_overruled(after):
    seen = after(MOVE, RELEASE, ["set", {"loss": "b"}], reply(4, rate=1.5))
    assert seen["state"] == {"rate": 2, "loss": "b"}
    assert not seen["settled"]


def test_a_release_of_the_stage_before_is_followed_and_counted_on(after):
    """Who switches the language and at once chooses a loss has told it to the old stage."""
    seen = after(reply(4, loss="b"), ["set", {"rate": 3}], RELEASE)
    assert seen["state"] == {"rate": 3, "loss": "b"}
    assert seen["sent"] == [{"sequence": 5, "state": seen["state"]}]


def test_a_question_settles_nothing(after):
    """What only torch can compute is asked for while the hand moves."""
    seen = after(MOVE, ["ask"], reply(4, rate=1.5))
    assert seen["sent"] == [{"sequence": 4, "state": MOVED}]
    assert seen["state"] == MOVED
    assert not seen["settled"]


def test_a_server_that_was_started_anew_is_told_what_it_forgot(after):
    seen = after(MOVE, RELEASE, reply(4), reply(0, rate=1), reply(0, rate=1))
    assert [release["sequence"] for release in seen["sent"]] == [4, 5], "once"
    assert seen["sent"][-1]["state"] == seen["state"] == MOVED


LINKED = """({ asLinked }) => {
  const [rate, loss] = [{ kind: "number", low: 0, high: 9 }, { kind: "choice", choices: ["a"] }];
  return asLinked({ rate, loss }, { rate: 3050 * 0.001, loss: "a" });
}"""


def test_a_hand_that_lets_go_leaves_the_number_that_the_link_tells(modules):
    """3050 × 0.001 is 3.0500000000000003: its square is shown as 9.303, that of 3.05 as 9.302."""
    assert modules("core/row_kinds.js", LINKED) == {"rate": 3.05, "loss": "a"}
