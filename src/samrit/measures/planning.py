"""Plan: what has to be counted for some periods, each part once per distinct set of the days that it names.

A set of days is a key, written as one bit (1, 2, 4 ...), so that one number says in which of them a thing counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from samrit.measures.compiling import Compiled, Part
from samrit.reference import Period

Days = dict[str, date]


class Form(StrEnum):
    """How many periods are made from one text."""

    LATERAL = "lateral"
    LITERAL = "literal"


@dataclass(frozen=True, order=True)
class When:
    """A period and its census day."""

    period: Period
    census_day: date

    @property
    def days(self) -> Days:
        """The days that a text may name."""
        return {"start": self.period.start, "end": self.period.end, "census": self.census_day}


@dataclass(frozen=True)
class Keys:
    """The distinct sets of days that a part names, and for each period the bit of its set."""

    days: tuple[Days, ...]
    bit_of: tuple[int, ...]


@dataclass(frozen=True)
class Way:
    """What one figure is summed from: a place on a census day, and bits that a thing must have in A and in B.

    no: number of the way among those of its letter; 0 as bits: that part is not asked.
    """

    letter: str
    no: int
    census_day: date
    a_bit: int
    b_bit: int


class Plan:
    """The keys of both parts and the distinct ways to combine them: twelve months under one census day have one B.

    a_of, b_of: for each period the number of its way.
    """

    def __init__(self, compiled: Compiled, whens: Sequence[When], form: Form) -> None:
        self.compiled, self.whens, self.form = compiled, whens, form
        self.counted_at = compiled.measure.definition.counted_at
        self.by_row = self.counted_at.is_by_row
        self.sums = compiled.a.sums or compiled.b.sums
        self.part_of_b = compiled.measure.definition.a.part_of == "b"
        self.a_keys, self.b_keys = keys_of(compiled.a, whens), keys_of(compiled.b, whens)
        days = [when.census_day for when in whens]
        # A as a part of B: a thing counts where it has both bits, so A <= B holds at every organisation.
        b_bits = self.b_keys.bit_of if self.part_of_b else [0] * len(whens)
        self.a_ways, self.a_of = _ways("a", zip(days, self.a_keys.bit_of, b_bits, strict=True))
        self.b_ways, self.b_of = _ways("b", ((day, 0, bit) for day, bit in zip(days, self.b_keys.bit_of, strict=True)))

    @property
    def parts(self) -> dict[str, tuple[Part, Keys]]:
        """Both parts and their keys."""
        return {"a": (self.compiled.a, self.a_keys), "b": (self.compiled.b, self.b_keys)}

    @property
    def ways(self) -> list[Way]:
        """All ways of both letters."""
        return [*self.a_ways, *self.b_ways]

    @cached_property
    def census_days(self) -> list[date]:
        """The distinct census days, sorted."""
        return sorted({when.census_day for when in self.whens})


def keys_of(part: Part, whens: Sequence[When]) -> Keys:
    """The keys of a part for these periods."""
    named = [tuple(when.days[name] for name in part.period_names) for when in whens]
    first = {days: when.days for days, when in reversed(list(zip(named, whens, strict=True)))}
    numbers = {days: no for no, days in enumerate(dict.fromkeys(named))}
    return Keys(tuple(first[days] for days in numbers), tuple(1 << numbers[days] for days in named))


def _ways(letter: str, asked: Iterable[tuple[date, int, int]]) -> tuple[list[Way], list[int]]:
    """The distinct ways in their first order, and for each period the number of its own."""
    asked = list(asked)
    numbers = {way: no for no, way in enumerate(dict.fromkeys(asked))}
    return [Way(letter, no, *way) for way, no in numbers.items()], [numbers[way] for way in asked]
