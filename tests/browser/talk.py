"""What a page and Streamlit's server say to each other, for a test that waits for the answers.

The page itself shows only that no run is under way; a page that asked for one a moment ago looks
the same until the run begins.
"""

from playwright.sync_api import Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser import pages

ANSWERED = """() => [...document.querySelectorAll(".lab-agreement")]
  .some((said) => said.getClientRects().length && said.innerText.includes("✓"))"""
"""Torch has computed what is shown, and agrees."""


class Talk:
    """Listens to one tab, from before its page is asked for."""

    def listen(self, page: Page) -> None:
        self.page = page
        self.socket: WebSocket | None = None
        self.asked = self.running = False
        page.on("websocket", self._opened)

    def rest(self) -> None:
        """Wait until every run that was asked for has begun and ended, and torch has answered."""
        while True:
            pages.drawn(self.page)
            pages.settled(self.page)
            self.page.wait_for_function(ANSWERED)
            if not (self.asked or self.running):
                return
            self.socket.wait_for_event("framereceived")

    def _opened(self, socket: WebSocket) -> None:
        self.socket = socket
        self.asked = self.running = False
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self.asked |= BackMsg.FromString(payload).WhichOneof("type") == "rerun_script"

    def _received(self, payload: str | bytes) -> None:
        if not isinstance(payload, bytes):
            return
        said = ForwardMsg.FromString(payload).WhichOneof("type")
        if said == "new_session":
            self.asked, self.running = False, True
        elif said == "script_finished":
            self.running = False
