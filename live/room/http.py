"""The addresses of the rooms, below `/room`."""

import asyncio
import hashlib
import io
import json
import os
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import anyio
import segno
from sse_starlette import EventSourceResponse
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from live.room.allowance import Allowance
from live.room.codes import as_code, digest, is_phone, new_code, new_secret, proves
from live.room.reading import Reading
from live.room.requests import SECRET, answered, public_address, read_json
from live.room.rules import (
    LONGEST_ANSWER,
    LONGEST_SHOWN,
    MOST_PHONES,
    MOST_ROOMS,
    RefusedError,
    check_answer,
    check_shown,
)
from live.room.store import Outcome, Room, Store, UnreachableError
from live.room.tally import as_csv, histogram, placed
from live.room.watch import Watch

REQUESTS_OF_A_PHONE = 20, 10.0
WRONG_CODES = 60, 60.0
"""From one address. At this pace a code of a hundred rooms among 33 million takes days to guess; a
hall behind one address that mistypes now and then never comes near."""
ROOMS_OF_AN_ADDRESS = 20, 600.0
SECONDS_TO_SWEEP = 60
SECONDS_TO_LEAVE = 1
RETRY = 1000
"""Milliseconds after which a browser that has lost its events asks for them again."""

REFUSALS = {
    Outcome.NO_ROOM: (404, "no_room"),
    Outcome.FULL: (409, "full"),
    Outcome.CLOSED: (409, "closed"),
    Outcome.STRANGER: (409, "stranger"),
}


class Rooms:
    """All rooms of this server.

    Args:
        store: Where they are kept.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._watch = Watch(store)
        self._reading = Reading(store)
        self._of_phones = Allowance(*REQUESTS_OF_A_PHONE)
        self._wrong_codes = Allowance(*WRONG_CODES)
        self._opened = Allowance(*ROOMS_OF_AN_ADDRESS)
        # Addresses are counted, never kept: as digests with a salt of this process, for minutes.
        self._salt = secrets.token_bytes(16)
        self._adding = asyncio.Lock()
        self._added: dict[str, tuple[int, dict[str, Any]]] = {}
        self._shown: dict[str, tuple[int, dict[str, Any]]] = {}

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/room", answered(self.open), methods=["POST"]),
            Route("/room/{code}", answered(self.state), methods=["GET"]),
            Route("/room/{code}", answered(self.show), methods=["PUT"]),
            Route("/room/{code}", answered(self.end), methods=["DELETE"]),
            Route("/room/{code}/phones", answered(self.join), methods=["POST"]),
            Route("/room/{code}/answers", answered(self.answer), methods=["POST"]),
            Route("/room/{code}/answers.csv", answered(self.csv), methods=["GET"]),
            Route("/room/{code}/events", answered(self.events), methods=["GET"]),
            Route("/room/{code}/qr.svg", answered(self.qr), methods=["GET"]),
        ]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Erase what has ended, from time to time, while the server runs."""
        sweeping = asyncio.create_task(self._sweep())
        try:
            yield
        finally:
            sweeping.cancel()
            await self.store.close()

    async def _sweep(self) -> None:
        while True:
            with suppress(UnreachableError):
                await self.store.forget(time.time())
            await asyncio.sleep(SECONDS_TO_SWEEP)

    async def open(self, request: Request) -> Response:
        """A new room; its code, and its secret, which is told this once."""
        if not self._opened.take(self._counted(request)):
            raise RefusedError(429, "too_many_rooms")
        shown = check_shown(await read_json(request, LONGEST_SHOWN))
        secret = new_secret()
        outcome = Outcome.TAKEN
        while outcome is Outcome.TAKEN:
            code = new_code()
            now = time.time()
            outcome = await self.store.create(code, digest(secret), shown, MOST_ROOMS, now)
        if outcome is Outcome.FULL:
            raise RefusedError(503, "no_more_rooms", most=str(MOST_ROOMS))
        address = _join_address(request, code)
        return JSONResponse({"code": code, "secret": secret, "address": address}, 201)

    async def state(self, request: Request) -> Response:
        """All of a room: for a phone with its own answer, for the lecturer with what was placed."""
        phone = request.query_params.get("phone", "")
        if phone:
            self._count_phone(phone)
        room = await self._room(request, phone)
        return await self._told(_code(request), room, phone, _leads(request, room))

    async def show(self, request: Request) -> Response:
        """Show something else; only the lecturer may."""
        await self._led(request)
        shown = check_shown(await read_json(request, LONGEST_SHOWN))
        _done(await self.store.show(_code(request), shown, time.time()))
        self._watch.look()
        return Response(status_code=204)

    async def end(self, request: Request) -> Response:
        """End the room and erase it; only the lecturer may."""
        await self._led(request)
        await self.store.erase(_code(request))
        return Response(status_code=204)

    async def join(self, request: Request) -> Response:
        """Let a phone in, as often as it asks; all of the room."""
        given = await read_json(request, LONGEST_ANSWER)
        phone = self._count_phone(given.get("phone") if isinstance(given, dict) else None)
        await self._room(request)
        code = _code(request)
        outcome = await self.store.join(code, phone, MOST_PHONES, time.time())
        _done(outcome, most=str(MOST_PHONES))
        room = await self._room(request, phone)
        return await self._told(code, room, phone)

    async def answer(self, request: Request) -> Response:
        """Keep `{phone, question, choice, place}`. The same twice is the same as once."""
        given = await read_json(request, LONGEST_ANSWER)
        if not isinstance(given, dict):
            raise RefusedError(400, "senseless", name="answer")
        phone = self._count_phone(given.get("phone"))
        room = await self._room(request)
        question = given.get("question")
        if question != room.shown.question:
            raise RefusedError(409, "closed")
        code = _code(request)
        text = check_answer(given, self._shown_of(code, room))
        _done(await self.store.answer(code, question, phone, text, time.time()))
        return JSONResponse({"question": question, "own": json.loads(text)})

    async def csv(self, request: Request) -> Response:
        """All answers as a table; only the lecturer may."""
        await self._led(request)
        answers = await self.store.answers(_code(request), time.time())
        headers = {"Content-Disposition": f'attachment; filename="{_code(request)}.csv"'}
        return Response(as_csv(answers), media_type="text/csv; charset=utf-8", headers=headers)

    async def events(self, request: Request) -> Response:
        """Server-sent events that say nothing but a version: of what is shown, or, with
        `?of=change`, of everything. The last one, 0, says that the room has ended."""
        await self._room(request)
        code, every_change = _code(request), request.query_params.get("of") == "change"

        leaving = anyio.Event()

        async def told() -> AsyncIterator[dict[str, Any]]:
            async for version in self._watch.versions(code, every_change, leaving):
                yield {"data": str(version), "retry": RETRY}

        return EventSourceResponse(
            told(), shutdown_event=leaving, shutdown_grace_period=SECONDS_TO_LEAVE
        )

    async def qr(self, request: Request) -> Response:
        """The address to join as a QR code; it knows nothing of rooms."""
        picture = io.BytesIO()
        code = segno.make(_join_address(request, _code(request)), error="m", micro=False)
        code.save(picture, kind="svg", border=2, omitsize=True, dark="#000", light="#fff")
        return Response(picture.getvalue(), media_type="image/svg+xml")

    async def family(self, scope: Scope) -> str:
        """The family that the room of a phone's page shows; "" for none, and where nobody is told
        whether there is such a room."""
        request = Request({**scope, "path_params": {"code": scope["path"].rpartition("/")[2]}})
        try:
            room = await self._room(request)
        except (RefusedError, UnreachableError):
            return ""
        return json.loads(room.shown.text)["family"]

    async def _room(self, request: Request, phone: str = "") -> Room:
        """The room of a request. Whoever names too many that are not there has to wait, and is not
        told whether the next one is."""
        counted = self._counted(request)
        if not self._wrong_codes.left(counted):
            raise RefusedError(429, "too_many_codes")
        code = as_code(request.path_params["code"])
        room = await self._reading.room(code, phone) if code else None
        if room is None:
            self._wrong_codes.take(counted)
            raise RefusedError(404, "no_room")
        return room

    async def _led(self, request: Request) -> Room:
        room = await self._room(request)
        if not _leads(request, room):
            self._wrong_codes.take(self._counted(request))
            raise RefusedError(403, "secret")
        return room

    async def _told(self, code: str, room: Room, phone: str, leads: bool = False) -> Response:
        """The room as JSON. What is kept as JSON stays as it is: a hall asks for it in one
        instant."""
        told: dict[str, Any] = {
            "code": code,
            "version": room.version,
            "change": room.change,
            "phones": room.phones,
            "answered": room.answered,
        }
        if self._shown_of(code, room)["phase"] == "reveal":
            answered = await self._answered(code, room)
            told |= answered if leads else {"histogram": answered["histogram"]}
        own = room.own.get(phone, "null")
        text = f'{json.dumps(told)[:-1]}, "shown": {room.shown.text}, "own": {own}}}'
        return Response(text, media_type="application/json")

    def _shown_of(self, code: str, room: Room) -> dict[str, Any]:
        """What is shown, read once for each version."""
        known = self._shown.get(code)
        if known is None or known[0] != room.version:
            if len(self._shown) > MOST_ROOMS:
                self._shown.clear()
            self._shown[code] = known = room.version, json.loads(room.shown.text)
        return known[1]

    async def _answered(self, code: str, room: Room) -> dict[str, Any]:
        """What was answered to the question that is revealed: one of the requests of a hall adds it
        up, the others wait for it."""
        async with self._adding:
            known = self._added.get(code)
            if known is None or known[0] != room.change:
                answers = await self.store.answers(code, time.time(), room.shown.question)
                counts = histogram(answers, self._shown_of(code, room)["choices"])
                if len(self._added) > MOST_ROOMS:
                    self._added.clear()
                known = room.change, {"histogram": counts, "placed": placed(answers)}
                self._added[code] = known
            return known[1]

    def _count_phone(self, phone: object) -> str:
        if not is_phone(phone):
            raise RefusedError(400, "senseless", name="phone")
        assert isinstance(phone, str)
        if not self._of_phones.take(phone):
            times, seconds = REQUESTS_OF_A_PHONE
            raise RefusedError(429, "too_fast", times=str(times), seconds=f"{seconds:g}")
        return phone

    def _counted(self, request: Request) -> bytes:
        host = request.client.host if request.client else ""
        return hashlib.blake2b(host.encode(), key=self._salt, digest_size=8).digest()


def _code(request: Request) -> str:
    code = as_code(request.path_params["code"])
    if code is None:
        raise RefusedError(404, "no_room")
    return code


def _leads(request: Request, room: Room) -> bool:
    return proves(request.headers.get(SECRET, ""), room.secret)


def _done(outcome: Outcome, **values: str) -> None:
    if outcome is not Outcome.DONE:
        raise RefusedError(*REFUSALS[outcome], **values)


def _join_address(request: Request, code: str) -> str:
    return f"{public_address(request, os.environ.get('LOSS_LAB_PUBLIC_URL'))}/join/{code}"
