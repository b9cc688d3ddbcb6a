"""What every stage shares: it outlives Streamlit's reruns, and ends when it has left the page."""

MOUNT_TWICE = """async () => {
  const asked = performance.getEntriesByType("resource").map(({ name }) => name);
  const module = asked.find((name) => name.endsWith("/stage/stage.js"));
  const { stage } = await import(module);
  const documents = asked.filter((name) => name.includes("/data/"));
  const contents = await Promise.all(documents.map((name) => fetch(name).then((a) => a.json())));
  const document_ = documents[contents.findIndex((content) => content.tapes)];

  const drawn = [];
  let store;
  let disposed = 0;
  const mount = stage(new URL("stage.css", module), (built) => {
    store = built.store;
    store.listen((state) => drawn.push(state.step));
    return { dispose: () => { disposed += 1; } };
  });
  const parentElement = document.body.appendChild(document.createElement("div"));
  const component = (step) => ({
    parentElement,
    setStateValue() {},
    data: { document: document_, sequence: step, state: { step }, answer: {} },
  });
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

  const overtaken = await mount(component(0));
  await frame();
  store.set({ step: 1 }); // a frame is under way when Streamlit cleans up
  overtaken();
  const latest = await mount(component(2));
  await frame();
  store.set({ step: 3 });
  await frame();
  const alive = { drawn: [...drawn], disposed };

  parentElement.remove();
  latest();
  await frame();
  return { ...alive, ended: disposed };
}"""


def test_a_stage_outlives_a_mount_that_a_newer_one_overtook(open_page):
    """Two quick answers: Streamlit cleans up after the first when the second has begun."""
    page = open_page("/information")
    page.wait_for_selector("[data-lab-ready]")
    seen = page.evaluate(MOUNT_TWICE)
    assert seen["drawn"][-1] == 3, "the stage no longer draws"
    assert 1 in seen["drawn"]
    assert seen["disposed"] == 0
    assert seen["ended"] == 1
