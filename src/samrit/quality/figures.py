"""Figures: A and B of the whole period and A of its months, as one centre's row holds them.

A month is counted in one of two ways. `new`: what first counts by the end of that month, so that the months add up to
the year, as in the centre's tables. `alone`: the month as a period of its own; who counts in two months counts twice.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

from samrit.measures import When
from samrit.reference import Period
from samrit.results import Amount, Cell, add

WHOLE = 0
Figure = tuple[str, int]
"""Letter, and WHOLE or a calendar month."""
Key = tuple[str, Figure]
"""Facility and figure."""
Counts = Mapping[Key, Amount]


def apart(one: Amount, other: Amount = 0) -> Amount:
    """How far two figures lie apart, signs aside."""
    return one - other if one >= other else other - one


class Months(StrEnum):
    """How a month is counted."""

    NEW = "new"
    ALONE = "alone"


class PeriodFigures:
    """The figures of one period under one census day; `whens` is what has to be counted for them.

    months: the calendar months that are asked for; those outside the period have no figure.
    """

    def __init__(self, when: When, months: Collection[int], way: Months) -> None:
        self.when = when
        pieces = when.period.months()
        self._steps: dict[int, tuple[Period, Period | None]] = {}
        before: Period | None = None
        for piece in pieces if len(pieces) <= 12 else ():
            now = piece if way is Months.ALONE else Period(when.period.start, piece.end)
            if piece.start.month in months and piece.start.month not in self._steps:
                self._steps[piece.start.month] = (now, before)
            before = None if way is Months.ALONE else now
        periods = dict.fromkeys([when.period, *(p for pair in self._steps.values() for p in pair if p)])
        self.whens = [When(period, when.census_day) for period in sorted(periods)]
        self._place = {w.period: at for at, w in enumerate(self.whens)}

    @property
    def months(self) -> tuple[int, ...]:
        """The months that have a figure, in the order of the period."""
        return tuple(self._steps)

    def counts(self, cells: Iterable[Cell]) -> dict[Key, Amount]:
        """The figures of every facility that has cells."""
        sums: dict[tuple[str, str, Period], Amount] = {}
        for cell in cells:
            key = (cell.facility, cell.letter, cell.period)
            sums[key] = add(sums.get(key, 0), cell.amount)
        found: dict[Key, Amount] = {}
        for facility in sorted({facility for facility, *_ in sums}):
            for letter in "ab":
                found[facility, (letter, WHOLE)] = sums.get((facility, letter, self.when.period), 0)
            for month, (now, before) in self._steps.items():
                earlier = sums.get((facility, "a", before), 0) if before else 0
                found[facility, ("a", month)] = add(sums.get((facility, "a", now), 0), -earlier)
        return found

    def of_thing(self, in_a: Sequence[bool], in_b: Sequence[bool]) -> frozenset[Figure]:
        """The figures to which a thing adds one; in_a, in_b: whether it counts, for each of `whens`."""
        whole = self._place[self.when.period]
        found = {(letter, WHOLE) for letter, stands in (("a", in_a), ("b", in_b)) if stands[whole]}
        for month, (now, before) in self._steps.items():
            if in_a[self._place[now]] and not (before and in_a[self._place[before]]):
                found.add(("a", month))
        return frozenset(found)
