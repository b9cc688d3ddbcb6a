"""A stage in a frame of another page: it fits, it talks, and it leaves the keys alone."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
import uvicorn
from IPython.display import IFrame
from playwright.sync_api import expect
from starlette.applications import Starlette

from live.documents.addresses import fetched, searched
from live.documents.code_forms import code_answer
from live.documents.stage_page import stage_file, stage_page
from live.families import EVERY_PAGE
from live.launch import bind_socket
from live.server.routes import middleware, routes
from live.server.stages import Stages
from tests.browser.pages import drawn

HTML = """<!doctype html><title>Slides</title>
<script>
window.keys = 0; window.told = [];
addEventListener("keydown", () => { window.keys += 1; });
addEventListener("message", ({ data, origin }) => window.told.push({ data, origin }));
</script>
<style>body { margin: 0 } iframe { border: 0; width: 100vw; height: 100vh; display: block }</style>
<iframe src="ADDRESS"></iframe>"""
REVEAL = Path(__file__).parents[2] / "node_modules" / "reveal.js" / "dist"
# It listens before there is a frame: the first message is told once.
DECK = """<!doctype html><title>Deck</title>
<script>
window.told = [];
addEventListener("message", ({ data }) => window.told.push(data));
</script>
<link rel="stylesheet" href="/reveal.css">
<div class="reveal"><div class="slides">
<section>One</section>
<section><iframe src="ADDRESS" width="900" height="500"></iframe></section>
<section>Three</section>
</div></div>
<script src="/reveal.js"></script>
<script>
Reveal.initialize({ controls: false, transition: "none", view: "default" });
</script>"""
AT = "() => Reveal.getIndices().h"
NOTEBOOK = """<!doctype html><title>Notebook</title>
<script>
window.keys = []; window.told = [];
addEventListener("keydown", ({ key }) => window.keys.push(key));
addEventListener("message", ({ data, origin, source }) =>
  window.told.push({ data, origin, ours: source === frames[0] }));
</script>
<div class="jp-OutputArea-output jp-RenderedHTMLCommon">OUTPUT</div>"""
FOREIGN = """<!doctype html><title>Foreign</title>
<script>
const message = { lossLab: 1, state: { rate: "2" } };
parent.frames[0].postMessage(message, "*");
parent.postMessage(message, "*");
</script>"""
ADD_FOREIGN = """(address) => {
  document.body.append(Object.assign(document.createElement('iframe'), { src: address }));
}"""
SEND = "(message) => frames[0].postMessage(message, '*')"
OVER = """() => [document.documentElement.scrollHeight - innerHeight,
  document.documentElement.scrollWidth - innerWidth,
  document.querySelector('.lab-formula:not([style*="none"])').getBoundingClientRect().bottom
    - innerHeight]"""


class Slides(BaseHTTPRequestHandler):
    """A page of another host, which shows whatever its query names in a frame."""

    def do_GET(self) -> None:
        path, _, address = self.path.partition("?")
        pages = {"/": HTML, "/deck": DECK, "/notebook": NOTEBOOK, "/foreign": FOREIGN}
        content = pages.get(path) or (REVEAL / path[1:]).read_text()
        kind = {"css": "text/css", "js": "text/javascript"}.get(path.rpartition(".")[2])
        self.send_response(200)
        self.send_header("Content-Type", kind or "text/html")
        self.end_headers()
        if path == "/notebook":
            output = IFrame(unquote(address), 900, 506, embed="", rate=1)._repr_html_()
            content = content.replace("OUTPUT", output)
        self.wfile.write(content.replace("ADDRESS", unquote(address)).encode())

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def origins() -> Iterator[list[str]]:
    """Two hosts that are not the lab's."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Slides) for _ in range(2)]
    for one in servers:
        threading.Thread(target=one.serve_forever, daemon=True).start()
    yield [f"http://127.0.0.1:{one.server_port}" for one in servers]
    for one in servers:
        one.shutdown()
        one.server_close()


@pytest.fixture(scope="module")
def lab(origins) -> Iterator[str]:
    """The server of an operator who lets the first of them frame the stages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOSS_LAB_FRAME_ANCESTORS", origins[0])
        stages = Stages(stage_page, stage_file, code_answer)
        ours = routes()
        between = middleware(ours, fetched, searched, lambda: stages)
        application = Starlette(routes=ours, middleware=between)
        listening = bind_socket("127.0.0.1", "0")
        listening.listen()
        config = uvicorn.Config(application, log_level="error", lifespan="off")
        serving = uvicorn.Server(config)
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        host, port = listening.getsockname()
        yield f"http://{host}:{port}"
        serving.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def deck(browser, lab, origins):
    """Show a stage in a page of the host that may, or of the other; the page and its frame."""
    context = browser.new_context()
    page = context.new_page()

    def show(path: str, welcome: bool = True, width: int = 960, height: int = 540):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{origins[0 if welcome else 1]}/?{quote(lab + path)}")
        frame = page.frames[1]
        if welcome:
            frame.wait_for_selector("[data-lab-ready]")
            drawn(frame)
        return page, frame

    yield show
    context.close()


@pytest.mark.parametrize(("width", "height"), [(960, 540), (800, 600), (1920, 1080)])
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_it_fits_a_slide(deck, name, width, height):
    _, frame = deck(f"/stage/{name}?embed&lang=zh", width=width, height=height)
    frame.wait_for_function(f"() => ({OVER})().every((over) => over <= 1)")
    assert not frame.locator(".lab-own-head").is_visible()


def test_it_tells_its_state_and_takes_one(deck):
    page, frame = deck("/stage/boxes?embed&rate=1")
    page.wait_for_function("() => window.told.length > 0")
    told = page.evaluate("window.told.at(-1)")
    assert told["data"] == {"lossLab": 1, "state": {"rate": "1"}}
    page.evaluate(SEND, {"lossLab": 1, "state": {"loss": "giou_loss", "rate": "oops", "x": 7}})
    page.wait_for_function("() => window.told.at(-1).data.state.loss === 'giou_loss'")
    # The state is told at once, the picture follows with the next frame.
    expect(frame.locator(".lab-row.chosen")).to_have_text(re.compile(r"^\s*GIoU"))
    assert page.evaluate("window.told.at(-1).data.state") == {"loss": "giou_loss"}


@pytest.mark.parametrize(
    "message",
    [None, 1, "x", {}, {"lossLab": 2, "state": {"rate": "2"}}, {"lossLab": 1, "state": 3}],
)
def test_it_ignores_what_is_no_message_of_its_own(deck, message):
    page, frame = deck("/stage/boxes?embed&rate=1")
    page.wait_for_function("() => window.told.length > 0")
    page.evaluate(SEND, message)
    drawn(frame)
    assert "rate=1" in frame.evaluate("location.search")


def test_another_origin_may_not_show_it(deck):
    page, frame = deck("/stage/boxes?embed", welcome=False)
    page.wait_for_load_state("networkidle")
    assert frame.locator(".lab").count() == 0
    assert page.evaluate("window.told") == []


def test_arrow_keys_are_the_decks_until_a_handle_has_the_focus(deck):
    page, frame = deck("/stage/boxes?embed")
    frame.locator(".lab-own").click(position={"x": 3, "y": 3})
    page.evaluate("window.focus()")
    page.wait_for_function("() => document.hasFocus() && document.activeElement === document.body")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => window.keys === 1")
    before = frame.evaluate("location.search")
    frame.locator(".lab-handle").first.focus()
    page.keyboard.press("ArrowRight")
    frame.wait_for_function("(before) => location.search !== before", arg=before)
    assert page.evaluate("window.keys") == 1


def test_a_message_of_a_foreign_frame_changes_nothing(deck, origins):
    """The stage does not hear it; a page that looks at the origin knows it is not the stage's."""
    page, frame = deck("/stage/boxes?embed&rate=1")
    page.wait_for_function("() => window.told.length > 0")
    page.evaluate(ADD_FOREIGN, f"{origins[1]}/foreign?")
    page.wait_for_function("(origin) => window.told.some((one) => one.origin === origin)",
                           arg=origins[1])  # fmt: skip
    page.evaluate(SEND, {"lossLab": 1})  # it comes after the foreign one
    page.wait_for_function("(origin) => window.told.at(-1).origin !== origin", arg=origins[1])
    assert page.evaluate("window.told.at(-1).data") == {"lossLab": 1, "state": {"rate": "1"}}
    assert "rate=1" in frame.evaluate("location.search")


def test_a_notebook_shows_it_and_keeps_its_keys(browser, lab, origins):
    """What `IFrame` of IPython writes, in a page of another host, as a notebook is."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    page.goto(f"{origins[0]}/notebook?{quote(lab + '/stage/boxes')}")
    frame = page.frames[1]
    frame.wait_for_selector("[data-lab-ready]")
    page.wait_for_function("() => window.told.length > 0")
    told = page.evaluate("window.told[0]")
    assert told == {"data": {"lossLab": 1, "state": {"rate": "1"}}, "origin": lab, "ours": True}
    frame.wait_for_function(f"() => ({OVER})().every((over) => over <= 1)")
    drawn(frame)

    grip = frame.locator("rect.lab-box.prediction")
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y - 15, steps=3)
    page.mouse.up()
    page.wait_for_function("() => window.told.at(-1).data.state.prediction")

    handle = frame.locator(".lab-handle").first
    handle.focus()
    before = frame.evaluate("location.search")
    page.keyboard.press("ArrowDown")
    frame.wait_for_function("(before) => location.search !== before", arg=before)
    assert page.evaluate("window.keys") == []
    frame.locator("button.lab-name").first.click()
    page.wait_for_function("() => document.hasFocus() && document.activeElement === document.body")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => window.keys.join() === 'ArrowDown'")
    context.close()


@pytest.mark.skipif(not REVEAL.is_dir(), reason="reveal.js comes with `npm ci`")
def test_a_reveal_deck_keeps_its_arrow_keys(browser, lab, origins):
    """They move the deck, also after a button of the stage was pressed, until a handle has them."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(f"{origins[0]}/deck?{quote(lab + '/stage/boxes?embed&rate=1')}")
    page.wait_for_function("() => window.Reveal?.isReady()")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => ({AT})() === 1")
    frame = page.frames[1]
    frame.wait_for_selector("[data-lab-ready]")
    page.wait_for_function("() => window.told.some((data) => data?.lossLab === 1)")
    page.evaluate(SEND, {"lossLab": 1, "state": {"loss": "giou_loss"}})
    expect(frame.locator(".lab-row.chosen")).to_have_text(re.compile(r"^\s*GIoU"))

    page.evaluate(ADD_FOREIGN, f"{origins[1]}/foreign?")
    page.wait_for_function("() => window.told.at(-1).state?.rate === '2'")  # the deck hears it
    page.evaluate(SEND, {"lossLab": 1})
    page.wait_for_function("() => window.told.at(-1).state?.rate !== '2'")
    assert page.evaluate("window.told.at(-1).state") == {"loss": "giou_loss"}

    frame.locator(".lab-handle").first.focus()
    before = frame.evaluate("location.search")
    page.keyboard.press("ArrowRight")
    frame.wait_for_function("(before) => location.search !== before", arg=before)
    assert page.evaluate(AT) == 1

    frame.locator("button.lab-name").first.click()
    page.wait_for_function("() => document.hasFocus() && document.activeElement === document.body")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => Reveal.getIndices().h === 2")
    context.close()
