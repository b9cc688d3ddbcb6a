"""One connection of a browser: uvicorn's own, which waits for nobody for ever.

uvicorn's parser in C takes half the time of the one in Python, but brings no limits of its own: a
head may be of any length, and whoever opens a connection and says nothing keeps it. And the part
that takes an address apart counts to 65 535, which a long link exceeds.
"""

from asyncio import BaseTransport, TimerHandle
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

SECONDS_TO_ASK = 20
"""For a whole request, from its first byte; and for the first byte of a connection."""
LONGEST_LINK = 2**20
"""Bytes of a request's head. A long link gets a page, which says what of it was ignored."""
LONGEST_PATH = 2**16 - 1
"""No path of this app is a thousandth as long; a longer one is cut, and not found."""


class Connection(HttpToolsProtocol):
    """Ends where a request does not come, comes too slowly or has a head without end."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._patience: TimerHandle | None = None
        self._head: int | None = 0
        """Bytes of the head that is coming; None once it is there."""

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._wait()

    def data_received(self, data: bytes) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self._wait()
        if self._head is not None:
            self._head += len(data)
        super().data_received(data)
        if self._head is not None and self._head > LONGEST_LINK and not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = self._head or 0

    def on_headers_complete(self) -> None:
        self._head = None
        whole = self.url
        path, _, query = whole.partition(b"?")
        self.url = path[:LONGEST_PATH]
        super().on_headers_complete()
        self.url = whole
        self.scope["query_string"] = query.partition(b"#")[0]

    def on_message_complete(self) -> None:
        self._stop_waiting()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._stop_waiting()
        super().handle_websocket_upgrade()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._patience is None:
            self._patience = self.loop.call_later(SECONDS_TO_ASK, self._give_up)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.abort()


class Socket(WebSocketsSansIOProtocol):
    """Compresses with a window that still holds what was sent with the release before, and takes
    it for no fault that somebody leaves.

    Streamlit tells all pages, themes and settings with every run, more than a kilobyte. uvicorn's
    window of 4 kB has forgotten the last time by then; 8 kB take 16 kB more of memory a visitor.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for extension in self.conn.available_extensions or ():
            if isinstance(extension, ServerPerMessageDeflateFactory):
                extension.server_max_window_bits = 13

    async def send(self, message: Any) -> None:
        """Say nothing to somebody who has left; `receive` tells the app that they have.

        uvicorn raises here, and what was heard before is still to be read. Starlette then reads
        no more, which Streamlit takes for a fault of the message: an error in the log for everyone
        who leaves while a run of the page is under way.
        """
        try:
            await super().send(message)
        except ClientDisconnected:
            if message["type"] != "websocket.send":
                raise
