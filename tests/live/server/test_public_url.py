"""What the operator says of the app's address: hosts, TLS, cookies."""

import pytest
from anyio.from_thread import start_blocking_portal
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from live.server.middleware import AllowedHosts, SecurityHeaders
from live.server.public_url import public_url


@pytest.fixture
def named(monkeypatch):
    def name(address):
        monkeypatch.setenv("LOSS_LAB_PUBLIC_URL", address)
        return public_url()

    return name


def answered(app, host, kind="http"):
    """The messages that an app answers a request for this host with."""
    heard = []

    async def send(message):
        heard.append(message)

    scope = {"type": kind, "method": "GET", "path": "/", "headers": [(b"host", host.encode())]}
    with start_blocking_portal() as portal:
        portal.call(app, scope, None, send)
    return heard


async def cookies(scope, receive, send):
    response = PlainTextResponse("ok")
    response.set_cookie("_xsrf", "1")
    response.set_cookie("second", "2", secure=True)
    await response(scope, receive, send)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("lab.example.org", 200),
        ("LAB.example.org:443", 200),
        ("127.0.0.1:8501", 200),
        ("localhost", 200),
        ("[::1]:8501", 200),
        ("lab.example.org.evil.example", 421),
        ("evil.example", 421),
        ("", 421),
    ],
)
def test_only_the_named_host_is_answered(named, host, status):
    app = AllowedHosts(cookies, named("https://lab.example.org"))
    assert answered(app, host)[0]["status"] == status
    if status == 421:
        assert answered(app, host, "websocket") == [{"type": "websocket.close", "code": 1008}]


def test_without_a_name_every_host_is_answered(monkeypatch):
    monkeypatch.delenv("LOSS_LAB_PUBLIC_URL", raising=False)
    assert public_url() is None
    assert answered(AllowedHosts(cookies, None), "anything")[0]["status"] == 200


@pytest.mark.parametrize(("address", "secure"), [("https://a.example", True), ("http://a", False)])
def test_tls_in_front_makes_cookies_secure_and_is_remembered(named, address, secure):
    app = SecurityHeaders(cookies, [], named(address))
    headers = Headers(raw=answered(app, "a")[0]["headers"])
    assert ("strict-transport-security" in headers) == secure
    first, second = headers.getlist("set-cookie")
    assert first.endswith("; Secure") == secure
    assert second.count("Secure") == 1


@pytest.mark.parametrize("address", ["lab.example.org", "ftp://a", "https://", "https://me@a"])
def test_what_is_no_address_is_refused(named, address):
    with pytest.raises(ValueError, match="LOSS_LAB_PUBLIC_URL must be like https"):
        named(address)
