"""One line a fault, sparing, in text or JSON, and no traceback unless it is asked for."""

import json
import logging

import pytest

from live.server import logs


@pytest.fixture
def written(monkeypatch, capsys):
    """What is written of what `speak` says to a logger, in lines."""
    before = logging.root.handlers[:], logging.root.level

    def lines(speak, level="", form=""):
        monkeypatch.setenv("LOG_LEVEL", level)
        monkeypatch.setenv("LOG_FORMAT", form)
        logs.set_up()
        speak(logging.getLogger("streamlit.tests"))
        return capsys.readouterr().err.splitlines()

    yield lines
    logging.root.handlers[:], logging.root.level = before


def fail(logger):
    try:
        int("what a stranger\nsent")
    except ValueError:
        logger.exception("A release\nwas refused")


def test_a_fault_is_one_line_that_names_the_place(written):
    (line,) = written(fail)
    assert " ERROR streamlit.tests: A release was refused ValueError: invalid literal" in line
    assert "test_logs.py:" in line


def test_a_traceback_is_written_where_it_is_asked_for(written):
    assert written(fail, level="debug")[1] == "Traceback (most recent call last):"


def test_json_lines(written):
    (line,) = written(lambda logger: logger.warning("%s × 损失", 2), form="json")
    told = json.loads(line)
    assert told.pop("time").endswith("Z")
    assert told == {"level": "warning", "logger": "streamlit.tests", "message": "2 × 损失"}


def test_what_comes_often_is_not_written_often(written):
    def flood(logger):
        for number in range(5000):
            logger.warning("number %s", number)
        logger.warning("another")

    lines = written(flood)
    assert logs.MOST <= len(lines) <= 2 * logs.MOST + 1
    assert "no more of these" in lines[logs.MOST - 1]
    assert lines[-1].endswith("another")


def test_the_level_is_kept(written):
    def speak(logger):
        logger.info("quiet")
        logger.error("loud")

    assert [line.split()[1] for line in written(speak)] == ["ERROR"]
    assert [line.split()[1] for line in written(speak, level="info")] == ["INFO", "ERROR"]


def test_nobodys_address_is_written(written):
    def speak(logger):
        logging.getLogger("uvicorn.error").info('127.0.0.1:1 - "WebSocket /" [accepted]')
        logging.getLogger("uvicorn.access").info('127.0.0.1:1 - "GET /" 200')

    assert written(speak, level="info") == []


@pytest.mark.parametrize("name", ["LOG_LEVEL", "LOG_FORMAT"])
def test_what_is_no_level_is_refused(monkeypatch, name):
    monkeypatch.setenv(name, "loud")
    with pytest.raises(ValueError, match=f"{name} must be one of"):
        logs.set_up()
