"""How a page asks after a server that is away, without Streamlit and without a server."""

import pytest

ANSWERS = """(told) => {
  let asked = 0;
  window.fetch = async (address, { signal } = {}) => {
    signal?.throwIfAborted();
    const status = told[Math.min(asked++, told.length - 1)];
    if (!status) throw new TypeError("nobody answers");
    return { status, asked };
  };
}"""
"""A `fetch` that answers with these codes one after the other, and is refused where one is 0."""

ASK = """async (_, address) => {
  try {
    const { status, asked } = await fetch(address);
    return { status, asked };
  } catch (error) { return error.message; }
}"""

GIVE_UP = """async (_, address) => {
  const wait = new AbortController();
  const asked = fetch(address, { signal: wait.signal }).catch((error) => error.name);
  wait.abort();
  return asked;
}"""


@pytest.mark.parametrize("question", ["/_stcore/health", "/course/_stcore/host-config"])
@pytest.mark.parametrize(
    ("told", "heard"),
    [
        pytest.param([200], {"status": 200, "asked": 1}, id="there"),
        pytest.param([0, 0, 200], {"status": 200, "asked": 3}, id="away, then back"),
        pytest.param([502, 504, 503, 200], {"status": 200, "asked": 4}, id="away behind a proxy"),
        pytest.param([403], {"status": 403, "asked": 1}, id="refused for good"),
    ],
)
def test_a_question_after_the_server_stays_open_until_it_answers(modules, question, told, heard):
    modules.page.evaluate(ANSWERS, told)
    assert modules("shell/reconnect.js", ASK, question) == heard


def test_whoever_asked_may_give_up(modules):
    modules.page.evaluate(ANSWERS, [0])
    assert modules("shell/reconnect.js", GIVE_UP, "/_stcore/health") == "AbortError"


def test_every_other_question_is_put_once(modules):
    modules.page.evaluate(ANSWERS, [0, 200])
    assert modules("shell/reconnect.js", ASK, "/stage/boxes") == "nobody answers"
