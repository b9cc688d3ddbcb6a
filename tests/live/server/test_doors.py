"""What of the server is open: what is written down, under one spelling, and nothing else."""

import json
import re
import subprocess
import sys

import pytest

from live.families import EVERY_PAGE
from live.server.compression import KeepUnchanging
from live.server.doors import CLOSED, OPEN, SOCKET, is_plain
from live.server.platform import PACKED, platform_root
from tests.live.server.test_compression import FOR_EVER, TEXT, Asked
from tests.live.server.test_server import ask, ours
from tests.serving import ROOT

__all__ = ["ours"]  # a fixture

ROUTES = """
import json
from app import app, ours
print(json.dumps([
    [type(route).__name__, route.path, sorted(getattr(route, "methods", None) or ["GET"])]
    for route in app._build_starlette_app().routes[len(ours):]
]))
"""


@pytest.fixture(scope="module")
def streamlits_routes():
    """Kind, path and methods of every route that the installed Streamlit brings along."""
    answer = subprocess.run(
        [sys.executable, "-c", ROUTES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(answer.stdout)


def test_of_streamlits_routes_those_that_the_app_uses_are_open(server, streamlits_routes):
    """A route that a later Streamlit adds is seen here; until then nobody can reach it."""
    for kind, path, methods in streamlits_routes:
        if kind == "WebSocketRoute":
            assert path == SOCKET
        if kind != "Route" or path in OPEN:
            continue
        assert path.split("/")[1] in CLOSED, f"{path} is new: is it used?"
        filled = re.sub(r"\{\w+(:path)?\}", "x", path)
        for method in (*methods, "PUT", "DELETE", "POST"):
            assert ask(server, filled, method=method).status == 404, (method, filled)
    assert {path for _, path, _ in streamlits_routes} >= {*OPEN}


@pytest.mark.parametrize("path", OPEN)
def test_what_is_open_answers(server, path):
    assert ask(server, path).status == 200
    assert ask(server, path, method="POST").status == 405


def test_the_host_config_lets_no_other_page_talk_to_ours(server):
    assert json.loads(ask(server, "/_stcore/host-config").body)["allowedOrigins"] == []


def test_an_upload_is_refused_and_nothing_of_it_is_kept(server):
    for number in range(3):
        answer = ask(server, f"/_stcore/upload_file/session/{number}", method="PUT")
        assert answer.status == 404


@pytest.mark.parametrize("slashes", ["//", "/./", "/x/../", "/%2e/", "/%2F", "/\\"])
def test_a_file_has_one_address(server, slashes):
    """Two hundred spellings of one bundle once grew the process by 280 MB."""
    bundle = max((PACKED / "js").glob("*.js"), key=lambda path: path.stat().st_size)
    address = f"/{platform_root()}/js/{bundle.name}"
    assert ask(server, address).status == 200
    assert ask(server, address.replace("/js/", f"/js{slashes}")).status == 404
    assert ask(server, f"{address}/").status == 404


@pytest.mark.parametrize("name", ["boxes", "concepts"])
def test_a_page_with_slashes_behind_it_leads_to_the_page(server, name):
    assert ask(server, f"/{name}/?rate=1").headers["location"] == f"../{name}?rate=1"
    assert ask(server, f"/{name}//").headers["location"] == f"../../{name}"
    assert ask(server, f"//{name}").status == 404


@pytest.mark.parametrize("name", ["", *EVERY_PAGE])
def test_pages_can_only_be_read(server, name):
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = ask(server, f"/{name}", method=method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/a", "/a/b.js", "/a..b", "/.a", "/…"])
def test_plain_paths(path):
    assert is_plain(path)


@pytest.mark.parametrize("path", ["", "a", "//", "/a/", "/a//b", "/a/./b", "/..", "/a\\b", "/a\0"])
def test_paths_that_are_a_second_spelling(path):
    assert not is_plain(path)


def test_a_body_is_kept_once_under_however_many_addresses():
    from starlette.responses import Response

    asked = Asked(Response(TEXT, media_type="text/javascript", headers=FOR_EVER))
    for number in range(20):
        asked(f"/web/{number}.js", accept_encoding="br")
    assert isinstance(asked.kept, KeepUnchanging)
    assert len(asked.kept.bodies) == 1
    assert len({id(body["body"]) for _, body in asked.kept.kept.values()}) == 1


def test_ready_says_when_everything_is_there(server, ours):
    assert (ask(server, "/ready").status, ask(server, "/ready").body) == (200, b"ready")
    assert ask(ours, "/ready").status == 503, "nothing was made ready there"
