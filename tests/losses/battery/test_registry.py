"""No public function escapes the battery."""

import losses
from tests.losses.battery.registry import CASES, NOT_TESTED


def test_every_public_function_has_a_case_or_a_reason_to_have_none() -> None:
    named = {case.name for case in CASES}
    assert named | NOT_TESTED.keys() == set(losses.__all__)
    assert not named & NOT_TESTED.keys()


def test_cases_differ_by_name() -> None:
    assert len({str(case) for case in CASES}) == len(CASES)
