"""The documents that a page fetches."""

from live.documents.document import publish_document, publish_tapes
from live.documents.loss_map import publish_map
from live.documents.search_index import publish_search
from live.modules import GUIDE, HOME
from live.words.text import LANGUAGES


def fetched(name: str, language: str) -> tuple[str, ...]:
    """Publish what a page fetches; the addresses, relative to the page.

    Args:
        name: A page with a stage, or `HOME`.
    """
    if name == GUIDE:
        return ()
    if name == HOME:
        return (publish_map(language),)
    return publish_document(name, language), publish_tapes(name)


def searched() -> dict[str, str]:
    """Publish the indices of the search; their addresses, by language."""
    return {language: publish_search(language) for language in LANGUAGES}
