"""A first visit asks for little, for each thing once, and for nothing that it does not use."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from experiments.evidence import evidence
from live import modules
from live.assets import web_root
from live.families import EVERY_PAGE
from live.ui.sections import claims
from live.words.text import load, say
from tests.browser.pages import open_section, settled
from tests.browser.traffic import Traffic

PAGES = ("", *EVERY_PAGE)
MOST_REQUESTS = 60
MOST_BYTES = 1_200_000
every_page = pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "home")
LOADED = """() => performance.getEntriesByType("resource")
  .map((entry) => new URL(entry.name).pathname.slice(1))"""
ALL_LOADED = f"(named) => named.every((path) => ({LOADED})().includes(path))"


@pytest.fixture
def cold(browser, server):
    """Open a page in a browser that has never been here; the page and its traffic."""
    contexts = []

    def visit(path: str, locale: str = "en-GB"):
        contexts.append(browser.new_context(locale=locale))
        page = contexts[-1].new_page()
        traffic = Traffic(page)
        page.goto(f"{server}/{path}")
        page.wait_for_selector("[data-lab-ready]", state="attached")
        settled(page)
        page.wait_for_load_state("networkidle")
        return page, traffic

    yield visit
    for context in contexts:
        context.close()


@every_page
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_a_first_visit_costs_little_and_was_told_of_beforehand(cold, server, name, locale):
    """Modules, styles, scripts and documents: none is found late, none is loaded in vain."""
    asked = urllib.request.Request(f"{server}/{name}", headers={"Accept-Language": locale})
    html = urllib.request.urlopen(asked).read().decode()
    named = re.findall(r'<link data-later="\w+"[^>]* href="\./((?:web|data)/[^"]+)"', html)
    page, traffic = cold(name, locale)
    page.wait_for_function(ALL_LOADED, arg=named)
    page.wait_for_load_state("networkidle")
    loaded = [path for path in page.evaluate(LOADED) if re.match("(web|data)/", path)]
    assert {path for path in loaded if "/fonts/" not in path} == set(named)
    expect(page.locator("link[data-later]:not([rel])")).to_have_count(0)
    paths = [transfer.path for transfer in traffic.transfers]
    assert len(paths) == len(set(paths)), "something was asked for twice"
    assert len(paths) <= MOST_REQUESTS
    assert sum(transfer.size for transfer in traffic.transfers) <= MOST_BYTES


@pytest.mark.parametrize("module", [*map(modules.of_page, PAGES), modules.FRAME])
def test_the_modules_that_a_browser_loads_are_those_that_were_found(browser, server, module):
    """As plain files, which is how they are served while someone works on them."""
    page = browser.new_page()
    page.goto(f"{server}/_stcore/health")
    page.evaluate("(address) => import(address)", f"/{web_root()}/{module}.js")
    loaded = {path.removeprefix(f"{web_root()}/") for path in page.evaluate(LOADED)}
    page.close()
    assert {path for path in loaded if path.endswith(".js")} == set(modules.imported(module))


def test_what_streamlit_loads_later_joins_what_came_in_one_file(open_page):
    """The chart's own script imports React and the theme, and must find the ones that run."""
    page = open_page("/boxes", lang="en")
    open_section(page, say("trial", "en"))
    claim = next(claim for claim in claims("boxes") if found(claim).curves)
    page.locator(f".st-key-claim_{claim}_en summary").click()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    scripts = [path for path in page.evaluate(LOADED) if path.endswith(".js")]
    assert sum("/PlotlyChart." in path for path in scripts) == 1
    assert not [path for path in scripts if path.startswith("static/")]


def found(claim: str):
    words = load(f"claims/{claim}")
    return evidence(words["family"], words["evidence"])
