"""The map of the losses: complete, computed, and every door leads somewhere."""

import json
import re

import pytest

from catalog import CATALOG
from live.assets import published
from live.documents.loss_map import HEIGHT, WIDTH, publish_map
from live.families import EVERY_PAGE
from live.words.text import LANGUAGES


@pytest.fixture(params=LANGUAGES)
def drawn(request):
    address = publish_map(request.param)
    return json.loads(published(address.removeprefix("data/")))


def test_every_loss_of_every_page_has_a_door(drawn):
    doors = {
        district["name"]: [loss["id"] for loss in district["losses"]]
        for district in drawn["districts"]
    }
    assert doors == {name: [loss.id for loss in page.losses] for name, page in EVERY_PAGE.items()}


def test_pictures_stay_inside_their_frame_and_are_not_flat(drawn):
    for district in drawn["districts"]:
        for loss in district["losses"]:
            numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", loss["profile"])]
            across, up = numbers[::2], numbers[1::2]
            assert len(across) > 20, loss["id"]
            assert min(across) >= 0
            assert max(across) <= WIDTH
            assert min(up) >= 0
            assert max(up) <= HEIGHT
            assert max(up) - min(up) > HEIGHT / 8, loss["id"]


def test_related_losses_exist():
    for loss in CATALOG.values():
        assert set(loss.related) <= set(CATALOG) - {loss.id}, loss.id
