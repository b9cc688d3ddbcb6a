"""Numbers in sentences: whole ones whole, small ones with an exponent, minus signs as signs."""

import math

import pytest

from live.words.number_format import as_on_stage, in_prose


@pytest.mark.parametrize(
    ("value", "stage", "prose"),
    [
        (3.0, "3", "3"),
        (-0.0, "0", "0"),
        (2e-17, "0", "0"),
        (0.36354803, "0.364", "0.3635"),
        (-2.5, "−2.500", "−2.5"),
        (14.09, "14.090", "14.09"),
        (24283.9, "24283.9", "24283.9"),
        (999.9996, "1000.0", "1000"),
        (123456.7, "123457", "123456.7"),
        (3.4e-4, "3.4e−4", "0.00034"),
        (3.4e-5, "3.4e−5", "3.4e−5"),
        (-1.24e-11, "−1.2e−11", "−1.2e−11"),
        (2.5e6, "2.5e6", "2.5e6"),
        (1e6, "1.0e6", "1.0e6"),
        (math.inf, "∞", "∞"),
        (-math.inf, "−∞", "−∞"),
    ],
)
def test_written(value: float, stage: str, prose: str) -> None:
    assert (as_on_stage(value), in_prose(value)) == (stage, prose)


def test_more_digits_are_written_where_the_point_lies_in_them() -> None:
    assert (in_prose(9.99959), in_prose(10.00005)) == ("10", "10")
    assert (in_prose(9.99959, 6), in_prose(10.00005, 6)) == ("9.99959", "10")
