"""The same tests over both stores: SQLite in a file, and a real redis-server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from live.room.redis_store import RedisStore
from live.room.sqlite_store import SqliteStore
from live.room.store import LIFE, Answer, Outcome, Shown, Store, UnreachableError
from tests.live.room.hall import run_beside
from tests.redis_server import RedisServer, running_redis

WAITING = Shown('{"phase": "wait"}', "", False)
ASKING = Shown('{"phase": "ask"}', "q1", True)
REVEALED = Shown('{"phase": "reveal"}', "q1", False)
PHONES = [f"phone-{number:012}" for number in range(5)]
NOW = 1_000_000.0


@pytest.fixture(scope="module")
def redis_server() -> Iterator[RedisServer]:
    with running_redis() as server:
        yield server


@pytest.fixture(params=["sqlite", "redis"])
def opened(request, tmp_path):
    """Opens a store, as often as a test likes: each time as another process would."""
    if request.param == "sqlite":
        path = tmp_path / "folder" / "rooms.sqlite"
        return lambda: SqliteStore(path)
    server = request.getfixturevalue("redis_server")

    async def empty() -> None:
        store = RedisStore(server.address)
        await store._redis.flushall()
        await store.close()

    run_beside(empty())
    return lambda: RedisStore(server.address)


@pytest.fixture
def run(opened):
    """Runs a test that is given a store."""

    @asynccontextmanager
    async def store() -> AsyncIterator[Store]:
        one = opened()
        yield one
        await one.close()

    def run(test) -> None:
        async def whole() -> None:
            async with store() as one:
                await test(one)

        run_beside(whole())

    run.store = store
    return run


async def asking(store: Store, phones: int = 2) -> None:
    assert await store.create("ABCDE", "digest", ASKING, 100, NOW) is Outcome.DONE
    for phone in PHONES[:phones]:
        assert await store.join("ABCDE", phone, 1000, NOW) is Outcome.DONE


def test_a_room_is_what_was_put_there(run):
    async def test(store):
        assert await store.read("ABCDE", NOW) is None
        assert await store.create("ABCDE", "digest", WAITING, 100, NOW) is Outcome.DONE
        room = await store.read("ABCDE", NOW)
        assert (room.secret, room.shown, room.version, room.change) == ("digest", WAITING, 1, 1)
        assert (room.phones, room.answered, room.own) == (0, 0, {})
        assert await store.create("ABCDE", "other", ASKING, 100, NOW) is Outcome.TAKEN
        assert (await store.read("ABCDE", NOW)).secret == "digest"

    run(test)


def test_an_answer_counts_once_and_may_be_another_until_the_reveal(run):
    async def test(store):
        await asking(store)
        for text in ("1", "1", "2"):
            assert await store.answer("ABCDE", "q1", PHONES[0], text, NOW) is Outcome.DONE
        room = await store.read("ABCDE", NOW, PHONES[:1])
        assert (room.answered, room.own) == (1, {PHONES[0]: "2"})
        assert room.change == 1 + 2 + 2, "the same answer again changes nothing"
        assert (await store.read("ABCDE", NOW, PHONES[1:])).own == {}
        assert await store.show("ABCDE", REVEALED, NOW) is Outcome.DONE
        assert await store.answer("ABCDE", "q1", PHONES[0], "3", NOW) is Outcome.CLOSED
        room = await store.read("ABCDE", NOW, PHONES[:1])
        assert (room.answered, room.own, room.version) == (1, {PHONES[0]: "2"}, 2)
        assert await store.answers("ABCDE", NOW, "q1") == [Answer("q1", PHONES[0], "2")]

    run(test)


def test_only_the_question_that_is_shown_takes_answers_of_phones_that_are_in(run):
    async def test(store):
        await asking(store)
        assert await store.answer("ABCDE", "q2", PHONES[0], "1", NOW) is Outcome.CLOSED
        assert await store.answer("ABCDE", "q1", PHONES[4], "1", NOW) is Outcome.STRANGER
        assert await store.answer("BCDEF", "q1", PHONES[0], "1", NOW) is Outcome.NO_ROOM
        assert await store.answers("ABCDE", NOW) == []

    run(test)


def test_answers_of_earlier_questions_stay(run):
    async def test(store):
        await asking(store)
        await store.answer("ABCDE", "q1", PHONES[0], "1", NOW)
        await store.show("ABCDE", Shown("{}", "q0", True), NOW)
        assert (await store.read("ABCDE", NOW)).answered == 0
        await store.answer("ABCDE", "q0", PHONES[1], "0", NOW)
        both = [Answer("q0", PHONES[1], "0"), Answer("q1", PHONES[0], "1")]
        assert await store.answers("ABCDE", NOW) == both
        await store.show("ABCDE", ASKING, NOW)
        assert (await store.read("ABCDE", NOW, PHONES)).own == {PHONES[0]: "1"}

    run(test)


def test_rooms_and_phones_are_limited_and_who_is_in_stays_in(run):
    async def test(store):
        await asking(store, phones=2)
        assert await store.join("ABCDE", PHONES[2], 2, NOW) is Outcome.FULL
        assert await store.join("ABCDE", PHONES[0], 2, NOW) is Outcome.DONE
        assert (await store.read("ABCDE", NOW)).phones == 2
        assert await store.create("BCDEF", "digest", WAITING, 1, NOW) is Outcome.FULL
        assert await store.create("BCDEF", "digest", WAITING, 2, NOW) is Outcome.DONE

    run(test)


def test_a_room_ends_eight_hours_after_its_last_event_and_is_erased(run):
    async def test(store):
        await asking(store)
        later = NOW + LIFE - 1
        assert await store.answer("ABCDE", "q1", PHONES[0], "1", later) is Outcome.DONE
        assert await store.read("ABCDE", NOW + LIFE + 1) is not None
        end = later + LIFE
        assert await store.read("ABCDE", end - 1) is not None
        assert await store.read("ABCDE", end) is None
        assert await store.join("ABCDE", PHONES[1], 10, end) is Outcome.NO_ROOM
        assert await store.show("ABCDE", ASKING, end) is Outcome.NO_ROOM
        assert await store.versions(["ABCDE"], end) == {}
        await store.forget(end)
        assert await store.create("ABCDE", "digest", ASKING, 1, NOW) is Outcome.DONE
        room = await store.read("ABCDE", NOW)
        assert (room.phones, room.answered) == (0, 0)

    run(test)


def test_nothing_of_an_erased_room_is_left(run, tmp_path):
    async def test(store):
        await asking(store)
        await store.answer("ABCDE", "q1", PHONES[0], "what-was-answered", NOW)
        await store.erase("ABCDE")
        assert await store.read("ABCDE", NOW) is None
        assert await store.answers("ABCDE", NOW) == []
        if isinstance(store, RedisStore):
            assert await store._redis.keys() == []

    run(test)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"what-was-answered" not in file.read_bytes()
            assert PHONES[0].encode() not in file.read_bytes()


def test_two_processes_serve_one_room(run):
    async def test(store):
        await asking(store)
        async with run.store() as other:
            assert await other.answer("ABCDE", "q1", PHONES[0], "1", NOW) is Outcome.DONE
            assert await store.versions(["ABCDE", "BCDEF"], NOW) == {"ABCDE": (1, 4)}
            many = [other.join("ABCDE", phone, 4, NOW) for phone in PHONES]
            many += [store.join("ABCDE", phone, 4, NOW) for phone in PHONES]
            outcomes = await asyncio.gather(*many)
            assert outcomes.count(Outcome.FULL) == 2, "the fifth, at both"
            assert (await store.read("ABCDE", NOW)).phones == 4

    run(test)


def test_a_store_that_is_not_there_says_so(tmp_path):
    (tmp_path / "file").write_text("")

    async def test(store):
        with pytest.raises(UnreachableError):
            await store.read("ABCDE", NOW)
        await store.close()

    run_beside(test(SqliteStore(tmp_path / "file" / "rooms.sqlite")))
    run_beside(test(RedisStore("redis://127.0.0.1:9/0")))
