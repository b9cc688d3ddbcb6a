"""Rooms in Redis, for several processes or machines that serve one hall.

A room is four keys that share its code: a hash, the set of its phones, the set of its questions,
and a hash of answers for each question. Each step that reads before it writes is a script, which
Redis runs whole. `rooms` has the codes of all rooms by when they end.
"""

from collections.abc import Collection
from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from live.room.store import LIFE, Answer, Outcome, Room, Shown, UnreachableError

SECONDS_TO_ANSWER = 4
CONNECTIONS = 16

# What every script has: the room's keys, whether it lives, and how it lives on.
HEAD = """
local code, now, life = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local room = 'room:' .. code
local phones, questions = room .. ':phones', room .. ':questions'
local function answers(question) return room .. ':answers:' .. question end
local function lives()
  local ends = redis.call('ZSCORE', 'rooms', code)
  return ends and tonumber(ends) > now
end
local function erase(code)
  local room = 'room:' .. code
  for _, question in ipairs(redis.call('SMEMBERS', room .. ':questions')) do
    redis.call('DEL', room .. ':answers:' .. question)
  end
  redis.call('DEL', room, room .. ':phones', room .. ':questions')
  redis.call('ZREM', 'rooms', code)
end
local function forget()
  for _, ended in ipairs(redis.call('ZRANGEBYSCORE', 'rooms', '-inf', now)) do erase(ended) end
end
local function touch()
  redis.call('HINCRBY', room, 'change', 1)
  redis.call('ZADD', 'rooms', now + life, code)
end
"""
SCRIPTS = {
    "create": """
forget()
if redis.call('EXISTS', room) == 1 then return 'taken' end
if redis.call('ZCARD', 'rooms') >= tonumber(ARGV[4]) then return 'full' end
redis.call('HSET', room, 'secret', ARGV[5], 'shown', ARGV[6], 'question', ARGV[7],
  'takes_answers', ARGV[8], 'version', 1)
touch()
return 'done'
""",
    "read": """
if not lives() then return false end
local found = redis.call('HMGET', room, 'secret', 'shown', 'question', 'takes_answers', 'version',
  'change')
local given = answers(found[3])
found[7], found[8] = redis.call('SCARD', phones), redis.call('HLEN', given)
found[9] = {}
for i = 4, #ARGV do found[9][i - 3] = redis.call('HGET', given, ARGV[i]) end
return found
""",
    "show": """
if not lives() then return 'no_room' end
redis.call('HSET', room, 'shown', ARGV[4], 'question', ARGV[5], 'takes_answers', ARGV[6])
redis.call('HINCRBY', room, 'version', 1)
touch()
return 'done'
""",
    "join": """
if not lives() then return 'no_room' end
if redis.call('SISMEMBER', phones, ARGV[4]) == 1 then return 'done' end
if redis.call('SCARD', phones) >= tonumber(ARGV[5]) then return 'full' end
redis.call('SADD', phones, ARGV[4])
touch()
return 'done'
""",
    "answer": """
if not lives() then return 'no_room' end
if redis.call('SISMEMBER', phones, ARGV[5]) == 0 then return 'stranger' end
local asked = redis.call('HMGET', room, 'question', 'takes_answers')
if asked[1] ~= ARGV[4] or asked[2] ~= '1' then return 'closed' end
if redis.call('HGET', answers(ARGV[4]), ARGV[5]) ~= ARGV[6] then
  redis.call('HSET', answers(ARGV[4]), ARGV[5], ARGV[6])
  redis.call('SADD', questions, ARGV[4])
  touch()
end
return 'done'
""",
    "answers": """
local all = {}
if not lives() then return all end
local wanted = ARGV[5] == '1' and {ARGV[4]} or redis.call('SMEMBERS', questions)
for _, question in ipairs(wanted) do
  local given = redis.call('HGETALL', answers(question))
  for i = 1, #given, 2 do all[#all + 1] = {question, given[i], given[i + 1]} end
end
return all
""",
    "versions": """
local found = {}
for i = 4, #ARGV do
  local ends = redis.call('ZSCORE', 'rooms', ARGV[i])
  if ends and tonumber(ends) > now then
    local counts = redis.call('HMGET', 'room:' .. ARGV[i], 'version', 'change')
    found[#found + 1] = {ARGV[i], counts[1], counts[2]}
  end
end
return found
""",
    "erase": "erase(code)",
    "forget": "forget()",
}


class RedisStore:
    """Rooms in the Redis that an address names, such as `redis://localhost:6379/0`."""

    def __init__(self, address: str) -> None:
        # A hall asks in one instant: few connections and a queue, not one for each phone.
        self._connections = BlockingConnectionPool.from_url(
            address,
            max_connections=CONNECTIONS,
            timeout=SECONDS_TO_ANSWER,
            decode_responses=True,
            socket_timeout=SECONDS_TO_ANSWER,
            socket_connect_timeout=SECONDS_TO_ANSWER,
            # A connection from before Redis was started anew fails once. Whoever asked asks again
            # where there is no Redis; every step may be done twice.
            retry=Retry(NoBackoff(), 1),
        )
        self._redis = Redis(connection_pool=self._connections)
        self._scripts = {
            name: self._redis.register_script(HEAD + body) for name, body in SCRIPTS.items()
        }

    async def create(self, code: str, secret: str, shown: Shown, most: int, now: float) -> Outcome:
        return Outcome(await self._run("create", code, now, most, secret, *_told(shown)))

    async def read(self, code: str, now: float, phones: Collection[str] = ()) -> Room | None:
        found = await self._run("read", code, now, *phones)
        if not found:
            return None
        secret, text, question, takes_answers, version, change, joined, answered, given = found
        shown = Shown(text, question, takes_answers == "1")
        own = {phone: said for phone, said in zip(phones, given, strict=True) if said is not None}
        return Room(secret, shown, int(version), int(change), joined, answered, own)

    async def show(self, code: str, shown: Shown, now: float) -> Outcome:
        return Outcome(await self._run("show", code, now, *_told(shown)))

    async def join(self, code: str, phone: str, most: int, now: float) -> Outcome:
        return Outcome(await self._run("join", code, now, phone, most))

    async def answer(self, code: str, question: str, phone: str, text: str, now: float) -> Outcome:
        return Outcome(await self._run("answer", code, now, question, phone, text))

    async def answers(self, code: str, now: float, question: str | None = None) -> list[Answer]:
        one = "0" if question is None else "1"
        found = await self._run("answers", code, now, question or "", one)
        return sorted((Answer(*row) for row in found), key=lambda a: (a.question, a.phone))

    async def versions(self, codes: list[str], now: float) -> dict[str, tuple[int, int]]:
        found = await self._run("versions", "", now, *codes)
        return {code: (int(version), int(change)) for code, version, change in found}

    async def erase(self, code: str) -> None:
        await self._run("erase", code, 0)

    async def forget(self, now: float) -> None:
        await self._run("forget", "", now)

    async def close(self) -> None:
        await self._redis.aclose()
        await self._connections.aclose()

    async def _run(self, name: str, code: str, now: float, *arguments: str | int) -> Any:
        try:
            return await self._scripts[name](args=[code, now, LIFE, *arguments])
        except (RedisError, OSError) as error:
            raise UnreachableError(str(error)) from error


def _told(shown: Shown) -> tuple[str, str, str]:
    return shown.text, shown.question, "1" if shown.takes_answers else "0"
