"""What a request says: its JSON, its room, its phone; and how a refusal is answered."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from live.room.rules import RefusedError
from live.room.store import UnreachableError

Handler = Callable[[Request], Awaitable[Response]]

SECRET = "x-room-secret"
"""The header with the lecturer's secret. An address would be kept by histories and logs."""


def answered(handler: Handler) -> Handler:
    """The handler, its refusals and an unreachable store told as JSON, nothing kept by anybody on
    the way."""

    async def answer(request: Request) -> Response:
        try:
            _from_here(request)
            response = await handler(request)
        except RefusedError as refused:
            response = JSONResponse(refused.told(), refused.status)
        except UnreachableError:
            response = JSONResponse(RefusedError(503, "unreachable").told(), 503)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def _from_here(request: Request) -> None:
    """No page of another host makes a browser open, lead or answer a room."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise RefusedError(403, "elsewhere")


async def read_json(request: Request, most: int) -> Any:
    """The body of a request, if it is JSON and at most `most` bytes long."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise RefusedError(413, "too_long", most=str(most))
        return json.loads(body)
    except (ValueError, RecursionError, ClientDisconnect):  # who has left hears nothing of it
        raise RefusedError(400, "no_json") from None


def public_address(request: Request, configured: str | None) -> str:
    """Where phones reach this server, without a slash at the end: as it was configured, or as the
    lecturer's browser reached it."""
    if configured:
        return configured.rstrip("/")
    return f"{request.url.scheme}://{request.url.netloc}"
