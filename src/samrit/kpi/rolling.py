"""Rolling up: results of units made into one of the area above them. Source: moph-kpi.md section 2, points 3 and 4.

By default A and B are added over the units that reported, then the formula is applied; percents are never averaged
unless the KPI says so. A unit that did not report adds nothing and is counted beside the result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from samrit.formula import Formula, decimal_of
from samrit.kpi.errors import KpiError
from samrit.problems import problem


class RollUp(StrEnum):
    """How results of units become one."""

    RATIO_OF_SUMS = "ratio_of_sums"  # add every letter, then the formula
    SUM = "sum"  # add the results
    MEAN_OF_UNITS = "mean_of_units"  # every unit counts once
    LAST = "last"  # the result of the unit that reported last, in the order given
    MAX = "max"
    MIN = "min"
    COUNT_PASSING_UNITS = "count_passing_units"  # units that pass x 100 / units assessed
    ALL_MUST_PASS = "all_must_pass"  # noqa: S105 (no password) 1 when every unit passes, else 0
    NONE = "none"  # the area enters its own row


@dataclass(frozen=True)
class UnitResult:
    """One unit: its letters (None or absent: not reported), its result and its verdict."""

    unit: str
    values: Mapping[str, Decimal | None]
    result: Decimal | None = None
    passes: bool | None = None


@dataclass(frozen=True)
class Rolled:
    """The letters (where they are added up) and the result of an area, and how many of its units did not report."""

    values: Mapping[str, Decimal | None]
    result: Decimal | None
    unreported: int


def roll_up(units: Sequence[UnitResult], how: RollUp, formula: Formula) -> Rolled:
    """The result of an area. Raises KpiError for `none`, whose areas have rows of their own.

    >>> from samrit.formula import parse
    >>> reported = {"R01": (9, 10), "R02": (0, 90)}
    >>> units = [UnitResult(code, {"A": Decimal(a), "B": Decimal(b)}) for code, (a, b) in reported.items()]
    >>> roll_up(units, RollUp.RATIO_OF_SUMS, parse("A/B x 100")).result
    Decimal('9')
    """
    match how:
        case RollUp.NONE:
            raise KpiError(problem("kpi.roll_up.none"))
        case RollUp.RATIO_OF_SUMS:
            return _of_sums(units, formula)
        case RollUp.COUNT_PASSING_UNITS | RollUp.ALL_MUST_PASS:
            return _of_verdicts(units, how)
        case _:
            return _of_results(units, how)


def _of_sums(units: Sequence[UnitResult], formula: Formula) -> Rolled:
    """A unit counts when it reported every letter of the formula: half a report would tilt the ratio."""
    whole = [unit for unit in units if all(unit.values.get(name) is not None for name in formula.names)]
    sums: dict[str, Decimal | None] = {
        name: sum((value for unit in whole if (value := unit.values[name]) is not None), Decimal(0)) if whole else None
        for name in formula.names
    }
    return Rolled(sums, formula.evaluate(sums), len(units) - len(whole))


def _of_verdicts(units: Sequence[UnitResult], how: RollUp) -> Rolled:
    assessed = [unit.passes for unit in units if unit.passes is not None]
    absent = len(units) - len(assessed)
    passed = sum(assessed)
    if how is RollUp.ALL_MUST_PASS:
        known = bool(assessed) and (absent == 0 or passed < len(assessed))
        return Rolled({}, Decimal(passed == len(units)) if known else None, absent)
    letters: dict[str, Decimal | None] = {"A": Decimal(passed), "B": Decimal(len(assessed))}
    return Rolled(letters, decimal_of(Fraction(passed * 100, len(assessed))) if assessed else None, absent)


def _of_results(units: Sequence[UnitResult], how: RollUp) -> Rolled:
    known = [unit.result for unit in units if unit.result is not None]
    absent = len(units) - len(known)
    if not known:
        return Rolled({}, None, absent)
    total = sum((Fraction(result) for result in known), Fraction(0))
    results = {
        RollUp.SUM: decimal_of(total),
        RollUp.MEAN_OF_UNITS: decimal_of(Fraction(total, len(known))),
        RollUp.LAST: known[-1],
        RollUp.MAX: max(known),
        RollUp.MIN: min(known),
    }
    return Rolled({}, results[how], absent)
