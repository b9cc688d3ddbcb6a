"""`help(giou_loss)` or `help(GIoULoss)` alone is enough to use it: all say the same things."""

import doctest
import inspect

import pytest
import torch

import losses

PARTS = ("Args:", "Returns:", "Raises:", "Example:")
NAMESPACE = {name: getattr(losses, name) for name in losses.__all__} | {"torch": torch}
UNSOURCED = {
    "best_device",
    "box_convert",
    "centre_to_corners",
    "corners_to_centre",
    "device_name",
} | {name for name in losses.__all__ if name.startswith("check_")}
"""What is no formula of anybody."""
PUBLIC = sorted(set(losses.__all__) - {"LossModule"})  # the base says what its classes share


def _arguments(thing):
    """All that a caller gives: to a function, or to a class and then to its instances."""
    given = list(inspect.signature(thing).parameters)
    if inspect.isclass(thing):
        given += list(inspect.signature(thing.forward).parameters)[1:]
    return given


@pytest.mark.parametrize("name", PUBLIC)
def test_a_docstring_says_all_that_a_caller_needs(name):
    function = inspect.unwrap(getattr(losses, name))
    text = inspect.getdoc(function) or ""
    arguments = _arguments(function)
    wanted = [part for part in PARTS if arguments or part != "Args:"]
    if name in ("best_device", "device_name"):  # nothing is given, nothing can be wrong
        wanted = ["Returns:", "Example:"]
    missing = [part for part in wanted if part not in text]
    if name not in UNSOURCED and "Source:" not in text:
        missing.append("Source:")
    assert not missing, f"{function.__module__}.{name} lacks {', '.join(missing)}"
    said = text.partition("Args:")[2].partition("Returns:")[0]
    unsaid = [argument for argument in arguments if argument not in said]
    assert not unsaid, f"{function.__module__}.{name}: Args says nothing of {', '.join(unsaid)}"


@pytest.mark.parametrize("name", PUBLIC)
def test_an_example_prints_what_it_says(name):
    function = inspect.unwrap(getattr(losses, name))
    (found,) = doctest.DocTestFinder(recurse=False).find(function, name, globs=dict(NAMESPACE))
    said: list[str] = []
    result = doctest.DocTestRunner().run(found, out=said.append)
    assert result.attempted, f"{function.__module__}.{name} has no example"
    assert not result.failed, "".join(said)
