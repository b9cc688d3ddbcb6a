"""A visitor without a browser, who speaks over Streamlit's websocket as a page does."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class Session:
    """One visitor's websocket."""

    def __init__(self, server: str) -> None:
        self.address = server.replace("http", "ws") + "/_stcore/stream"
        self.page = self.widget = self.fragment = ""
        self.sequence = 0

    async def open(self, page: str, query: str = "") -> None:
        """Connect and ask for a page, `query` being what its link says."""
        # A browser hears everything at once; who lets it lie hears no answer to a ping either.
        self.socket = await websockets.connect(
            self.address, subprotocols=["streamlit"], max_size=None, max_queue=None
        )
        await self.turn(page, query)

    async def turn(self, page: str, query: str = "") -> None:
        """Ask for a page."""
        self.page = page
        await self._run(BackMsg(rerun_script={"page_name": page, "query_string": query}))

    async def release(self, state: Mapping[str, Any]) -> None:
        """Tell the state in which a hand has let go."""
        self.sequence += 1
        await self.say({"sequence": self.sequence, "state": state})

    async def say(self, release: Any) -> None:
        """The same with whatever is told in place of a release."""
        asked = BackMsg(rerun_script={"fragment_id": self.fragment})
        asked.rerun_script.widget_states.widgets.add(
            id=self.widget, json_value=json.dumps({"release": release})
        )
        await self._run(asked)

    async def close(self) -> None:
        await self.socket.close()

    async def _run(self, asked: BackMsg) -> None:
        """Ask for a run and hear it to its end, and before that what still came of the last one:
        a page may run once more by itself.

        Raises:
            RuntimeError: the page shows an exception.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(0):
                while True:
                    await self._hear()
        await self.socket.send(asked.SerializeToString())
        while await self._hear() != "script_finished":
            pass

    async def _hear(self) -> str | None:
        """One message; what it is."""
        told = ForwardMsg()
        told.ParseFromString(await self.socket.recv())
        element = told.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(f"{self.page}: {element.exception.message}")
        component = element.bidi_component
        if component.id.endswith(f"-{self.page}_stage"):
            self.widget, self.fragment = component.id, told.delta.fragment_id
        return told.WhichOneof("type")
