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
COUNT_SENT = """if (!("sentOverSocket" in window)) {
  window.sentOverSocket = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...data) {
    window.sentOverSocket = this.sent = (this.sent ?? 0) + 1;
    return send.apply(this, data);
  };
}"""
"""Of the socket that was used last: a page that lost its server opens another."""
MOST_LOOKS = 500


class Talk:
    """Listens to one tab, from before its page is asked for."""

    def listen(self, page: Page) -> None:
        self.page = page
        self.socket: WebSocket | None = None
        self.asked = self.running = False
        self.sent = self.heard = 0
        page.add_init_script(COUNT_SENT)
        page.on("websocket", self._opened)

    def rest(self) -> None:
        """Wait until every run that was asked for has begun and ended, and torch has answered.

        On a slow machine we hear of a message later than the page has sent it, or sooner than the
        page has read it; so it counts only if nothing was said while the page was looked at.
        """
        for _ in range(MOST_LOOKS):
            before = self.sent, self.heard
            pages.drawn(self.page)
            pages.settled(self.page)
            self.page.wait_for_function(ANSWERED)
            sent = self.page.evaluate("window.sentOverSocket")
            if self.asked or self.running:
                self.socket.wait_for_event("framereceived")
            elif before == (sent, self.heard):
                return
        raise RuntimeError(f"no rest: sent {self.sent} of {sent}, heard {self.heard}")

    def _opened(self, socket: WebSocket) -> None:
        self.socket = socket
        self.asked = self.running = False
        self.sent = self.heard = 0
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, payload: str | bytes) -> None:
        self.sent += 1
        if isinstance(payload, bytes):
            self.asked |= BackMsg.FromString(payload).WhichOneof("type") == "rerun_script"

    def _received(self, payload: str | bytes) -> None:
        self.heard += 1
        if not isinstance(payload, bytes):
            return
        said = ForwardMsg.FromString(payload).WhichOneof("type")
        if said == "new_session":
            self.asked, self.running = False, True
        elif said == "script_finished":
            self.running = False
