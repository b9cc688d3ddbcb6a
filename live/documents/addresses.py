"""The documents that a page fetches."""

from live.documents.document import publish_document, publish_tapes
from live.documents.loss_map import publish_map
from live.modules import HOME


def fetched(name: str, language: str) -> tuple[str, ...]:
    """Publish what a page fetches; the addresses, relative to the page.

    Args:
        name: A page with a stage, or `HOME`.
    """
    if name == HOME:
        return (publish_map(language),)
    return publish_document(name, language), publish_tapes(name)
