"""A hall as `compose.yaml` serves it: nginx in front, two processes, one Redis."""

import http.client
import re
import threading
import time
from urllib.parse import urlsplit

import pytest

from live.room.rules import MOST_PHONES
from tests.hall_servers import ROOT, running_hall
from tests.live.room.hall import Hall, phone

PHONES = 40
MOST_QUESTIONS = 100
"""Within five seconds, were every answer there at once."""


@pytest.fixture(scope="module")
def servers():
    with running_hall() as running:
        yield running


def test_nginx_has_connections_for_a_full_room():
    """Two for each phone that listens, and as many while all answer or load the page at once."""
    settings = (ROOT / "compose" / "nginx.conf").read_text()
    connections = int(re.search(r"worker_connections (\d+);", settings)[1])
    files = int(re.search(r"worker_rlimit_nofile (\d+);", settings)[1])
    assert files >= connections >= 8 * MOST_PHONES


@pytest.fixture
def hall(servers):
    return Hall(servers.address)


def patiently(hall, code, number, **given):
    """As a phone does it: again until it is confirmed; how often it was told to wait."""
    for waited in range(200):
        try:
            status, told = hall.answer(code, number, **given)
        except OSError:
            status = 0
        if status == 200:
            return waited
        assert status in (0, 502, 503, 504), told
        time.sleep(0.6)  # a phone may ask twenty times in ten seconds
    raise AssertionError("the answer was never confirmed")


def test_pages_and_what_they_load_come_from_either_process(hall):
    for path in ("/lecture/mae_mse_huber", "/join/", "/stage/boxes"):
        status, html, _ = hall.ask("GET", path)
        assert status == 200
        for asset in re.findall(r'(?:src|href)="((?:web|data)/[^"]+)"', html):
            statuses = {hall.ask("GET", f"/{asset}")[0] for _ in range(4)}
            assert statuses == {200}, asset


def test_events_come_through_as_they_happen(hall):
    room = hall.open()
    connection = http.client.HTTPConnection(urlsplit(hall.address).netloc, timeout=300)
    connection.request("GET", f"/room/{room.code}/events")
    answer = connection.getresponse()
    assert answer.getheader("content-type").startswith("text/event-stream")
    heard = []
    reading = threading.Thread(
        target=lambda: heard.extend(line for line in answer if line.startswith(b"data:"))
    )
    reading.start()
    room.show(phase="reveal")
    while len(heard) < 2:
        time.sleep(0.02)
    room.ask("DELETE")
    reading.join()
    connection.close()
    assert [line.strip() for line in heard] == [b"data: 1", b"data: 2", b"data: 0"]


def test_a_room_addresses_phones_as_the_lecturer_reached_it(hall):
    assert hall.open().address.startswith(f"{hall.address}/join/")


def test_no_confirmed_answer_is_lost_when_a_process_or_redis_is_killed(servers, hall):
    room = hall.open()
    for number in range(PHONES):
        hall.join(room.code, number)
    confirmed = {}

    def answer(number):
        for turn in range(4):
            box = [0.0, 0.0, 1.0, 1.0 + turn]
            patiently(hall, room.code, number, place=box)
            confirmed[number] = box
            time.sleep(0.6)

    phones = [threading.Thread(target=answer, args=(number,)) for number in range(PHONES)]
    for one in phones:
        one.start()
    time.sleep(0.5)
    servers.replicas[0].kill()
    time.sleep(0.5)
    assert hall.ask("GET", f"/room/{room.code}")[0] == 200, "the other one serves"
    servers.redis.kill()
    looking = f"/room/{room.code}?phone={phone(99)}"
    while (said := hall.ask("GET", looking))[0] == 200:  # asked for before Redis went
        pass
    assert (said[0], said[1]["error"]) == (503, "unreachable")
    time.sleep(1)
    servers.redis.start()
    questions = range(MOST_QUESTIONS)
    assert any(
        hall.ask("GET", f"/room/{room.code}")[0] == 200 or time.sleep(0.05) for _ in questions
    )
    for one in phones:
        one.join()
    servers.replicas[0].start()
    assert room.show(phase="reveal") == 204
    told = room.state()
    assert (told["phones"], told["answered"]) == (PHONES, PHONES)
    assert sorted(told["placed"]) == sorted(confirmed.values())
