"""What a refused rule or value says: the codes of its problems."""

from collections.abc import Callable

import pytest

from samrit.scoring import ScoringError


def codes_of(make: Callable[[], object]) -> list[str]:
    """The codes of the problems that the call is refused with, in order."""
    with pytest.raises(ScoringError) as caught:
        make()
    return [problem.code for problem in caught.value.problems]
