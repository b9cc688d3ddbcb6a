"""Following a room: whoever lost it is back within five seconds of their own clock."""

import pytest

MOST = 5000
# A clock of the test's own: `pass` lets milliseconds go by, timer after timer.
FOLLOW = """async ({ Follow }, events, away, most) => {
  let now = 0;
  const timers = new Map();
  window.setTimeout = (run, late, every) => {
    timers.set(run, { at: now + late, every });
    return run;
  };
  window.setInterval = (run, every) => window.setTimeout(run, every, every);
  window.clearInterval = (run) => timers.delete(run);
  const microtasks = async () => { for (let i = 0; i < 50; i += 1) await null; };
  const pass = async (milliseconds) => {
    const end = now + milliseconds;
    for (;;) {
      const [run, timer] = [...timers].sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (!run || timer.at > end) break;
      now = timer.at;
      if (timer.every) timer.at += timer.every;
      else timers.delete(run);
      run();
      await microtasks();
    }
    now = end;
  };
  window.EventSource = class {
    static OPEN = 1;
    static CLOSED = 2;
    readyState = events;
    close() {}
  };
  let reached = true;
  const seen = { connected: [], told: 0 };
  const follow = new Follow({
    events: 'events',
    read: async () => {
      if (!reached) throw new TypeError('there is no server');
      return { version: now };
    },
    version: ({ version }) => version,
    connected: (is) => seen.connected.push(is),
    told: () => { seen.told += 1; },
    ended: () => seen.connected.push('ended'),
  });
  reached = false;
  await pass(away);
  const [lost, toldBefore] = [seen.connected.at(-1), seen.told];
  reached = true;
  await pass(most);
  follow.stop();
  return { lost, back: seen.connected.at(-1), told: seen.told > toldBefore };
}"""


@pytest.mark.parametrize("away", [3000, 3500, 12_345, 60_000])
@pytest.mark.parametrize("events", [0, 2], ids=["connecting", "closed"])
def test_who_lost_a_room_is_back_within_five_seconds(modules, events, away):
    """However long the server was away, and whether the browser still tries to hear its events."""
    seen = modules("hall/follow.js", FOLLOW, events, away, MOST)
    assert seen == {"lost": False, "back": True, "told": True}
