"""Persons whom a pool pays for by a measure and whose same service was also paid as an item of its own.

Source: document 002, slide 24, which asks whether money for filling in the form is paid beside the pool.
"""

from dataclasses import dataclass
from datetime import date

from samrit.measures.compiling import Compiled
from samrit.measures.engine import Engine, text
from samrit.measures.people import Hit, list_hits
from samrit.measures.planning import When
from samrit.reference import OrgLevel


@dataclass(frozen=True)
class PaidItem:
    """One item that was paid: the day of the service, the facility that was paid, satang (None: not said), its line."""

    day: date
    facility: str
    row_id: int
    amount_satang: int | None


@dataclass(frozen=True)
class PaidTwice:
    """A person in A of a measure, with the lines that make her count; the items paid for the service in the period."""

    hit: Hit
    service: str
    items: tuple[PaidItem, ...]

    @property
    def amount_satang(self) -> int:
        """Satang of the items, as far as they are said."""
        return sum(item.amount_satang or 0 for item in self.items)


def list_paid_twice(
    engine: Engine, compiled: Compiled, when: When, service: str, level: OrgLevel, org: str
) -> list[PaidTwice]:
    """The persons of A at one organisation for whom the service was paid in the period, ordered as the hits are."""
    start, end = (f"DATE '{day.isoformat()}'" for day in (when.period.start, when.period.end))
    paid: dict[int, list[PaidItem]] = {}
    for person, *item in engine.rows(
        f"SELECT person_id, day, facility, row_id, amount_satang FROM paid_items "  # noqa: S608 (own words)
        f"WHERE service = {text(service)} AND day BETWEEN {start} AND {end}"
    ):
        paid.setdefault(person, []).append(PaidItem(*item))
    hits = list_hits(engine, compiled, when, "a", level, org)
    return [
        PaidTwice(hit, service, tuple(sorted(paid[hit.person_id], key=lambda item: (item.day, -item.row_id))))
        for hit in hits
        if hit.person_id is not None and hit.person_id in paid
    ]
