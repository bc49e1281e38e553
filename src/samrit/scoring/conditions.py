"""Conditions: what must be true of a fact for a rung or branch to hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from samrit.problems import Problems, problem
from samrit.scoring.errors import ScoringError
from samrit.scoring.known import Fact, Known


class FactTest(StrEnum):
    """How a fact is looked at."""

    IS = "is"
    ONE_OF = "one_of"
    ABOVE = "above"
    AT_LEAST = "at_least"
    BELOW = "below"
    AT_MOST = "at_most"
    Z_ABOVE = "z_above"  # above mean + z SD of its group, and so on
    Z_AT_LEAST = "z_at_least"
    Z_BELOW = "z_below"
    Z_AT_MOST = "z_at_most"
    VALID = "valid"  # a day that, with the grace, is not before the day of judging
    EXPIRED = "expired"  # a known day that is not valid


# Where a number may stand against the operand (-1 below, 0 at, 1 above) for the test to hold
_STANDS = {
    FactTest.ABOVE: (1,),
    FactTest.AT_LEAST: (0, 1),
    FactTest.BELOW: (-1,),
    FactTest.AT_MOST: (-1, 0),
    FactTest.Z_ABOVE: (1,),
    FactTest.Z_AT_LEAST: (0, 1),
    FactTest.Z_BELOW: (-1,),
    FactTest.Z_AT_MOST: (-1, 0),
}
_NORMED = {FactTest.Z_ABOVE, FactTest.Z_AT_LEAST, FactTest.Z_BELOW, FactTest.Z_AT_MOST}
_DATED = {FactTest.VALID, FactTest.EXPIRED}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one fact. The fact names value, last, change and cases mean the members of `Known`.

    operand: a fact for `is`; facts of one kind for `one_of`; a number for above, at_least, below, at_most; z, in SD
    from the mean of the group, for z_above, z_at_least, z_below, z_at_most; None for valid and expired. Raises
    ScoringError for a condition without a fact and for an operand that does not fit the test.

    >>> Condition("nurses", FactTest.AT_LEAST, Decimal(1)).test.value
    'at_least'
    """

    fact: str
    test: FactTest
    operand: Fact | tuple[Fact, ...] | None = None

    def __post_init__(self) -> None:
        if not self.fact or not self._operand_fits():
            raise ScoringError(problem("scoring.condition.operand", fact=self.fact, test=self.test.value))

    @property
    def kind(self) -> type[Fact]:
        """What the fact must be: bool, Decimal, str or date."""
        some = self.operand[0] if isinstance(self.operand, tuple) else self.operand
        return _kind(some) or date  # valid and expired have no operand

    def _operand_fits(self) -> bool:
        if self.test in _DATED:
            return self.operand is None
        if self.test is FactTest.ONE_OF:
            kinds = {_kind(one) for one in self.operand} if isinstance(self.operand, tuple) else set()
            return len(kinds) == 1 and None not in kinds
        kind = _kind(self.operand)
        return kind is Decimal if self.test in _STANDS else kind is not None


def look_up(known: Known, fact: str) -> Fact | None:
    """The fact of that name, None when it is not known; value, last, change and cases are the members of `Known`."""
    match fact:
        case "value":
            return known.value
        case "last":
            return known.last
        case "change":
            return known.change
        case "cases":
            return None if known.cases is None else Decimal(known.cases)
        case _:
            return known.facts.get(fact, known.attributes.get(fact))


def holds(condition: Condition, known: Known, on: date | None = None, grace_months: int = 0) -> bool:
    """Whether the condition holds of what is known. A fact that is absent makes every test False.

    on: the day on which certificates are judged. grace_months: the calendar months that a certificate outlives its day
    (nhso-2552 section 4: 6). Raises ScoringError when the fact is of a kind that does not fit the test, when a day is
    to be judged without `on`, and when a z test has no norm of its group.

    >>> known = Known(facts={"ha_until": date(2008, 10, 1)})
    >>> [holds(Condition("ha_until", FactTest.VALID), known, date(2009, 3, 31), months) for months in (5, 6)]
    [False, True]
    """
    fact = look_up(known, condition.fact)
    if fact is None:
        return False
    if _kind(fact) is not condition.kind:
        raise ScoringError(
            problem("scoring.condition.fact", fact=condition.fact, test=condition.test.value, **_said(condition.kind))
        )
    match condition.test:
        case FactTest.IS:
            return fact == condition.operand
        case FactTest.ONE_OF:
            assert isinstance(condition.operand, tuple)
            return fact in condition.operand
        case FactTest.VALID | FactTest.EXPIRED:
            assert isinstance(fact, date)
            return _is_valid(condition, fact, on, grace_months) is (condition.test is FactTest.VALID)
        case _:
            assert isinstance(fact, Decimal)
            return _stands(condition, fact, known) in _STANDS[condition.test]


def all_hold(conditions: Iterable[Condition], known: Known, on: date | None, grace_months: int) -> bool:
    """Whether every condition holds; so it is without any condition."""
    return all(holds(condition, known, on, grace_months) for condition in conditions)


def check_days(conditions: Iterable[Condition], on: date | None, grace_months: int, found: Problems) -> None:
    """Conditions that judge a day need the day of judging; the grace is not negative."""
    if grace_months < 0:
        found.add("scoring.grace", found=grace_months)
    for condition in conditions:
        if condition.test in _DATED and on is None:
            found.add("scoring.condition.day", fact=condition.fact, test=condition.test.value)


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months later, or the last day of a shorter month; the last day of all at most.

    >>> add_months(date(2008, 8, 31), 6).isoformat(), add_months(date(9999, 12, 31), 6).isoformat()
    ('2009-02-28', '9999-12-31')
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max  # 9999-12-31 is written for "does not expire"
    if (year, month) == (date.max.year, 11):
        return date(year, 12, day.day)
    last = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def _stands(condition: Condition, number: Decimal, known: Known) -> int:
    assert isinstance(condition.operand, Decimal)
    if condition.test not in _NORMED:
        return (number > condition.operand) - (number < condition.operand)
    norm = known.norms.get("" if condition.fact == "value" else condition.fact)
    if norm is None:
        raise ScoringError(problem("scoring.norm.missing", fact=condition.fact))
    return norm.compare(number, condition.operand)


def _is_valid(condition: Condition, day: date, on: date | None, grace_months: int) -> bool:
    if on is None:
        raise ScoringError(problem("scoring.condition.day", fact=condition.fact, test=condition.test.value))
    return add_months(day, grace_months) >= on


def _kind(fact: object) -> type[Fact] | None:
    """The kind of a fact; None for what is none: a number that is not finite, a day with a time, something else."""
    if isinstance(fact, bool):
        return bool
    if isinstance(fact, Decimal):
        return Decimal if fact.is_finite() else None
    if isinstance(fact, str):
        return str
    return date if type(fact) is date else None


def _said(kind: type[Fact]) -> dict[str, str]:
    th, en = {
        Decimal: ("ตัวเลข", "a number"),
        bool: ("จริงหรือเท็จ", "true or false"),
        str: ("ข้อความ", "a text"),
        date: ("วันที่", "a day"),
    }[kind]
    return {"expected_th": th, "expected_en": en}
