"""Codes that people type, and secrets that nobody does."""

import hashlib
import re
import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No I and O, no 1 and 0: on a wall they look alike."""
LENGTH = 5

_CODE = re.compile(f"[{LETTERS}]{{{LENGTH}}}")
_PHONE = re.compile(r"[A-Za-z0-9_-]{16,64}")


def new_code() -> str:
    """One of 33 million codes, each as likely."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def new_secret() -> str:
    """What the lecturer's browser keeps, and shows to nobody: 128 random bits."""
    return secrets.token_urlsafe(16)


def digest(secret: str) -> str:
    """What is kept of a secret: whoever reads the store cannot lead its rooms."""
    return hashlib.sha256(secret.encode()).hexdigest()


def proves(secret: str, kept: str) -> bool:
    """Whether a secret is the one whose digest was kept."""
    return secrets.compare_digest(digest(secret), kept)


def as_code(text: str) -> str | None:
    """The code that a person meant, who may write it small; None for what is none."""
    code = text.upper()
    return code if _CODE.fullmatch(code) else None


def is_phone(value: object) -> bool:
    """Whether a value can be the random id that a phone keeps."""
    return isinstance(value, str) and _PHONE.fullmatch(value) is not None
