"""The regression page, for the tests of this folder."""

import pytest

from tests.browser.regression_stage import Stage


@pytest.fixture
def stage(open_page):
    """`stage(path, …)`: a regression page that is ready, and counts its messages."""
    return lambda path="/regression", lang="en", **options: Stage(
        open_page(path, lang=lang, **options), lang
    )
