"""What a room answers: to phones, to the lecturer, and to what makes no sense."""

import asyncio
import http.client
import re
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest

from live.room import http as rooms_http
from live.room.reading import Reading
from live.room.sqlite_store import SqliteStore
from live.room.store import Shown
from live.words.text import LANGUAGES
from tests.live.room.hall import BOX, QUESTION, phone, run_beside, serving


@pytest.fixture
def hall(tmp_path, monkeypatch):
    """One that counts for ten minutes, however slowly this machine asks."""
    for name in ("REQUESTS_OF_A_PHONE", "WRONG_CODES"):
        monkeypatch.setattr(rooms_http, name, (getattr(rooms_http, name)[0], 600.0))
    with serving(SqliteStore(tmp_path / "rooms.sqlite")) as one:
        yield one


def test_a_room_has_a_code_a_secret_and_an_address(hall):
    room = hall.open()
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{5}", room.code)
    assert room.address == f"{hall.address}/join/{room.code}"
    status, told, headers = hall.ask("GET", f"/room/{room.code.lower()}")
    assert (status, told["shown"]["question"]) == (200, "q1")
    assert headers["cache-control"] == "no-store"
    assert room.secret not in str(told)


def test_the_address_comes_from_the_configuration_where_it_is_given(hall, monkeypatch):
    monkeypatch.setenv("LOSS_LAB_PUBLIC_URL", "https://lab.example/")
    room = hall.open()
    assert room.address == f"https://lab.example/join/{room.code}"
    _, picture, headers = hall.ask("GET", f"/room/{room.code}/qr.svg")
    assert headers["content-type"] == "image/svg+xml"
    assert "<svg" in picture


def test_a_phone_joins_answers_changes_its_mind_and_reads_what_it_said(hall):
    room = hall.open()
    assert hall.join(room.code, 1)["own"] is None
    assert hall.answer(room.code, 1, choice=0)[0] == 200
    assert hall.answer(room.code, 1, choice=2, place=BOX)[0] == 200
    own = {"choice": 2, "place": BOX}
    told = hall.ask("GET", f"/room/{room.code}?phone={phone(1)}")[1]
    assert (told["own"], told["answered"], told["phones"]) == (own, 1, 1)
    assert hall.join(room.code, 1)["own"] == own


def test_answers_are_hidden_until_the_reveal_and_right_ones_too(hall):
    room = hall.open()
    for number, choice in enumerate([0, 1, 1]):
        hall.join(room.code, number)
        hall.answer(room.code, number, choice=choice, place=BOX)
    before = room.state()
    assert before["answered"] == 3
    assert before["shown"]["right"] == []
    assert not {"histogram", "placed"} & before.keys()
    assert room.show(phase="reveal") == 204
    after = room.state()
    assert (after["histogram"], after["placed"]) == ([1, 2, 0], [BOX] * 3)
    assert after["shown"]["right"] == [1]
    told = hall.ask("GET", f"/room/{room.code}?phone={phone(1)}")[1]
    assert told["histogram"] == [1, 2, 0]
    assert "placed" not in told
    status, told = hall.answer(room.code, 1, choice=0)
    assert (status, told["error"]) == (409, "closed")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({}, "answer"),
        ({"choice": 3}, "choice"),
        ({"choice": -1}, "choice"),
        ({"choice": True}, "choice"),
        ({"choice": "1"}, "choice"),
        ({"place": [2.0, 2.0, 1.0, 1.0]}, "prediction"),
        ({"place": [0.0, 0.0, 9.0, 1.0]}, "prediction"),
        ({"place": [0.0, 0.0, 1.0, 1e999]}, "prediction"),
        ({"place": "everywhere"}, "prediction"),
        ({"place": {"x": 1}}, "prediction"),
    ],
)
def test_an_answer_that_its_row_does_not_allow_is_refused_in_both_languages(hall, given, name):
    room = hall.open()
    hall.join(room.code, 1)
    status, told = hall.answer(room.code, 1, **given)
    assert (status, told["error"]) == (400, "senseless")
    assert all(name in told[language] for language in LANGUAGES)
    assert room.state()["answered"] == 0


def test_several_rows_are_placed_at_once(hall):
    line = {"family": "concepts", "state": {}, "place": "slope,intercept"}
    room = hall.open({**QUESTION, **line})
    hall.join(room.code, 1)
    for wrong in (1.0, [1.0], [1.0, 2.0, 3.0], [1.0, 99.0], {"slope": 1.0}):
        assert hall.answer(room.code, 1, place=wrong)[0] == 400, wrong
    assert hall.answer(room.code, 1, place=[1.0, -2.0])[0] == 200
    room.show(**line, phase="reveal")
    assert room.state()["placed"] == [[1.0, -2.0]]
    for wrong in ("slope,slope", "slope,scene", "slope,", ",", "slope,nothing"):
        assert room.show(**{**line, "place": wrong}) == 400, wrong


def test_a_hall_that_reads_in_one_instant_asks_the_store_a_few_times(tmp_path):
    asked = []

    class Counting(SqliteStore):
        async def read(self, code, now, phones=()):
            asked.append(len(phones))
            return await super().read(code, now, phones)

    async def test():
        store = Counting(tmp_path / "rooms.sqlite")
        await store.create("ABCDE", "digest", Shown("{}", "q1", True), 10, time.time())
        await store.join("ABCDE", phone(7), 100, time.time())
        await store.answer("ABCDE", "q1", phone(7), "7", time.time())
        reading = Reading(store)
        rooms = await asyncio.gather(*(reading.room("ABCDE", phone(n)) for n in range(50)))
        assert rooms[7].own == {phone(7): "7"}
        assert asked == [50]
        before = [asyncio.create_task(reading.room("ABCDE", phone(n))) for n in range(2)]
        await asyncio.sleep(0)
        await store.answer("ABCDE", "q1", phone(7), "8", time.time())
        assert (await reading.room("ABCDE", phone(7))).own[phone(7)] == "8", "what is read is new"
        await asyncio.gather(*before)
        assert await reading.room("BCDEF") is None
        await store.close()

    run_beside(test())


def test_what_a_phone_sends_is_short_json(hall):
    room = hall.open()
    hall.join(room.code, 1)
    path = f"/room/{room.code}/answers"
    assert hall.ask("POST", path, b"x" * 5000)[:2][1]["error"] == "too_long"
    assert hall.ask("POST", path, b"{")[1]["error"] == "no_json"
    assert hall.ask("POST", path, b"[" * 4000)[1]["error"] == "no_json"
    assert hall.ask("POST", path, b"\xff\xfe")[1]["error"] == "no_json"
    assert hall.ask("POST", path, [1])[0] == 400


def test_a_phone_that_leaves_in_the_middle_of_its_answer_is_no_fault_of_the_server(hall, caplog):
    room = hall.open()
    hall.join(room.code, 1)
    host, port = urlsplit(hall.address).netloc.split(":")
    head = f"POST /room/{room.code}/answers HTTP/1.1\r\nHost: {host}\r\nContent-Length: 90\r\n"
    for _ in range(20):
        with socket.create_connection((host, int(port))) as leaving:
            leaving.sendall(head.encode() + b"\r\n{")
    assert hall.join(room.code, 1)  # who comes later is heard later
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_only_who_has_the_secret_leads(hall):
    room, other = hall.open(), hall.open()
    for secret in ("", "guess", other.secret):
        headers = {rooms_http.SECRET: secret}
        for method, path in (("PUT", ""), ("DELETE", ""), ("GET", "/answers.csv")):
            status, told, _ = hall.ask(method, f"/room/{room.code}{path}", QUESTION, **headers)
            assert (status, told["error"]) == (403, "secret")
    assert room.ask("DELETE")[0] == 204
    assert hall.ask("GET", f"/room/{room.code}")[0] == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"phase": "sing"},
        {"question": ""},
        {"question": "a b"},
        {"family": "birds"},
        {"family": ["boxes"]},
        {"state": {"prediction": [1, 2]}},
        {"state": {"colour": "red"}},
        {"place": "scene"},
        {"place": "colour"},
        {"choices": 99},
        {"right": [3]},
        {"words": {"fr": {}}},
        {"words": {"en": {"question": 5}}},
        {"words": {"en": {"answers": ["only one"]}}},
        {"words": {"en": {"title": "\ud800"}}},
    ],
)
def test_what_makes_no_sense_is_not_shown(hall, changes):
    room = hall.open()
    assert room.show(**changes) == 400
    assert room.state()["version"] == 1


def test_the_answers_come_as_a_table_without_ids(hall):
    room = hall.open()
    for number in range(2):
        hall.join(room.code, number)
    hall.answer(room.code, 0, choice=0, place=BOX)
    hall.answer(room.code, 1, choice=2)
    status, text, headers = room.ask("GET", "/answers.csv")
    assert (status, headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert text.splitlines() == [
        "question,phone,choice,place",
        'q1,1,1,"[1.0, 1.0, 2.0, 2.0]"',
        "q1,2,3,",
    ]


def test_a_phone_that_asks_too_often_is_told_to_wait(hall):
    room = hall.open()
    hall.join(room.code, 1)
    said = [hall.answer(room.code, 1, choice=0) for _ in range(20)]
    assert [status for status, _ in said] == [200] * 19 + [429]
    assert "20" in said[-1][1]["zh"]
    hall.join(room.code, 2)


def test_whoever_tries_codes_is_not_told_any_more(hall):
    room = hall.open()
    times = rooms_http.WRONG_CODES[0]
    statuses = [hall.ask("GET", f"/room/AAAA{'BCDEFGH'[i % 7]}")[0] for i in range(times)]
    assert statuses == [404] * times
    assert hall.ask("GET", "/room/AAAAB")[0] == 429
    assert hall.ask("GET", f"/room/{room.code}")[0] == 429, "the right one looks like a wrong one"


def test_another_page_may_not_use_a_room(hall):
    status, told, _ = hall.ask("POST", "/room", QUESTION, Origin="https://elsewhere.example")
    assert (status, told["error"]) == (403, "elsewhere")
    assert hall.ask("POST", "/room", QUESTION, Origin=hall.address)[0] == 201


def listen(hall, path, heard, until):
    connection = http.client.HTTPConnection(urlsplit(hall.address).netloc, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    for line in answer:
        if line.startswith(b"data:"):
            heard.append((time.monotonic(), int(line[5:])))
            if heard[-1][1] in until:
                break
    connection.close()


def test_events_say_the_version_and_nothing_else_at_most_five_times_a_second(hall):
    room = hall.open()
    heard, of_change = [], []
    began = time.monotonic()
    threads = [
        threading.Thread(target=listen, args=(hall, f"/room/{room.code}/events{of}", into, {0}))
        for of, into in (("", heard), ("?of=change", of_change))
    ]
    for thread in threads:
        thread.start()
    while not (heard and of_change):
        time.sleep(0.01)
    for number in range(40):
        hall.join(room.code, number)
    room.show(phase="reveal")
    while heard[-1][1] < 2 or of_change[-1][1] < 42:
        time.sleep(0.01)
    room.ask("DELETE")
    for thread in threads:
        thread.join()
    assert [version for _, version in heard] == [1, 2, 0]
    said = [version for _, version in of_change]
    assert said[0] == 1
    assert said[-1] == 0
    seconds = of_change[-1][0] - began
    assert len(said) <= 2 + seconds * 5


def test_events_of_no_room_are_refused(hall):
    assert hall.ask("GET", "/room/ABCDE/events")[0] == 404
