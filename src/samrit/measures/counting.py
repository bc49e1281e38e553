"""Count: the rows that a compiled measure names, placed on the census day and added up as cells.

The measure says who, the engine says where. Many periods are made from one text by key tables, one key per distinct set
of the days that a part names; the literal form, one key after the other, is the fallback and the standing check.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samrit.measures.codelists import codelist
from samrit.measures.compiling import PERIOD_NAMES, Compiled, Part
from samrit.measures.definition import CountedAt
from samrit.measures.engine import Engine, text
from samrit.measures.errors import MeasuresError
from samrit.problems import Where, problem
from samrit.reference import Period
from samrit.results import Cell

OLDEST_BAND = 80
KEYS = "samrit_keys"
"""The key table of the lateral form: a name that no author gives to a table of his own."""
# The band of a birth date on the census day; the same completed years as age_on (DEFINITIONS S6.2).
AGE = (
    "year(pl.census_day) - year(pl.birth_date) - CASE WHEN month(pl.census_day) * 100 + day(pl.census_day)"
    " < month(pl.birth_date) * 100 + day(pl.birth_date) THEN 1 ELSE 0 END"
)


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
    def days(self) -> dict[str, date]:
        """The days that a text may name."""
        return {"start": self.period.start, "end": self.period.end, "census": self.census_day}


def count(engine: Engine, compiled: Compiled, whens: Sequence[When], form: Form | None = None) -> list[Cell]:
    """The cells of a measure for one or many periods, sorted; none when no period is asked for.

    form: None takes the literal form for one period and key tables for many. Raises MeasuresError when a counted thing
    has two places or no id, and when one period is asked for with two census days (cells do not tell those apart).
    """
    whens = sorted(set(whens))
    if not whens:
        return []
    if len({when.period for when in whens}) < len(whens):
        raise MeasuresError(problem("measures.count.period_twice", Where(file=compiled.measure.place)))
    form = form or (Form.LITERAL if len(whens) == 1 else Form.LATERAL)
    engine.place_facilities(when.census_day for when in whens)
    frame = hits_sql(compiled, whens, form, lines=False)
    _refuse_two_places(engine, compiled, frame)
    found = engine.rows(
        f"{frame} SELECT no, facility, contracting_unit, sex, age_band, letter, count(*) AS amount "  # noqa: S608
        "FROM placed GROUP BY ALL"
    )
    measure = compiled.measure.id
    return sorted(
        Cell(measure, whens[no].period, facility, unit, sex, band, letter, amount)
        for no, facility, unit, sex, band, letter, amount in found
    )


def hits_sql(compiled: Compiled, whens: Sequence[When], form: Form, *, lines: bool) -> str:
    """WITH ... : `placed` has one row per period number, letter and counted thing, with its place.

    lines: also the row ids a thing stands on (`row_ids`, with the PERSON line that placed it).
    """
    a_keys, a_of = _keys(compiled.a, whens)
    b_keys, b_of = _keys(compiled.b, whens)
    periods = ", ".join(
        f"({no}, DATE '{when.census_day.isoformat()}', {a_of[no]}, {b_of[no]})" for no, when in enumerate(whens)
    )
    part_of_b = compiled.measure.definition.a.part_of == "b"
    # Part of B: A says only which things; person and place are those of B, so A <= B holds at every organisation.
    of_a = "b" if part_of_b else "a"
    only_b = "JOIN b ON b.key = p.b_key AND b.counted_id = a.counted_id" if part_of_b else ""
    counted_at = compiled.measure.definition.counted_at
    treating = counted_at.is_by_row
    at = ", {0}.facility" if treating else ""
    rows = ", {0}.row_ids" if lines else ""
    return f"""
WITH periods(no, census_day, a_key, b_key) AS (VALUES {periods}),
a AS ({part_sql(compiled.a, a_keys, form, lines=lines, treating=treating)}),
b AS ({part_sql(compiled.b, b_keys, form, lines=lines, treating=treating)}),
hits AS (
  SELECT p.no, p.census_day, 'a' AS letter, {of_a}.person_id, a.counted_id{at.format(of_a)}{rows.format("a")}
  FROM periods AS p JOIN a ON a.key = p.a_key {only_b}
  UNION ALL
  SELECT p.no, p.census_day, 'b', b.person_id, b.counted_id{at.format("b")}{rows.format("b")}
  FROM periods AS p JOIN b ON b.key = p.b_key
),
{_placing(treating=treating)},
placed AS ({_placed(counted_at, lines=lines)})"""  # noqa: S608 (checked tree and own words)


def _keys(part: Part, whens: Sequence[When]) -> tuple[list[dict[str, date]], list[int]]:
    """The distinct sets of days that a part names, and for each period the number of its set."""
    keys: list[dict[str, date]] = []
    numbers: dict[tuple[date, ...], int] = {}
    of = []
    for when in whens:
        named = tuple(when.days[name] for name in part.period_names)
        if named not in numbers:
            numbers[named] = len(keys)
            keys.append(when.days)
        of.append(numbers[named])
    return keys, of


def part_sql(part: Part, keys: Sequence[dict[str, date]], form: Form, *, lines: bool, treating: bool) -> str:
    """SELECT of a part for many sets of days: key (the number of the set), person_id, counted_id; once per counted thing.

    treating: also the row's facility; lines: also the ids of its rows.
    """
    columns = ", ".join(f"m.{c}" for c in ("person_id", "counted_id", *(("facility",) if treating else ())))
    if form is Form.LATERAL:
        values = ", ".join(
            "(" + ", ".join([str(no), *(f"DATE '{key[n].isoformat()}'" for n in PERIOD_NAMES)]) + ")"
            for no, key in enumerate(keys)
        )
        names = ", ".join(f"{name}_day" for name in PERIOD_NAMES)
        source = f"(VALUES {values}) AS {KEYS}(key, {names}) CROSS JOIN LATERAL ({part.lateral(KEYS)}) AS m"
    else:
        source = f"({' UNION ALL '.join(_literal(part, no, key) for no, key in enumerate(keys))}) AS m"
    key = f"{KEYS}.key" if form is Form.LATERAL else "m.key"
    if not lines:
        return f"SELECT DISTINCT {key} AS key, {columns} FROM {source}"  # noqa: S608
    ids = {"row_ids": "flatten(list(m.row_ids))", "row_id": "list(m.row_id)"}.get(part.rows_column, "[]::BIGINT[]")
    return f"SELECT {key} AS key, {columns}, {ids} AS row_ids FROM {source} GROUP BY ALL"  # noqa: S608


def _literal(part: Part, no: int, key: dict[str, date]) -> str:
    return f"SELECT {no} AS key, * FROM ({part.literal(key)})"  # noqa: S608


def _placing(*, treating: bool) -> str:
    """`place`: home facility and contracting unit of every person on each census day (DEFINITIONS S3.3, S5.3)."""
    if treating:
        return "place AS (SELECT DISTINCT census_day FROM periods)"
    uc = ", ".join(text(code) for code in codelist("uc"))
    return f"""place AS (
  SELECT c.census_day, r.person_id, r.home_facility AS facility, r.sex, r.birth_date, r.row_id, r.card_row_id,
         coalesce(CASE WHEN r.insurance IN ({uc}) THEN m.facility END, o.contracting_unit, '') AS contracting_unit
  FROM (SELECT DISTINCT census_day FROM periods) AS c
  JOIN registrations AS r ON c.census_day BETWEEN r.valid_from AND r.valid_to
  LEFT JOIN organisation AS o ON o.census_day = c.census_day AND o.facility = r.home_facility
  LEFT JOIN organisation AS m ON m.census_day = c.census_day AND m.facility = r.main_unit
  WHERE r.home_facility IS NOT NULL
)"""  # noqa: S608


def _placed(counted_at: CountedAt, *, lines: bool) -> str:
    if counted_at.is_by_row:
        rows = ", h.row_ids" if lines else ""
        # At the contracting unit: what has none counts nowhere (DEFINITIONS S5.2, S5.4).
        at_unit = counted_at is CountedAt.CONTRACTING
        facility, only = ("o.contracting_unit", "WHERE o.contracting_unit <> ''") if at_unit else ("h.facility", "")
        return f"""
  SELECT h.no, h.letter, h.person_id, h.counted_id, {facility} AS facility,
         coalesce(o.contracting_unit, '') AS contracting_unit, '' AS sex, '' AS age_band{rows}
  FROM hits AS h LEFT JOIN organisation AS o ON o.census_day = h.census_day AND o.facility = h.facility
  {only}"""  # noqa: S608
    rows = ", list_concat(h.row_ids, [pl.row_id]) AS row_ids" if lines else ""
    return f"""
  SELECT h.no, h.letter, h.person_id, h.counted_id, pl.facility, pl.contracting_unit, pl.sex,
         CASE WHEN pl.birth_date IS NULL THEN '' WHEN ({AGE}) >= {OLDEST_BAND} THEN '{OLDEST_BAND}+'
              WHEN ({AGE}) < 0 THEN ''
              ELSE lpad(CAST((({AGE}) // 5) * 5 AS VARCHAR), 2, '0') || '-' ||
                   lpad(CAST((({AGE}) // 5) * 5 + 4 AS VARCHAR), 2, '0') END AS age_band{rows}
  FROM hits AS h JOIN place AS pl ON pl.person_id = h.person_id AND pl.census_day = h.census_day"""  # noqa: S608


def _refuse_two_places(engine: Engine, compiled: Compiled, frame: str) -> None:
    """One person (home) or one facility (by row) per counted thing, and an id: asserted, never assumed."""
    by_row = compiled.measure.definition.counted_at.is_by_row
    what = "facility" if by_row else "person_id"
    nowhere = "OR places = 0" if by_row else ""
    [(twice, nothing)] = engine.rows(
        f"{frame} SELECT count(*) FILTER (rows > 1 OR places > 1), "  # noqa: S608
        f"count(*) FILTER (counted_id IS NULL {nowhere}) FROM (SELECT no, letter, counted_id, count(*) AS rows, "
        f"count(DISTINCT {what}) AS places FROM hits GROUP BY ALL)"
    )
    where = Where(file=compiled.measure.place)
    if twice:
        raise MeasuresError(problem("measures.count.two_places", where, count=twice))
    if nothing:
        raise MeasuresError(problem("measures.count.no_id", where))
