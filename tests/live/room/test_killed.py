"""What is confirmed is kept: `kill -9` of the server, and of Redis, between answers."""

import json
import signal
import threading
import time
import urllib.error
import urllib.request

import pytest

from tests.live.room.hall import QUESTION, Hall, phone
from tests.live.room.server import Server
from tests.redis_server import running_redis

PHONES = 12
PAUSE = 0.55  # 20 requests in ten seconds are allowed


def post(address: str, given: dict) -> None:
    """As a phone does it: again and again, until it is confirmed, and not too often."""
    request = urllib.request.Request(address, json.dumps(given).encode())
    while True:
        try:
            urllib.request.urlopen(request, timeout=300)
            return
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
        except OSError:  # the connection was cut
            pass
        time.sleep(PAUSE)


def answer_all(hall: Hall, code: str, confirmed: dict[int, float], between) -> None:
    """Every phone answers, again and again until `between()` is over, and then once more.
    `confirmed` holds each phone's last number that was confirmed."""
    over = threading.Event()

    def answer(number: int) -> None:
        last, turn = False, 0
        while not last:
            last, turn = over.is_set(), turn + 1
            box = [0.0, 0.0, 1.0, turn / 1000]
            given = {"phone": phone(number), "question": "q1", "place": box}
            post(f"{hall.address}/room/{code}/answers", given)
            confirmed[number] = box[3]
            time.sleep(PAUSE)

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(PHONES)]
    for thread in threads:
        thread.start()
    try:
        between()
    finally:
        over.set()
        for thread in threads:
            thread.join()


def wait_for_more(confirmed: dict[int, float]) -> None:
    """Until every phone has had another answer confirmed."""
    before = dict(confirmed)
    until = time.monotonic() + 300
    while any(confirmed.get(number) == before.get(number) for number in range(PHONES)):
        assert time.monotonic() < until, "no more answers were confirmed"
        time.sleep(0.02)


@pytest.fixture(params=["sqlite", "redis"])
def environment(request, tmp_path):
    if request.param == "sqlite":
        yield {"LOSS_LAB_ROOMS": str(tmp_path / "rooms.sqlite")}, None
        return
    with running_redis() as redis:
        yield {"LOSS_LAB_REDIS": redis.address}, redis


def test_no_confirmed_answer_is_lost(environment, tmp_path):
    settings, redis = environment
    server = Server(settings, tmp_path / "said")
    try:
        hall = server.hall
        room = hall.open(QUESTION)
        for number in range(PHONES):
            hall.join(room.code, number)
        confirmed: dict[int, float] = {}

        def kill() -> None:
            wait_for_more(confirmed)
            server.kill()
            server.start()
            if redis is not None:
                wait_for_more(confirmed)
                redis.kill()
                time.sleep(1)
                redis.start()

        answer_all(hall, room.code, confirmed, kill)
        assert room.show(phase="reveal") == 204
        told = room.state()
        assert (told["phones"], told["answered"]) == (PHONES, PHONES)
        kept = sorted(box[3] for box in told["placed"])
        assert kept == sorted(confirmed.values())
    finally:
        server.stop()


@pytest.mark.parametrize("stops", [signal.SIGTERM, signal.SIGINT])
def test_a_server_with_listeners_stops_quietly(tmp_path, stops):
    server = Server({"LOSS_LAB_ROOMS": str(tmp_path / "rooms.sqlite")}, tmp_path / "said")
    room = server.hall.open()
    with urllib.request.urlopen(f"{server.hall.address}/room/{room.code}/events") as events:
        assert events.readline()
        assert server.stop(stops) == 0
    assert server.said.read_text() == ""
