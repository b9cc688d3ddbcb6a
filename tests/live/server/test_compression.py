"""What never changes is read and compressed once, then answered from memory."""

import gzip

import anyio
import brotli
import pytest
from anyio.from_thread import start_blocking_portal
from starlette.datastructures import Headers
from starlette.responses import Response

from live.server.compression import KeepUnchanging, accepted_encoding

TEXT = b"one line of text\n" * 500
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


class Asked:
    """An app that counts how often it is asked, behind `KeepUnchanging`."""

    def __init__(self, response: Response) -> None:
        self.count = 0

        async def app(scope, receive, send):
            self.count += 1
            await response(scope, receive, send)

        self.kept = KeepUnchanging(app, ("/web/",))

    def send(self, scope, send) -> None:
        """In a thread of its own: a browser of other tests has a loop in this one."""
        with start_blocking_portal() as portal:
            portal.call(self.kept, scope, None, send)

    def __call__(self, path: str = "/web/a.js", method: str = "GET", **headers: str):
        """The status, headers and body of one answer."""
        raw = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": raw}
        messages = []

        async def send(message):
            messages.append(message)

        self.send(scope, send)
        start, *bodies = messages
        body = b"".join(message["body"] for message in bodies)
        return start["status"], Headers(raw=start["headers"]), body


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.0,gzip; q=0", "identity"),
        ("brotli", "identity"),
    ],
)
def test_a_browser_gets_the_best_encoding_that_it_reads(accepted, encoding):
    assert accepted_encoding(Headers({"accept-encoding": accepted})) == encoding


def test_a_file_is_asked_for_once_in_each_encoding():
    asked = Asked(Response(TEXT, media_type="text/javascript", headers=FOR_EVER))
    for _ in range(3):
        for encoding, decode in (("br", brotli.decompress), ("gzip", gzip.decompress)):
            status, headers, body = asked(accept_encoding=encoding)
            assert (status, headers["content-encoding"]) == (200, encoding)
            assert decode(body) == TEXT
            assert int(headers["content-length"]) == len(body)
        assert asked()[2] == TEXT
    assert asked.count == 3


def test_an_answer_is_made_whole_where_its_first_asker_has_gone():
    """Nothing is answered to whoever has left; those who wait for the same file do not pay."""

    async def app(scope, receive, send):
        with anyio.move_on_after(0.01):
            if (await receive())["type"] == "http.disconnect":
                return
        await Response(TEXT, media_type="text/javascript", headers=FOR_EVER)(scope, receive, send)

    async def gone():
        return {"type": "http.disconnect"}

    messages = []

    async def send(message):
        messages.append(message)

    scope = {"type": "http", "method": "GET", "path": "/web/a.js", "headers": []}
    with start_blocking_portal() as portal:
        portal.call(KeepUnchanging(app, ("/web/",)), scope, gone, send)
    start, body = messages
    assert start["status"] == 200
    assert body["body"] == TEXT


def test_pictures_and_fonts_are_kept_as_they_are():
    asked = Asked(Response(TEXT, media_type="font/woff2", headers=FOR_EVER))
    for _ in range(2):
        _, headers, body = asked(accept_encoding="br")
        assert body == TEXT
        assert "content-encoding" not in headers
    assert asked.count == 1


@pytest.mark.parametrize(
    "response",
    [
        Response(TEXT, media_type="text/javascript"),
        Response(TEXT, media_type="text/plain", status_code=404),
    ],
    ids=["may change", "not there"],
)
def test_what_may_change_is_not_kept(response):
    asked = Asked(response)
    for _ in range(2):
        asked(accept_encoding="gzip")
    assert asked.count == 2


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/else", "GET", {}),
        ("/web/a.js", "HEAD", {}),
        ("/web/a.js", "GET", {"range": "bytes=0-9"}),
        ("/web/a.js", "GET", {"if_none_match": '"tag"'}),
    ],
)
def test_every_other_request_passes(path, method, headers):
    asked = Asked(Response(TEXT, media_type="text/javascript", headers=FOR_EVER))
    for _ in range(2):
        _, answered, _ = asked(path, method, accept_encoding="gzip", **headers)
        assert "content-encoding" not in answered
    assert asked.count == 2


def test_headers_that_are_added_on_the_way_are_not_kept():
    asked = Asked(Response(TEXT, media_type="text/javascript", headers=FOR_EVER))
    scope = {"type": "http", "method": "GET", "path": "/web/a.js", "headers": []}
    seen = []

    async def send(message):
        if message["type"] == "http.response.start":
            message["headers"].append((b"x-added", b"1"))
            seen.append(message["headers"].count((b"x-added", b"1")))

    for _ in range(3):
        asked.send(scope, send)
    assert seen == [1, 1, 1]
