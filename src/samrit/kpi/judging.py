"""Judging: targets per year and round, the verdict on a value, and how many units pass.

Source: moph-kpi.md section 2, points 7 and 8, and section 4. The unrounded value is compared; no target, no verdict.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from operator import eq, ge, gt, le, lt

from samrit.kpi.errors import KpiError
from samrit.kpi.rounds import Round
from samrit.problems import problem


class Operator(StrEnum):
    """How a value is held against its target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"
    EQUALS = "="
    BETWEEN = "between"  # both ends count


HOLDS: Mapping[Operator, Callable[[Decimal, Decimal], bool]] = {
    Operator.AT_LEAST: ge,
    Operator.AT_MOST: le,
    Operator.ABOVE: gt,
    Operator.BELOW: lt,
    Operator.EQUALS: eq,
}
"""An operator with one number: (value, target) -> whether it holds."""


@dataclass(frozen=True)
class Target:
    """A target: a number in the unit of the value, and its upper end under `between`.

    Raises KpiError for an upper end below the number.
    """

    value: Decimal
    upper: Decimal | None = None

    def __post_init__(self) -> None:
        if self.upper is not None and self.upper < self.value:
            raise KpiError(problem("kpi.target.range", lower=self.value, upper=self.upper))


@dataclass(frozen=True)
class Targets:
    """Targets by fiscal year (Buddhist Era) and round; a round without one has no criterion, which is not 0."""

    by_year: Mapping[int, Mapping[Round, Target]] = field(default_factory=dict)

    def of(self, fiscal_year: int, at: Round) -> Target | None:
        """The target of a round of a year."""
        return self.by_year.get(fiscal_year, {}).get(at)

    def final(self, fiscal_year: int) -> Target | None:
        """The target that judges the year: that of the twelfth month."""
        return self.of(fiscal_year, Round.M12)

    def last(self, fiscal_year: int) -> Target | None:
        """The last target that the year has, as the ministry's old page compared with at all times."""
        of_year = self.by_year.get(fiscal_year, {})
        return next((of_year[at] for at in reversed(Round) if at in of_year), None)


def judge(value: Decimal | None, operator: Operator, target: Target | None) -> bool | None:
    """Whether an unrounded value meets the target; None without a value or without a target.

    Raises KpiError when `between` has one end only.

    >>> judge(Decimal("79.66"), Operator.AT_LEAST, Target(Decimal(80))), judge(None, Operator.AT_LEAST, None)
    (False, None)
    """
    if operator is Operator.BETWEEN and target is not None and target.upper is None:
        raise KpiError(problem("kpi.target.between", found=target.value))
    if value is None or target is None:
        return None
    if target.upper is not None and operator is Operator.BETWEEN:
        return target.value <= value <= target.upper
    return HOLDS[operator](value, target.value)


class Unreported(StrEnum):
    """What a unit without a value is in "passed / not passed"."""

    EXCLUDE = "exclude"
    FAIL = "fail"


@dataclass(frozen=True)
class Verdicts:
    """How many units pass and fail, and how many of all did not report (always told, also where they fail)."""

    passed: int
    failed: int
    unreported: int


def count_verdicts(verdicts: Iterable[bool | None], unreported: Unreported = Unreported.EXCLUDE) -> Verdicts:
    """The verdicts of units together; None is a unit that did not report.

    >>> count_verdicts([True, True, False, None], Unreported.FAIL)
    Verdicts(passed=2, failed=2, unreported=1)
    """
    every = list(verdicts)
    absent = sum(verdict is None for verdict in every)
    failed = sum(verdict is False for verdict in every) + (absent if unreported is Unreported.FAIL else 0)
    return Verdicts(sum(verdict is True for verdict in every), failed, absent)
