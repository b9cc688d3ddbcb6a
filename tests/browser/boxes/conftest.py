"""The box page, for the tests of this folder."""

from collections.abc import Callable

import pytest

from tests.browser.box_stage import BoxStage


@pytest.fixture
def stage(open_page) -> Callable[..., BoxStage]:
    """`stage(path, …)`: a box page that is ready, and counts its messages."""
    return lambda path="/boxes", lang="en", **options: BoxStage(
        open_page(path, lang=lang, **options), lang
    )
