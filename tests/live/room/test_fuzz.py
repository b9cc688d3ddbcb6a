"""Malformed joins, answers, codes, secrets and event requests: no exception, no 500."""

import pytest

from live.room import http as rooms_http
from live.room.sqlite_store import SqliteStore
from tests.live.room import fuzz
from tests.live.room.hall import serving


@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_comes_in_makes_the_server_fail(tmp_path, monkeypatch, capfd, seed):
    for name in ("REQUESTS_OF_A_PHONE", "WRONG_CODES", "ROOMS_OF_AN_ADDRESS"):
        monkeypatch.setattr(rooms_http, name, (10**9, 60.0))
    with serving(SqliteStore(tmp_path / "rooms.sqlite")) as hall:
        statuses = fuzz.fuzz(hall, 300, seed)
    assert len(statuses) > 4
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err
