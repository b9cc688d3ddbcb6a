"""What the operator says of the address under which people reach the app: `LOSS_LAB_PUBLIC_URL`."""

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""Whoever asks by these names is on the machine: a container's health check, `make run`."""


@dataclass(frozen=True)
class PublicUrl:
    """Under which name the app is reached, and whether TLS stands in front of it."""

    host: str
    secure: bool

    def answers_for(self, host: str) -> bool:
        """Whether a request that names this host is meant for the app."""
        asked = host.lower()
        name = re.sub(r":\d+$", "", asked)
        return asked == self.host or name == self.host or name in LOOPBACK


def public_url() -> PublicUrl | None:
    """What `LOSS_LAB_PUBLIC_URL` says; None where it says nothing.

    Raises:
        ValueError: it is no address of a web page.
    """
    given = os.environ.get("LOSS_LAB_PUBLIC_URL", "")
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ValueError(f"LOSS_LAB_PUBLIC_URL must be like https://lab.example.org; got {given!r}")
    return PublicUrl(parts.netloc.lower(), parts.scheme == "https")
