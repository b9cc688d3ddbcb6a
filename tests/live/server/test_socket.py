"""Somebody who leaves in the middle of a talk is no fault of the server's."""

import threading
from queue import Queue
from typing import Any

import uvicorn
from websockets.sync.client import connect

from live.launch import bind_socket
from live.server.connection import Socket


def test_what_is_said_to_somebody_who_has_left_is_no_fault():
    outcome: Queue[Any] = Queue()

    async def talk(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
        try:
            await send({"type": "websocket.send", "bytes": b"late"})
        except Exception as error:
            outcome.put(error)
        else:
            outcome.put("nothing raised")

    listening = bind_socket("127.0.0.1", "0")
    listening.listen()
    serving = uvicorn.Server(uvicorn.Config(talk, ws=Socket, log_level="error", lifespan="off"))
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    host, port = listening.getsockname()
    with connect(f"ws://{host}:{port}") as opened:
        opened.send(b"a word")
    assert outcome.get(timeout=60) == "nothing raised"
    serving.should_exit = True
    thread.join(60)
