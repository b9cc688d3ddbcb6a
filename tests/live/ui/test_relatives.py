"""The line that links a loss to those that it is related to."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from catalog import CATALOG
from live.families.page_tables import table
from live.ui import sections


@pytest.mark.parametrize("loss_id", CATALOG)
def test_every_relative_is_a_link_that_opens_it(loss_id, monkeypatch):
    monkeypatch.setattr(sections, "language_link", lambda language: {"lang": language})
    links = re.findall(r'href="([^"]+)"', sections.relatives(loss_id, "zh"))
    opened = []
    for link in links:
        address = urlsplit(link.replace("&amp;", "&"))
        query = dict(parse_qsl(address.query))
        assert query.pop("lang") == "zh"
        state, ignored = table(address.path).read_link(query)
        assert not ignored
        assert state["loss"] in state["losses"]
        opened.append(state["loss"])
    assert tuple(opened) == tuple(CATALOG[loss_id].related)


@pytest.mark.parametrize("loss_id", CATALOG)
def test_a_loss_leads_to_the_claims_about_it(loss_id, monkeypatch):
    monkeypatch.setattr(sections, "language_link", lambda language: {"lang": language})
    links = re.findall(r'href="([^"]+)"', sections.trials(loss_id, "en"))
    asked = [dict(parse_qsl(urlsplit(link.replace("&amp;", "&")).query)) for link in links]
    assert [query["claim"] for query in asked] == list(sections.claims_about(loss_id))
    assert all(query["loss"] == loss_id for query in asked)
