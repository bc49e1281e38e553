"""Known: what is known of one item at one unit, everything that a rule may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from samrit.problems import problem
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import CUT
from samrit.scoring.norm import Norm

Fact = Decimal | bool | str | date


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an item at a unit; None and an absent name mean not known, never 0.

    value: this period's value. last: last year's value, in the same unit. cases: how many cases stand behind the value
    (B), for the least number of cases. facts: by name (a number, true or false, a text, a day); the names value, last,
    change and cases always mean the members. norms: by name of the fact, the norm of its group; '' is the value's own.
    attributes: what the unit itself is (its service level, say), by name, None where that is not known; they are tested
    as facts are, but a unit of which nothing else is known has no data.

    >>> Known(Decimal(82), last=Decimal("78.5")).change
    Decimal('3.5')
    """

    value: Decimal | None = None
    last: Decimal | None = None
    cases: Decimal | int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    norms: Mapping[str, Norm] = field(default_factory=dict)
    attributes: Mapping[str, Fact | None] = field(default_factory=dict)

    @property
    def change(self) -> Decimal | None:
        """value - last, in the unit of the value; None when one is not known. Raises ScoringError for NaN, infinity."""
        return change_of(self.value, self.last)


def change_of(value: Decimal | None, last: Decimal | None) -> Decimal | None:
    """value - last, as `Known.change`."""
    if value is None or last is None:
        return None
    if not (value.is_finite() and last.is_finite()):
        raise ScoringError(problem("scoring.value"))
    return CUT.subtract(value, last)
