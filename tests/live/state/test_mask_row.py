"""A mask in a link: short, exact, and nothing else is let in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.families.segmentation.masks import coins
from live.state.mask_row import Mask

SMALL = Mask("small", "000000", 2, 3, 3)
LARGE = Mask("large", "0" * 432, 18, 24, 7)
masks = st.text("0123456", min_size=432, max_size=432)


def test_a_link_writes_runs():
    assert SMALL.text("001222") == "a2bc3"
    assert SMALL.text("012012") == "abcabc"
    assert SMALL.parse("a2bc3") == "001222"
    assert SMALL.parse("aabccc") == "001222", "runs need not be as long as they could be"


@given(masks)
def test_every_mask_comes_back_and_is_never_longer_than_its_cells(cells):
    text = LARGE.text(cells)
    assert LARGE.parse(text) == cells
    assert len(text) <= 432
    assert text.isalnum()
    assert text.isascii()


def test_a_scene_may_write_rows():
    assert SMALL.check(["001", "222"]) == "001222"
    assert SMALL.check(("001", "222")) == "001222"


@pytest.mark.parametrize(
    "text",
    ["", "a", "a5", "a7", "a0b6", "a6b", "a2d4", "A6", "6", "a-6", "a 6", "a6\n", "a06",
     "a" * 10_000, "a" + "9" * 10_000, "é6", "a６"],
)  # fmt: skip
def test_what_is_no_mask_of_this_size_is_refused(text):
    with pytest.raises(ValueError, match="small"):
        SMALL.parse(text)


@pytest.mark.parametrize(
    "value",
    [None, 6, True, "00122", "0012222", "001223", "00122x", "００１２２２", ["001"], ["00", "1222"],
     ["001", 222], [["0", "0", "1"], ["2", "2", "2"]], {}, b"001222"],
)  # fmt: skip
def test_what_a_browser_must_not_send_is_refused(value):
    with pytest.raises(ValueError, match="small"):
        SMALL.check(value)


def test_a_refusal_can_be_told():
    assert LARGE.allowed() == ("allowed_mask", {"last": "g", "cells": "432"})


def test_the_true_mask_of_the_picture_is_one():
    row = Mask("target", coins(), 18, 24, 2)
    assert row.check(coins()) == coins()
    assert 0.2 < coins().count("1") / 432 < 0.5
