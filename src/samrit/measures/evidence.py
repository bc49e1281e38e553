"""The evidence behind a missing person: the rows that A looked at and that did not make her count.

No measure says anything for it. The views are those that A's text reads and that hold dated rows of persons; the rows
are those of the person with a day in the period, or up to its end where A's text does not name its start.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from samrit.measures.compiling import Compiled
from samrit.measures.engine import Engine
from samrit.measures.planning import When
from samrit.warehouse import Kind, View, views


@dataclass(frozen=True)
class Seen:
    """One row of one person: the view that A reads, the row's day and id.

    passed_over: the row lies under the view, and the view leaves it out, as blood_pressures leaves out a follow-up
    without a plausible reading.
    """

    view: str
    day: date
    row_id: int
    passed_over: bool


def views_looked_at(compiled: Compiled) -> list[View]:
    """The views of A's text that hold dated rows of persons, by name. Who lives where is no evidence."""
    named = [views()[name] for name in sorted(compiled.a.reads)]
    return [view for view in named if view.kind in {Kind.EVENT, Kind.CLAIM, Kind.PLAIN} and _holds_persons(view)]


def list_seen(engine: Engine, compiled: Compiled, when: When, people: Collection[int]) -> dict[int, list[Seen]]:
    """person id -> the rows that A looked at, the newest first; a person without a row has an empty list."""
    found: dict[int, dict[int, Seen]] = {person: {} for person in people}
    if not found:
        return {}
    wanted = engine.make_table(
        "wanted", f"SELECT unnest([{', '.join(map(str, sorted(found)))}]::BIGINT[]) AS person_id"
    )
    for view in views_looked_at(compiled):
        for passed_over, source in ((False, view), *((True, under) for under in _events_under(view))):
            for person, row_id, day in engine.rows(_rows_of(source, compiled, when, wanted)):
                # a row that the view gives is met first and stays
                found[person].setdefault(row_id, Seen(view.name, day, row_id, passed_over))
    return {
        person: sorted(rows.values(), key=lambda seen: (seen.day, seen.row_id), reverse=True)
        for person, rows in found.items()
    }


def _rows_of(view: View, compiled: Compiled, when: When, wanted: str) -> str:
    """SQL: person, row and its first day in the time that A looks at."""
    end = f"DATE '{when.period.end.isoformat()}'"
    start = f"DATE '{when.period.start.isoformat()}'" if "start" in compiled.a.period_names else "DATE '0001-01-01'"
    days = [f'CASE WHEN "{name}" BETWEEN {start} AND {end} THEN "{name}" END' for name in _days(view)]
    first = f"coalesce({', '.join(days)})"
    persons = f'SELECT person_id, row_id, {first} AS day FROM "{view.name}" WHERE person_id IN (SELECT * FROM {wanted})'  # noqa: S608
    return f"SELECT person_id, row_id, day FROM ({persons}) WHERE day IS NOT NULL"  # noqa: S608 (own SQL)


def _events_under(view: View) -> list[View]:
    """The event views that a plain view is made of, whatever stands between them."""
    under = [views()[name] for name in sorted(view.reads & set(views()))]
    plain = [event for inner in under if inner.kind is Kind.PLAIN for event in _events_under(inner)]
    return [inner for inner in under if inner.kind is Kind.EVENT and _holds_persons(inner)] + plain


def _days(view: View) -> list[str]:
    return [column.name for column in view.description.columns if column.type == "DATE"]


def _holds_persons(view: View) -> bool:
    names = {column.name for column in view.description.columns}
    return {"person_id", "row_id"} <= names and bool(_days(view))
