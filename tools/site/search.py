"""The index of the search for the static site: the app's, its addresses those of the site."""

import json
from typing import Any

from live.assets import publish
from live.documents.search_index import publish_search
from live.documents.stage_page import published_text


def publish_site_search(language: str) -> str:
    """Publish the index in one language; its address. Lectures are left out: the site has none."""
    index = json.loads(published_text(publish_search(language)))
    index["entries"] = [
        _moved(entry, language) for entry in index["entries"] if entry["kind"] != "lecture"
    ]
    index["symptoms"] = [_moved(symptom, language) for symptom in index["symptoms"]]
    index["guide"] = _address(index["guide"], language)
    return publish(f"search-site-{language}", json.dumps(index, ensure_ascii=False))


def _moved(entry: dict[str, Any], language: str) -> dict[str, Any]:
    return entry | {"address": _address(entry["address"], language)}


def _address(address: str, language: str) -> str:
    page, asks, query = address.partition("?")
    if query.startswith("claim="):
        return f"{language}/{page}.html#{query.removeprefix('claim=')}"
    return f"{language}/{page}.html{asks}{query}"
