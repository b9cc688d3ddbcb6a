"""Which store the environment asks for."""

import os
from pathlib import Path

from live.disk_cache import folder
from live.room.redis_store import RedisStore
from live.room.sqlite_store import SqliteStore
from live.room.store import Store


def store_of_environment() -> Store:
    """Redis where LOSS_LAB_REDIS names one (`redis://host:6379/0`), else SQLite in the file that
    LOSS_LAB_ROOMS names, by default beside the cache."""
    named = os.environ.get("LOSS_LAB_REDIS")
    if named:
        return RedisStore(named)
    return SqliteStore(Path(os.environ.get("LOSS_LAB_ROOMS") or folder() / "rooms.sqlite"))
