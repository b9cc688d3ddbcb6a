"""Stages on pages of their own: what the server answers, under which policy, to whom."""

import asyncio
import base64
import gzip
import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Scope

from live.documents.code_forms import CODE_FORMS, code_answer
from live.documents.formula_sheet import FACES, formula_sheet
from live.documents.stage_page import stage_file, stage_page
from live.families import EVERY_PAGE
from live.server.middleware import SecurityHeaders
from live.server.stages import StagePages, Stages, frame_ancestors
from live.words.text import LANGUAGES


async def doors(scope: Scope, receive, send) -> None:
    """Stands for what knows every address: an answer that no stage gives."""
    await PlainTextResponse(status_code=418)(scope, receive, send)


def server() -> SecurityHeaders:
    stages = Stages(stage_page, stage_file, code_answer)
    return SecurityHeaders(StagePages(doors, lambda: stages), script_hashes=())


def ask(app, path: str, query: str = "", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer, without a socket."""
    said: list[dict] = []
    named = {"host": "lab.example.org", **headers}
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in named.items()],
    }

    async def receive() -> dict:
        return {"type": "http.request", "body": b""}

    async def send(message) -> None:
        said.append(message)

    with ThreadPoolExecutor(1) as thread:  # tests with a browser have a loop in this one
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    kept = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], kept, b"".join(one.get("body", b"") for one in said[1:])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_page_has_nothing_of_streamlit(name, language):
    status, headers, body = ask(server(), f"/stage/{name}", f"lang={language}&rate=7")
    assert status == 200
    assert f'<html lang="{language}">' in body.decode()
    assert "streamlit" not in body.decode().lower()
    assert "stApp" not in body.decode()
    assert headers["cache-control"] == "no-cache"


def test_it_is_made_once_compressed_and_kept():
    app = server()
    _, headers, body = ask(app, "/stage/boxes", accept_encoding="gzip")
    _, _, plain = ask(app, "/stage/boxes", "prediction=1,1,2,2")
    assert gzip.decompress(body) == plain
    status, _, nothing = ask(app, "/stage/boxes", if_none_match=headers["etag"])
    assert (status, nothing) == (304, b"")


def test_its_policy_is_strict_and_allows_just_its_own_scripts():
    _, headers, body = ask(server(), "/stage/boxes")
    policy = dict(
        part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
    )
    scripts = re.findall(
        r'<script(?: type="module")?>(.*?)</script>', body.decode(), flags=re.DOTALL
    )
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in scripts
    }
    assert {*policy["script-src"].split()} == {"'self'", *hashes}
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    assert "*" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["x-content-type-options"] == "nosniff"


def test_only_whom_the_operator_names_may_frame_it(monkeypatch):
    monkeypatch.setenv("LOSS_LAB_FRAME_ANCESTORS", "https://a.example http://localhost:8888")
    _, headers, body = ask(server(), "/stage/boxes")
    assert headers["content-security-policy"].endswith(
        "frame-ancestors 'self' https://a.example http://localhost:8888"
    )
    assert "x-frame-options" not in headers
    assert 'data-embedders="https://a.example http://localhost:8888"' in body.decode()


@pytest.mark.parametrize("origins", ["here", "https://a b;c", "https://a.example/path", "data:"])
def test_what_is_no_origin_is_refused(origins):
    with pytest.raises(ValueError, match="LOSS_LAB_FRAME_ANCESTORS must hold origins"):
        frame_ancestors(origins)


@pytest.mark.parametrize(
    "path", ["/stage/", "/stage/nope", "/stage/home", "/stage/boxes/x", "/stage/web/x.js", "/boxes"]
)
def test_what_is_no_stage_is_for_others_to_answer(path):
    assert ask(server(), path, "lang=zh")[0] == 418


def test_the_code_of_a_link_comes_in_every_form():
    query = {"loss": "huber_loss", "huber_loss.delta": "0.5"}
    _, headers, body = ask(server(), "/stage/regression/code", urlencode({**query, "lang": "zh"}))
    forms = json.loads(body)
    assert forms == code_answer("regression", "zh", query)
    assert [one["form"] for one in forms] == [*CODE_FORMS]
    assert all("delta=0.5" in one["code"] for one in forms)
    assert headers["cache-control"] == "no-store"


def test_the_code_of_concepts_has_no_loss_to_choose():
    assert "l2_penalty" in code_answer("concepts", "en", {"strength": "2"})[0]["code"]


def test_the_file_is_one_to_keep():
    _, headers, body = ask(server(), "/stage/boxes/file", "lang=zh")
    assert headers["content-disposition"] == 'attachment; filename="loss-lab-boxes.html"'
    assert "sandbox" in headers["content-security-policy"]
    assert body.decode() == stage_file("boxes", "zh")


def test_the_sheet_of_formulas_brings_its_faces_along():
    sheet = formula_sheet()
    assert sheet.count("@font-face") == len(FACES)
    assert "url(fonts/" not in sheet
