"""What every stage shares: it outlives Streamlit's reruns, and ends when it has left the page."""

from live.assets import web_root
from live.documents.document import publish_document, publish_tapes

MOUNT_TWICE = """async ({ module, fetched }) => {
  const { stage } = await import(module);

  const drawn = [];
  let store;
  let disposed = 0;
  const mount = stage("stage/stage.css", (built) => {
    store = built.store;
    store.listen((state) => drawn.push(state.step));
    return { dispose: () => { disposed += 1; } };
  });
  const parentElement = document.body.appendChild(document.createElement("div"));
  const component = (step) => ({
    parentElement,
    setStateValue() {},
    data: { ...fetched, sequence: step, state: { step }, answer: {} },
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
    seen = page.evaluate(
        MOUNT_TWICE,
        {
            "module": f"/{web_root()}/stage/stage.js",
            "fetched": {
                "document": publish_document("information", "en"),
                "tapes": publish_tapes("information"),
            },
        },
    )
    assert seen["drawn"][-1] == 3, "the stage no longer draws"
    assert 1 in seen["drawn"]
    assert seen["disposed"] == 0
    assert seen["ended"] == 1
