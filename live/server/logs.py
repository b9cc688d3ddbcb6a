"""What an operator reads: one line a fault, no more of them than can be read, nobody's address.

`LOG_LEVEL` says from which level on (debug, info, warning, error; warning by default), and
`LOG_FORMAT=json` writes each line as JSON. A traceback is written at debug only: most come from
what a stranger sent, and the line names the place.
"""

import json
import logging
import os
import sys
import time
import traceback

LEVELS = ("debug", "info", "warning", "error")
FORMATS = ("text", "json")
MOST = 10
"""Lines of one kind in a minute; what comes more often than that is counted, not written."""
SPEAKS_OF_VISITORS = ("uvicorn.access", "uvicorn.error")
"""At info and below these name the address of everybody who connects."""


def set_up() -> None:
    """Send what every library says through one handler of ours.

    Raises:
        ValueError: `LOG_LEVEL` or `LOG_FORMAT` is none of those there are.
    """
    level = _one_of("LOG_LEVEL", LEVELS, "warning")
    written = _one_of("LOG_FORMAT", FORMATS, "text")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if written == "json" else Line())
    handler.addFilter(Sparing())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    take_over()


def take_over() -> None:
    """Take from the libraries that are loaded by now the handlers that they brought."""
    for name, logger in [*logging.root.manager.loggerDict.items()]:
        if isinstance(logger, logging.Logger) and name.split(".")[0] in ("streamlit", "uvicorn"):
            logger.handlers.clear()
            logger.propagate = True
            if name != "streamlit":
                logger.setLevel(logging.NOTSET)
    for name in SPEAKS_OF_VISITORS:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.root.level))


def _one_of(name: str, allowed: tuple[str, ...], default: str) -> str:
    given = os.environ.get(name) or default
    if given.lower() not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}; got {given!r}")
    return given.lower()


class Line(logging.Formatter):
    """Time, level, who, what; of an exception its kind, its message and where it was raised."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{_time(record)} {record.levelname} {record.name}: {_message(record)}"
        return line + _traceback(record)


class JsonLine(logging.Formatter):
    """The same as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        long = _traceback(record)
        return json.dumps(told | ({"traceback": long.strip()} if long else {}), ensure_ascii=False)


class Sparing(logging.Filter):
    """Lets through `MOST` records of one kind in a minute, and then says how many it kept back."""

    def __init__(self) -> None:
        super().__init__()
        self._minute = 0
        self._seen: dict[tuple[str, int], int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        minute = int(record.created // 60)
        if minute != self._minute:
            self._minute = minute
            self._seen.clear()
        kind = record.pathname, record.lineno
        self._seen[kind] = self._seen.get(kind, 0) + 1
        if self._seen[kind] == MOST:
            record.msg = f"{record.getMessage()} (and no more of these in this minute)"
            record.args = ()
        return self._seen[kind] <= MOST


def _time(record: logging.LogRecord) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))


def _message(record: logging.LogRecord) -> str:
    """In one line; of an exception where it was raised."""
    said = " ".join(record.getMessage().split("Traceback (most recent call last)")[0].split())
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return said
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    return f"{said} {type(error).__name__}: {' '.join(str(error).split())}{place}".strip()


def _traceback(record: logging.LogRecord) -> str:
    if not record.exc_info or logging.root.level > logging.DEBUG:
        return ""
    return "\n" + "".join(traceback.format_exception(*record.exc_info)).rstrip()
