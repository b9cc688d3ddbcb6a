"""What the server answers: front page, headers, hashed addresses, compression, sockets."""

import base64
import gzip
import hashlib
import http.client
import json
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
import streamlit
import uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from live.assets import WEB, images_root, publish, web_root
from live.families import EVERY_PAGE
from live.launch import bind_socket
from live.modules import FRAME, files
from live.server.connection import Connection
from live.server.platform import platform_root
from live.server.routes import middleware, routes
from live.server.stages import Stages

STATIC = Path(streamlit.__file__).parent / "static"
STAGE = '<script>1</script><script type="module">import "{name}-{language}";</script>'
DECODE = {"br": brotli.decompress, "gzip": gzip.decompress}


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(address: str, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        kept = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, kept, answer.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def ours() -> Iterator[str]:
    """Our routes and middleware around a stand-in for Streamlit, in this process."""

    def index(request):
        return HTMLResponse("<p>Streamlit's own page</p>")

    application = Starlette(
        routes=[
            *routes(),
            Route("/", index),
            Route("/boxes", index),
            # Streamlit answers with its page whatever it does not know.
            Route("/{strange:path}", index),
        ],
        middleware=middleware(
            routes(),
            lambda name, language: (f"data/{name or 'home'}-{language}.json",),
            lambda: {"en": "data/search-en.json"},
            lambda: Stages(
                lambda name, language, embedders: STAGE.format(name=name, language=language),
                lambda name, language: f"<p>{name} in {language}, whole</p>",
                lambda name, query: {"values": {name: query.get("rate", "")}},
                lambda name, language, query: [{"lead": language, "code": query.get("rate", "")}],
            ),
        ),
    )
    listening = bind_socket("127.0.0.1", "0")
    listening.listen()
    host, port = listening.getsockname()
    config = uvicorn.Config(application, http=Connection, log_level="error", lifespan="off")
    serving = uvicorn.Server(config)
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://{host}:{port}"
    serving.should_exit = True
    thread.join(10)


@pytest.mark.parametrize("path", ["/", "/boxes", "/boxes?rate=1"])
def test_every_page_is_the_front_page(ours, path):
    answer = ask(ours, path)
    assert answer.status == 200
    assert b"<title>Loss Lab</title>" in answer.body
    assert b"Streamlit's own page" not in answer.body
    assert int(answer.headers["content-length"]) == len(answer.body)


@pytest.mark.parametrize(
    ("path", "home"),
    [
        ("/nope", "./?missing=nope"),
        ("/Boxes", "./?missing=Boxes"),
        ("/boxes/x", "../?missing=boxes%2Fx"),
        ("/boxes%2Fx", "./?missing=boxes%2Fx"),
        ("/a/b/c?lang=zh&rate=1&lang=en", "../../?lang=en&missing=a%2Fb%2Fc"),
        ("/%3Cb%3E&lang=zh%23", "./?missing=%3Cb%3E%26lang%3Dzh%23"),
        ("/%E6%8D%9F%E5%A4%B1?lang=", "./?lang=&missing=%E6%8D%9F%E5%A4%B1"),
        (f"/{'n' * 60_000}", f"./?missing={'n' * 40}%E2%80%A6"),
        ("/home?lang=zh&rate=1", "./?lang=zh"),
        ("/home", "./"),
    ],
    ids=lambda text: text[:20],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_address_that_is_no_page_leads_home(ours, path, home, method):
    """Relative, so that it holds behind a prefix; of the query only the language comes along."""
    answer = ask(ours, path, method=method)
    assert answer.status == 307
    assert answer.headers["location"] == home
    assert answer.body == b""


def test_the_front_page_names_its_own_modules_and_what_they_load(ours):
    page = ask(ours, "/boxes").body.decode()
    named = re.findall(r'data-later="modulepreload" href="\./(web/[^"]+)"', page)
    paths = [name.removeprefix(f"{web_root()}/") for name in named]
    assert paths == [*files("families/boxes/stage"), *files(FRAME)]
    loaded = re.findall(r'data-later="preload" as="(?:style|script)" href="\./(web/[^"]+)"', page)
    paths = [name.removeprefix(f"{web_root()}/") for name in loaded]
    assert {"stage/stage.css", "families/boxes/boxes.css", "vendor/katex/katex.min.js"} <= {*paths}
    assert "vendor/katex/katex.min.css" not in paths, "Streamlit's own sheet has it"
    assert {ask(ours, f"/{path}").status for path in (*named, *loaded)} == {200}


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/boxes", "", "en"),
        ("/boxes", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("/boxes", "de,zh;q=0.5", "en"),
        ("/boxes?lang=zh", "en", "zh"),
        ("/boxes?lang=xx", "zh", "zh"),
        ("/?rate=1&lang=en", "zh", "en"),
    ],
)
def test_the_front_page_names_the_documents_in_the_readers_language(ours, path, accepted, language):
    answer = ask(ours, path, Accept_Language=accepted)
    name = urlsplit(path).path.removeprefix("/") or "home"
    named = re.findall(r'as="fetch" crossorigin href="\./([^"]+)"', answer.body.decode())
    assert named == [f"data/{name}-{language}.json"]
    assert "Accept-Language" in answer.headers["vary"]


@pytest.mark.parametrize("encoding", DECODE)
def test_the_front_page_is_compressed_and_not_sent_twice(ours, encoding):
    plain = ask(ours, "/")
    compressed = ask(ours, "/", Accept_Encoding=encoding)
    assert compressed.headers["content-encoding"] == encoding
    assert DECODE[encoding](compressed.body) == plain.body
    assert len(compressed.body) == int(compressed.headers["content-length"])
    again = ask(ours, "/", If_None_Match=plain.headers["etag"])
    assert again.headers["etag"] == plain.headers["etag"]
    assert (again.status, again.body) == (304, b"")
    assert ask(ours, "/", method="HEAD").headers["content-length"] == str(len(plain.body))


def test_the_policy_allows_just_the_inline_scripts_of_the_page(ours):
    answer = ask(ours, "/")
    scripts = re.findall(rb"<script>(.*?)</script>", answer.body, flags=re.DOTALL)
    hashes = {base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts}
    allowed = re.search(r"script-src ([^;]*)", answer.headers["content-security-policy"]).group(1)
    kinds = {"'self'", "blob:", "'wasm-unsafe-eval'"}
    assert set(allowed.split()) == kinds | {f"'sha256-{digest}'" for digest in hashes}
    assert "'unsafe-eval'" not in answer.headers["content-security-policy"]


def test_the_policy_names_no_other_host(ours):
    policy = ask(ours, "/").headers["content-security-policy"]
    host = urlsplit(ours).netloc
    assert set(re.findall(r"\w+://[^\s;]+", policy)) == {f"ws://{host}", f"wss://{host}"}
    assert "*" not in policy
    assert ask(ours, "/", Host="a;b script-src *").headers["content-security-policy"] == (
        policy.replace(f" ws://{host} wss://{host}", "")
    )


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ],
)
def test_pages_carry_security_headers(ours, header, value):
    assert ask(ours, "/").headers[header] == value
    assert "camera=()" in ask(ours, "/").headers["permissions-policy"]


def test_modules_are_addressed_by_their_content_and_kept_for_ever(ours):
    modules = sorted(WEB.rglob("*.js"))
    assert modules
    for module in modules:
        answer = ask(ours, f"/{web_root()}/{module.relative_to(WEB).as_posix()}")
        assert answer.status == 200
        assert answer.body == module.read_bytes()
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/platform/0000000000000000/js/whole.js",
        f"/{platform_root()}/js/no-such-file.js",
        f"/{platform_root()}/../assets.py",
        "/web/0000000000000000/core/player.js",
        "/web/core/player.js",
        f"/{web_root()}/no-such-file.js",
        f"/{web_root()}/../server.py",
        f"/{web_root()}/%2e%2e/server.py",
        "/images/0000000000000000/photo.jpg",
        f"/{images_root()}/no-such-file.jpg",
        "/data/absent.0000000000000000.json",
    ],
)
def test_what_is_not_there_is_not_found(ours, path):
    answer = ask(ours, path, Accept_Encoding="gzip")
    assert answer.status == 404
    assert "immutable" not in answer.headers.get("cache-control", "")


def test_a_published_document_is_served_under_the_hash_of_its_text(ours):
    text = json.dumps({"program": [["mul", 3, 7]] * 500, "name": "交并比"})
    path = publish("boxes-tapes", text)
    assert re.fullmatch(r"data/boxes-tapes\.[0-9a-f]{16}\.json", path)
    assert publish("boxes-tapes", text) == path
    assert publish("boxes-tapes", text + " ") != path
    for encoding, decode in DECODE.items():
        answer = ask(ours, f"/{path}", Accept_Encoding=encoding)
        assert answer.headers["content-encoding"] == encoding
        assert answer.headers["content-type"] == "application/json"
        assert "immutable" in answer.headers["cache-control"]
        assert len(answer.body) < len(text) / 10
        assert decode(answer.body).decode() == text
    assert ask(ours, f"/{path}").body.decode() == text


@pytest.mark.parametrize("name", ["", "A", "a b", "../a", "a/b", "a.b", "é"])
def test_a_document_with_a_strange_name_is_refused(name):
    with pytest.raises(ValueError, match="name must be made of"):
        publish(name, "{}")


@pytest.mark.parametrize("encoding", DECODE)
def test_unchanging_files_are_compressed(ours, encoding):
    script = next((STATIC / "static" / "js").glob("PlotlyChart.*.js"))
    path = f"/{platform_root()}/js/{script.name}"
    first, second = (ask(ours, path, Accept_Encoding=encoding) for _ in range(2))
    assert first.body == second.body
    assert first.headers["content-encoding"] == encoding
    assert first.headers["vary"] == "Accept-Encoding"
    assert len(first.body) < script.stat().st_size / 2
    assert DECODE[encoding](first.body) == script.read_bytes()
    plain = ask(ours, path)
    assert plain.body == script.read_bytes()
    assert "content-encoding" not in plain.headers


def test_fonts_and_parts_of_files_are_left_as_they_are(ours):
    font = next((STATIC / "static" / "media").glob("SourceSans*.woff2"))
    answer = ask(ours, f"/{platform_root()}/media/{font.name}", Accept_Encoding="gzip")
    assert answer.body == font.read_bytes()
    assert "content-encoding" not in answer.headers
    part = ask(ours, f"/{web_root()}/core/player.js", Accept_Encoding="gzip", Range="bytes=0-9")
    assert (part.status, len(part.body)) == (206, 10)


@pytest.mark.parametrize(("host", "family"), [("127.0.0.1", socket.AF_INET)])
def test_answers_leave_at_once(ours, host, family):
    """asyncio switches Nagle's algorithm off only for a socket that says it speaks TCP."""
    with bind_socket(host, "0") as opened:
        assert opened.family == family
        assert opened.proto == socket.IPPROTO_TCP


def test_nobody_waits_in_line_before_the_server_is_ready():
    """They would be answered in one instant, and before them those who have given up."""
    with bind_socket("127.0.0.1", "0") as bound:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(bound.getsockname(), timeout=60)
        bound.listen()
        with pytest.raises(OSError, match="in use"):
            bind_socket("127.0.0.1", str(bound.getsockname()[1]))


def test_the_running_app_keeps_its_pages_to_itself(server):
    """The same headers on the real thing, around Streamlit's own answers."""
    page = ask(server, "/boxes", Accept_Encoding="gzip")
    assert b"<title>Loss Lab</title>" in gzip.decompress(page.body)
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "server" not in page.headers
    assert ask(server, "/_stcore/health").body == b"ok"
    icon = ask(server, "/favicon.png").headers
    assert icon["content-type"] == "image/svg+xml"
    assert "immutable" not in icon["cache-control"]
    assert ask(server, "/boxes/x").headers["location"] == "../?missing=boxes%2Fx"
    assert ask(server, "/boxes/_stcore/health").status == 404
    scripts = re.findall(rb'src="\./(platform/[^"]+)"', gzip.decompress(page.body))
    bundle = ask(server, "/" + scripts[0].decode(), Accept_Encoding="gzip")
    assert bundle.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("name", ["", *EVERY_PAGE])
def test_every_page_of_the_running_app_is_there(server, name):
    assert ask(server, f"/{name}").status == 200


def test_a_very_long_link_is_answered(server):
    """50 000 Chinese characters."""
    assert ask(server, f"/boxes?rate={'%E6%8D%9F' * 50_000}").status == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [(None, 101), ("same", 101), ("http://elsewhere.example", 403), ("null", 403)],
)
def test_only_our_own_pages_may_open_the_socket(server, origin, status):
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": base64.b64encode(bytes(16)).decode(),
    }
    if origin is not None:
        headers["Origin"] = server if origin == "same" else origin
    assert ask(server, "/_stcore/stream", **headers).status == status
