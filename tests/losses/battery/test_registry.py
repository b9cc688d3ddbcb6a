"""No public function escapes the battery. (Classes: `test_classes.py`.)"""

import inspect

import losses
from tests.losses.battery.registry import CASES, NOT_TESTED


def test_every_public_function_has_a_case_or_a_reason_to_have_none() -> None:
    functions = {name for name in losses.__all__ if not inspect.isclass(getattr(losses, name))}
    named = {case.name for case in CASES}
    assert named | NOT_TESTED.keys() == functions
    assert not named & NOT_TESTED.keys()


def test_cases_differ_by_name() -> None:
    assert len({str(case) for case in CASES}) == len(CASES)
