"""A first visit asks for little, for each thing once, and for nothing that it does not use."""

import re
import urllib.request

import pytest

from live import modules
from live.assets import web_root
from live.families import EVERY_PAGE
from tests.browser.traffic import Traffic

PAGES = ("", *EVERY_PAGE)
MOST_REQUESTS = 60
MOST_BYTES = 1_200_000
every_page = pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "home")
LOADED = """() => performance.getEntriesByType("resource")
  .map((entry) => new URL(entry.name).pathname.slice(1))"""


@every_page
@pytest.mark.parametrize(("locale", "theme"), [("en-GB", "light"), ("zh-CN", "dark")])
def test_a_first_visit(open_page, server, name, locale, theme):
    """It costs little, and the page names exactly what it asks for, modules, styles, scripts and
    documents: none is found late, none is loaded in vain."""
    traffic = []
    page = open_page(
        f"/{name}",
        locale=locale,
        theme=theme,
        fresh=True,
        prepare=lambda page: traffic.append(Traffic(page)),
    )
    page.wait_for_selector("[data-lab-ready]", state="attached")
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    paths = [transfer.path for transfer in traffic[0].transfers]
    assert len(paths) == len(set(paths)), "something was asked for twice"
    assert len(paths) <= MOST_REQUESTS
    assert sum(transfer.size for transfer in traffic[0].transfers) <= MOST_BYTES

    asked = urllib.request.Request(f"{server}/{name}", headers={"Accept-Language": locale})
    html = urllib.request.urlopen(asked).read().decode()
    named = re.findall(r'<link data-later="\w+"[^>]* href="\./((?:web|data)/[^"]+)"', html)
    loaded = [path for path in page.evaluate(LOADED) if re.match("(web|data)/", path)]
    assert {path for path in loaded if "/fonts/" not in path} == set(named)
    assert page.evaluate("document.querySelectorAll('link[data-later]:not([rel])').length") == 0


@pytest.mark.parametrize("module", [*map(modules.of_page, PAGES), modules.FRAME])
def test_the_modules_that_a_browser_loads_are_those_that_were_found(browser, server, module):
    """As plain files, which is how they are served while someone works on them."""
    page = browser.new_page()
    page.goto(f"{server}/_stcore/health")
    page.evaluate("(address) => import(address)", f"/{web_root()}/{module}.js")
    loaded = {path.removeprefix(f"{web_root()}/") for path in page.evaluate(LOADED)}
    page.close()
    assert {path for path in loaded if path.endswith(".js")} == set(modules.imported(module))
