"""The first visitor is the server itself: what one has to wait for once, nobody waits for.

A visit over the server's own doors, before they open: every page's front page and files are asked
for, so that they are read and compressed, and every page is run in a session of its own.
"""

import asyncio
import re
from collections.abc import Iterable
from typing import Any

from starlette.types import ASGIApp, Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from live.server.compression import ENCODINGS, hear_nothing
from live.server.doors import SOCKET
from live.server.redirects import PAGES
from live.words.text import LANGUAGES

SECONDS_A_PAGE = 30
"""A page that takes longer is left to its first visitor: a start must not hang on it."""
ADDRESS = re.compile(r'"(?:\./)?((?:static|platform|web|data|images)/[^"]+)"')
"""What a page names of what never changes: to load now, or once somebody searches."""


async def rehearse(app: ASGIApp) -> None:
    """Visit every page once, in every language and encoding."""
    files: dict[str, None] = {}
    for name in ("", *sorted(PAGES)):
        for language in LANGUAGES:
            page = await _get(app, f"/{name}", f"lang={language}", "identity")
            files.update(dict.fromkeys(ADDRESS.findall(page.decode())))
    for encoding in ENCODINGS:
        for path in files:
            await _get(app, f"/{path}", "", encoding)
    await _run(app, ("", *sorted(PAGES)))


async def _get(app: ASGIApp, path: str, query: str, encoding: str) -> bytes:
    body = b""

    async def send(message: Message) -> None:
        nonlocal body
        body += message.get("body", b"")

    headers = [(b"accept-encoding", encoding.encode())]
    await app(_scope("http", path, headers) | {"query_string": query.encode()}, hear_nothing, send)
    return body


async def _run(app: ASGIApp, names: Iterable[str]) -> None:
    """Run pages one after the other over one websocket, as a browser has them run."""
    said: asyncio.Queue[Message] = asyncio.Queue()
    heard: asyncio.Queue[Message] = asyncio.Queue()
    said.put_nowait({"type": "websocket.connect"})
    scope = _scope("websocket", SOCKET, []) | {"subprotocols": ["streamlit"]}
    visit = asyncio.ensure_future(app(scope, said.get, heard.put))
    for name in names:
        asked = BackMsg(rerun_script=ClientState(page_name=name))
        said.put_nowait({"type": "websocket.receive", "bytes": asked.SerializeToString()})
        try:
            async with asyncio.timeout(SECONDS_A_PAGE):
                await _finished(heard)
        except TimeoutError:
            break
    said.put_nowait({"type": "websocket.disconnect", "code": 1000})
    await visit


async def _finished(heard: asyncio.Queue[Message]) -> None:
    told = ForwardMsg()
    while told.WhichOneof("type") != "script_finished":
        told.ParseFromString((await heard.get()).get("bytes") or b"")


def _scope(kind: str, path: str, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    return {
        "type": kind,
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http" if kind == "http" else "ws",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }
