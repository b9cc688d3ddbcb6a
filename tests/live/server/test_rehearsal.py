"""What the server asks itself for before the first visitor comes."""

import asyncio

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from live.server.compression import ENCODINGS
from live.server.index_html import Preload, front_page
from live.server.rehearsal import rehearse

SEARCH = {"module": "./web/1/search.js", "index": {"en": "data/search-en.1.json"}}


def test_every_file_that_a_page_names_is_asked_for_in_every_encoding():
    page = front_page([Preload("data/boxes-en.1.json", "fetch")], search=SEARCH)
    asked = set()

    async def app(scope, receive, send):
        if scope["type"] == "websocket":
            assert (await receive())["type"] == "websocket.connect"
            while (await receive())["type"] == "websocket.receive":
                told = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
                await send({"type": "websocket.send", "bytes": told.SerializeToString()})
        elif scope["path"] in ("/", "/boxes"):
            await page.send(scope, send)
        elif "." in scope["path"]:
            asked.add((scope["path"], dict(scope["headers"])[b"accept-encoding"].decode()))

    asyncio.run(rehearse(app))
    for path in ("data/boxes-en.1.json", "web/1/search.js", "data/search-en.1.json"):
        assert {(f"/{path}", encoding) for encoding in ENCODINGS} <= asked
