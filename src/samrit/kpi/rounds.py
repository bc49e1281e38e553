"""Rounds: the four ends of a fiscal year at which a KPI is judged, and what a value of one round means for the year.

Source: moph-kpi.md section 2, points 5 and 6. A round that was not reported is None and never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

BUDDHIST = 543


class Round(StrEnum):
    """Three, six, nine and twelve months from 1 October."""

    M3 = "M3"
    M6 = "M6"
    M9 = "M9"
    M12 = "M12"

    def ends(self, fiscal_year: int) -> date:
        """The last day of the round. fiscal_year: Buddhist Era.

        >>> Round.M3.ends(2561), Round.M12.ends(2561)
        (datetime.date(2017, 12, 31), datetime.date(2018, 9, 30))
        """
        year = fiscal_year - BUDDHIST
        return {
            Round.M3: date(year - 1, 12, 31),
            Round.M6: date(year, 3, 31),
            Round.M9: date(year, 6, 30),
            Round.M12: date(year, 9, 30),
        }[self]

    @property
    def until(self) -> tuple["Round", ...]:
        """The rounds of the year up to this one."""
        every = tuple(Round)
        return every[: every.index(self) + 1]


class Course(StrEnum):
    """What the value of a letter in one round is."""

    CUMULATIVE = "cumulative"  # from 1 October on: the last reported one is the year's
    DISCRETE = "discrete"  # of the quarter alone: quarters add up
    SNAPSHOT = "snapshot"  # on the last day: the last reported one counts, it may fall


@dataclass(frozen=True)
class Reported:
    """The value of a letter at a round, and the last round that it comes from (None: nothing was reported)."""

    value: Decimal | None
    of: Round | None


def at_round(reported: Mapping[Round, Decimal | None], course: Course, at: Round) -> Reported:
    """The value of a letter at a round from what was reported round by round.

    Cumulative and snapshot values are the latest that was reported, with its round, so a missing later round does not
    turn a result into 0. Discrete quarters add up to the latest that was reported; one missing in between leaves no
    value, for the sum of the others is not the year's.

    >>> quarters = {Round.M3: Decimal(5), Round.M6: Decimal(7), Round.M9: None}
    >>> at_round(quarters, Course.CUMULATIVE, Round.M9)
    Reported(value=Decimal('7'), of=<Round.M6: 'M6'>)
    >>> at_round(quarters, Course.DISCRETE, Round.M9)
    Reported(value=Decimal('12'), of=<Round.M6: 'M6'>)
    """
    known = [each for each in at.until if reported.get(each) is not None]
    if not known:
        return Reported(None, None)
    last = known[-1]
    if course is not Course.DISCRETE:
        return Reported(reported[last], last)
    quarters = [reported.get(each) for each in last.until]
    added = [value for value in quarters if value is not None]
    return Reported(sum(added, Decimal(0)) if len(added) == len(quarters) else None, last)
