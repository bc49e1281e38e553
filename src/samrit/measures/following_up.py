"""Following up: what happens after a period may still decide it, so data that end too early leave a result cut off.

A measure names the parameter that says for how many days (`follow_up_days: days`; DEFINITIONS S9.4). The data end with
the last day of a visit or a stay in the snapshot, and not after the newest package was made.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from samrit.measures.definition import Measure, Value
from samrit.measures.engines import CountingEngine
from samrit.measures.planning import When
from samrit.problems import Problem, Where, problem

SEEN = {"visits": ("day",), "admissions": ("admitted_on", "discharged_on")}
"""The views and their days by which the end of the data is told."""


def find_cut_off(
    engine: CountingEngine, of: Measure, parameters: Mapping[str, Value], whens: Sequence[When]
) -> Iterator[Problem]:
    """A note for each period that data do not follow far enough; none for a measure that does not look ahead."""
    name = of.definition.follow_up_days
    if name is None or not whens:
        return
    days, end = int(str(parameters[name])), find_data_end(engine)
    for when in whens:
        if end is None or end < when.period.end + timedelta(days=days):
            yield problem(
                "measures.cut_off",
                Where(field=str(when.period)),
                id=of.id,
                period=when.period,
                days=days,
                end=end or "-",
            )


def find_data_end(engine: CountingEngine) -> date | None:
    """The last day of a visit, an admission or a discharge, at most that of the newest package; None without any."""
    days = [day for view, names in SEEN.items() for (day,) in engine.rows(_last_of(view, names))]
    seen = max((day for day in days if day), default=None)
    made = engine.snapshot.newest if engine.snapshot else None
    return min(seen, made) if seen and made else seen


def _last_of(view: str, days: Sequence[str]) -> str:
    """SELECT of the last day in each of these columns of a view."""
    return " UNION ALL ".join(f'SELECT max("{day}") FROM "{view}"' for day in days)  # noqa: S608 (own words)
