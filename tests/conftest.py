"""Fixtures that every folder of tests can use."""

from collections.abc import Iterator

import pytest

from tests.serving import running_app


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the running app; one process for all tests of a pytest worker."""
    with running_app() as address:
        yield address
