"""Where the formulas come from: `cite("huber_1964")` looks a source up in `references.toml`."""

import tomllib
from pathlib import Path

from catalog.record import Reference

FILE = Path(__file__).with_name("references.toml")
REFERENCES = {
    key: Reference(**entry) for key, entry in tomllib.loads(FILE.read_text("utf-8")).items()
}
"""Every source that stands in the file, by its key there."""


def cite(*keys: str) -> tuple[Reference, ...]:
    """The sources of one record, the first that gave the formula before the others.

    Raises:
        ValueError: for a key that `references.toml` does not have.
    """
    for key in keys:
        if key not in REFERENCES:
            raise ValueError(f"references must be keys of catalog/{FILE.name}; got {key!r}")
    return tuple(REFERENCES[key] for key in keys)
