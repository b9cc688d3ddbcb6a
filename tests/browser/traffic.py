"""What a page asks the server for, as the browser's own network panel counts it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page

PHONE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
"""A slow mobile line, as Chromium's throttling takes it: milliseconds, bytes per second."""
PLATFORM = ("/static/", "/platform/", "/_stcore/", "/favicon")


@dataclass
class Transfer:
    """One request, and how many bytes came back for it, headers included."""

    path: str
    size: float = 0
    cached: bool = False


class Traffic:
    """Counts what a page asks for from here on; a page is told its line's speed here, too."""

    def __init__(self, page: Page, line: dict[str, float] | None = None) -> None:
        self._transfers: dict[str, Transfer] = {}
        self._inlined: dict[str, float] = {}
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.requestServedFromCache", self._served_from_cache)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        self._session = session
        session.send("Network.enable")
        if line is not None:
            session.send("Network.emulateNetworkConditions", line)

    @property
    def transfers(self) -> list[Transfer]:
        """What has come over the line, not out of the browser's cache."""
        return [each for each in self._transfers.values() if not each.cached]

    @property
    def inlined(self) -> float:
        """The bytes of what the page had in addresses that hold it whole, a font say: they came
        with a file already, and Chromium's network panel counts them again."""
        return sum(self._inlined.values())

    @property
    def of_platform(self) -> list[Transfer]:
        """What of it is Streamlit's own."""
        return [each for each in self.transfers if each.path.startswith(PLATFORM)]

    def stop(self) -> None:
        """Count no further."""
        self._session.detach()

    def _asked(self, event: dict) -> None:
        address = urlsplit(event["request"]["url"])
        if address.scheme in ("http", "https"):
            self._transfers[event["requestId"]] = Transfer(address.path)
        elif address.scheme == "data" and event["type"] != "Image":
            self._inlined[event["requestId"]] = 0

    def _served_from_cache(self, event: dict) -> None:
        self._transfers[event["requestId"]].cached = True

    def _answered(self, event: dict) -> None:
        if event["response"].get("fromDiskCache") and event["requestId"] in self._transfers:
            self._transfers[event["requestId"]].cached = True

    def _finished(self, event: dict) -> None:
        if event["requestId"] in self._transfers:
            self._transfers[event["requestId"]].size = event["encodedDataLength"]
        elif event["requestId"] in self._inlined:
            self._inlined[event["requestId"]] = event["encodedDataLength"]
