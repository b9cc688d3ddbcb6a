"""Tabs of one browser that test after test takes up again.

A new browser context costs a renderer, an empty cache and all scripts compiled anew, four times
what a page costs in a tab that has shown another. So a tab is kept: it has a context to itself,
and the next test gets it with nothing stored, nothing pressed, and a document of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, Page

from tests.browser.pages import Complaints, drawn, settled

EMPTY_PAGE = "/_stcore/health"
ALONE = "/stage/"
"""A stage without Streamlit, at a third of the cost: for what the stage does by itself."""
KEPT = 2
"""Tabs of one kind that wait for the next test; a test that opens more closes the others."""


@dataclass(frozen=True)
class Kind:
    """What a context cannot change once it is there."""

    locale: str
    touch: bool


class Tabs:
    """Opens pages of the app at `server`, and takes them back."""

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser, self.server = browser, server
        self._free: dict[Kind, list[Complaints]] = {}
        self._taken: list[tuple[str, Kind | None, Complaints]] = []

    def open(
        self,
        path: str = "/",
        *,
        lang: str | None = None,
        theme: str | None = None,
        width: int = 1280,
        height: int = 800,
        reduced_motion: bool = False,
        locale: str = "en-GB",
        touch: bool = False,
        fresh: bool = False,
        prepare: Callable[[Page], None] = lambda page: None,
    ) -> Page:
        """A settled page, its stage drawn, that nobody else sees until it is given back.

        Args:
            path: The page and, after `?`, its state: `/boxes?rate=1`.
            lang: What `?lang=` says; by default the page follows `locale`.
            theme: What the system prefers, "light" or "dark".
            reduced_motion: The system asks for less motion.
            touch: The device has a touch screen.
            fresh: In a context that was never used, and will not be again: nothing is cached.
            prepare: What is done to the tab before the page is asked for: answer a request, say.
        """
        kind = Kind(locale, touch)
        waiting = self._free.get(kind)
        complaints = waiting.pop() if waiting and not fresh else self._new(kind)
        self._taken.append((path, None if fresh else kind, complaints))
        page = complaints.page
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(
            color_scheme=theme or "light",
            reduced_motion="reduce" if reduced_motion else "no-preference",
        )
        if lang is not None:
            path += ("&" if "?" in path else "?") + urlencode({"lang": lang})
        prepare(page)
        page.goto(self.server + path)
        if path.startswith(ALONE):
            page.wait_for_selector("[data-lab-ready]")
            drawn(page)
        else:
            settled(page)
        return page

    def give_back(self, usable: bool = True) -> list[str]:
        """End the pages that are open; what was heard from them. Tabs that complained, or are not
        `usable`, are closed."""
        heard = []
        for path, kind, complaints in self._taken:
            complaints.look()
            heard.extend(f"{path}: {complaint}" for complaint in complaints.heard)
            healthy = usable and not complaints.heard and not complaints.page.is_closed()
            kept = self._free.setdefault(kind, []) if kind else []
            if kind and healthy and len(kept) < KEPT:
                self._tidy(complaints)
                kept.append(complaints)
            else:
                complaints.page.context.close()
        self._taken.clear()
        return heard

    def _new(self, kind: Kind) -> Complaints:
        context = self.browser.new_context(locale=kind.locale, has_touch=kind.touch)
        return Complaints(context.new_page(), urlsplit(self.server).netloc)

    def _tidy(self, complaints: Complaints) -> None:
        page = complaints.page
        page.unroute_all()
        page.mouse.up()
        page.mouse.move(-10, -10)  # nothing is under it
        page.unroute_all()
        page.goto(self.server + EMPTY_PAGE)
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        complaints.heard.clear()
