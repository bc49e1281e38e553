"""Count: the rows that a compiled measure names, placed on the census day and added up as cells.

The measure says who, the engine says where. Many periods are made from one text by key tables, one key per distinct set
of the days that a part names; the literal form, one key after the other, is the fallback and the standing check.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from samrit.measures.codelists import codelist
from samrit.measures.compiling import PERIOD_NAMES, Compiled, Part, Share
from samrit.measures.definition import CountedAt
from samrit.measures.engine import Engine, text
from samrit.measures.errors import MeasuresError
from samrit.measures.remembering import keep, recall
from samrit.objects import name_of
from samrit.problems import Where, problem
from samrit.reference import Period
from samrit.results import Cell

OLDEST_BAND = 80
MOST_AT_ONCE = 13
KEYS = "samrit_keys"
"""The key table of the lateral form: a name that no author gives to a table of his own."""
# The band of a birth date on the census day; the same completed years as age_on (DEFINITIONS S6.2).
AGE = (
    "year({day}) - year(r.birth_date) - CASE WHEN month({day}) * 100 + day({day})"
    " < month(r.birth_date) * 100 + day(r.birth_date) THEN 1 ELSE 0 END"
)
Way = tuple[Any, ...]


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


def count(
    engine: Engine, compiled: Compiled, whens: Sequence[When], form: Form | None = None, *, remember: bool = True
) -> list[Cell]:
    """The cells of a measure for one or many periods, sorted; none when no period is asked for.

    form: None takes the literal form for one period and key tables for many. remember: what was counted before from the
    same text, parameters and files is not counted again. Raises MeasuresError when a counted thing has two places or no
    id, and when one period is asked for with two census days (cells do not tell those apart).
    """
    whens = sorted(set(whens))
    if not whens:
        return []
    if len({when.period for when in whens}) < len(whens):
        raise MeasuresError(problem("measures.count.period_twice", Where(file=compiled.measure.place)))
    if len(whens) > MOST_AT_ONCE:  # a bound on memory; every period is counted alike, so parts may be put together
        parts = [whens[at : at + MOST_AT_ONCE] for at in range(0, len(whens), MOST_AT_ONCE)]
        return sorted(cell for part in parts for cell in count(engine, compiled, part, form, remember=remember))
    plan = Plan(compiled, whens, form or (Form.LITERAL if len(whens) == 1 else Form.LATERAL))
    found = recall(engine, plan.name_of(engine)) if remember else None
    if found is None:
        found = _count(engine, plan)
        if remember:
            keep(engine, plan.name_of(engine), found)
    rows: dict[tuple[str, int], list[tuple[str, str, str, int | None, int]]] = {}
    for letter, no, *cell in found:
        rows.setdefault((letter, no), []).append(tuple(cell))
    return sorted(
        Cell(compiled.measure.id, when.period, facility, unit, sex, _band(band), letter, amount)
        for when, a_no, b_no in zip(whens, plan.a_of, plan.b_of, strict=True)
        for letter, no in (("a", a_no), ("b", b_no))
        for facility, unit, sex, band, amount in rows.get((letter, no), [])
    )


def _band(first: int | None) -> str:
    """The name of an age band by its first year: '05-09', '80+', '' when the age is unknown."""
    if first is None:
        return ""
    return f"{first:02d}+" if first >= OLDEST_BAND else f"{first:02d}-{first + 4:02d}"


def _count(engine: Engine, plan: "Plan") -> list[tuple[Any, ...]]:
    frame = gather(engine, plan, lines=False)
    _refuse_two_places(engine, plan)
    return engine.rows(
        f"{frame} SELECT letter, no, facility, contracting_unit, sex, age_band, count(*) AS amount "  # noqa: S608
        "FROM placed GROUP BY ALL ORDER BY ALL"
    )


class Plan:
    """What has to be counted: the distinct sets of days of each part, and the distinct ways to combine them.

    a_of, b_of: for each period the number of its combination. Twelve months under one census day have one B.
    """

    def __init__(self, compiled: Compiled, whens: Sequence[When], form: Form) -> None:
        self.compiled, self.whens, self.form = compiled, whens, form
        self.definition = compiled.measure.definition
        self.by_row = self.definition.counted_at.is_by_row
        self.part_of_b = self.definition.a.part_of == "b"
        self.a_keys, a_key_of = _keys(compiled.a, whens)
        self.b_keys, b_key_of = _keys(compiled.b, whens)
        days = [when.census_day for when in whens]
        needed_b = b_key_of if self.part_of_b else [-1] * len(whens)
        self.a_ways, self.a_of = _distinct(list(zip(days, a_key_of, needed_b, strict=True)))
        self.b_ways, self.b_of = _distinct(list(zip(days, b_key_of, strict=True)))

    def name_of(self, engine: Engine) -> str:
        """The hash of everything that the result is made from: texts, parameters, days, files, register."""
        parts = [
            part_sql(part, keys, self.form, lines=False, treating=self.by_row)
            for part, keys in ((self.compiled.a, self.a_keys), (self.compiled.b, self.b_keys))
        ]
        ways = [[day.isoformat(), *numbers] for day, *numbers in (*self.a_ways, *self.b_ways)]
        reads = self.compiled.a.reads | self.compiled.b.reads
        days = [when.census_day for when in self.whens]
        final = frame_sql(self, "", lines=False)
        return name_of("count", parts, ways, final, self.part_of_b, engine.state_of(reads, days))


def gather(engine: Engine, plan: Plan, *, lines: bool) -> str:
    """Make the rows of both parts and the places of people; gives WITH ... : `placed` has one row per counted thing.

    lines: also the row ids a thing stands on (`row_ids`, with the PERSON line that placed it).
    """
    days = sorted({when.census_day for when in plan.whens})
    engine.place_facilities(days)
    for name, part, keys in (("counted_a", plan.compiled.a, plan.a_keys), ("counted_b", plan.compiled.b, plan.b_keys)):
        sql = part_sql(part, keys, plan.form, lines=lines, treating=plan.by_row, share=engine.share)
        engine.make_table(name, sql)
    places = "" if plan.by_row else " UNION ALL ".join(f"SELECT * FROM {engine.share(_places(day))}" for day in days)  # noqa: S608
    return frame_sql(plan, places, lines=lines)


def frame_sql(plan: Plan, places: str, *, lines: bool) -> str:
    """WITH ... over counted_a and counted_b: `placed` has letter, no, person_id, counted_id and the place of each."""
    # Part of B: A says only which things; person and place are those of B, so A <= B holds at every organisation.
    of_a = "b" if plan.part_of_b else "a"
    only_b = "JOIN counted_b AS b ON b.key = w.b_key AND b.counted_id = a.counted_id" if plan.part_of_b else ""
    at = ", {0}.facility" if plan.by_row else ""
    rows = ", {0}.row_ids" if lines else ""
    a_ways = ", ".join(f"({n}, DATE '{day}', {a}, {b})" for n, (day, a, b) in enumerate(plan.a_ways))
    b_ways = ", ".join(f"({n}, DATE '{day}', {b})" for n, (day, b) in enumerate(plan.b_ways))
    return f"""
WITH a_ways(no, census_day, a_key, b_key) AS (VALUES {a_ways}),
b_ways(no, census_day, b_key) AS (VALUES {b_ways}),
hits AS (
  SELECT w.no, w.census_day, 'a' AS letter, {of_a}.person_id, a.counted_id{at.format(of_a)}{rows.format("a")}
  FROM a_ways AS w JOIN counted_a AS a ON a.key = w.a_key {only_b}
  UNION ALL
  SELECT w.no, w.census_day, 'b', b.person_id, b.counted_id{at.format("b")}{rows.format("b")}
  FROM b_ways AS w JOIN counted_b AS b ON b.key = w.b_key
),
{f"place AS ({places})," if places else ""}
placed AS ({_placed(plan.definition.counted_at, lines=lines)})"""  # noqa: S608 (checked tree and own words)


def _distinct(ways: list[Way]) -> tuple[list[Way], list[int]]:
    """The distinct ways in their first order, and for each the number of its own."""
    numbers = {way: no for no, way in enumerate(dict.fromkeys(ways))}
    return list(numbers), [numbers[way] for way in ways]


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


def part_sql(
    part: Part,
    keys: Sequence[dict[str, date]],
    form: Form,
    *,
    lines: bool,
    treating: bool,
    share: Share | None = None,
) -> str:
    """SELECT of a part for many sets of days: key (number of the set), person_id, counted_id; once per counted thing.

    treating: also the row's facility; lines: also the ids of its rows; share: makes named sets tables once for a run.
    """
    columns = ", ".join(f"m.{c}" for c in ("person_id", "counted_id", *(("facility",) if treating else ())))
    if form is Form.LATERAL:
        values = ", ".join(
            "(" + ", ".join([str(no), *(f"DATE '{key[n].isoformat()}'" for n in PERIOD_NAMES)]) + ")"
            for no, key in enumerate(keys)
        )
        names = ", ".join(f"{name}_day" for name in PERIOD_NAMES)
        fixed = {name: keys[0][name] for name in PERIOD_NAMES if len({key[name] for key in keys}) == 1}
        text_of_keys = part.lateral(KEYS, fixed, share)
        source = f"(VALUES {values}) AS {KEYS}(key, {names}) CROSS JOIN LATERAL ({text_of_keys}) AS m"
    else:
        texts = [f"SELECT {no} AS key, * FROM ({part.literal(key, share)})" for no, key in enumerate(keys)]  # noqa: S608
        source = f"({' UNION ALL '.join(texts)}) AS m"
    key = f"{KEYS}.key" if form is Form.LATERAL else "m.key"
    if not lines:
        return f"SELECT DISTINCT {key} AS key, {columns} FROM {source}"  # noqa: S608
    ids = {"row_ids": "flatten(list(m.row_ids))", "row_id": "list(m.row_id)"}.get(part.rows_column, "[]::BIGINT[]")
    return f"SELECT {key} AS key, {columns}, {ids} AS row_ids FROM {source} GROUP BY ALL"  # noqa: S608


def _places(day: date) -> str:
    """Home facility, contracting unit, sex and age band of every person on a census day (DEFINITIONS S3.3, S5.3)."""
    uc = ", ".join(text(code) for code in codelist("uc"))
    census = f"DATE '{day.isoformat()}'"
    return f"""
  SELECT {census} AS census_day, pl.person_id, pl.facility, pl.contracting_unit, pl.sex, pl.row_id,
         CASE WHEN pl.age >= 0 THEN least(pl.age, {OLDEST_BAND}) // 5 * 5 END AS age_band
  FROM (
    SELECT r.person_id, r.home_facility AS facility, r.sex, r.row_id, {AGE.format(day=census)} AS age,
           coalesce(CASE WHEN r.insurance IN ({uc}) THEN m.facility END, o.contracting_unit, '') AS contracting_unit
    FROM registrations AS r
    LEFT JOIN organisation AS o ON o.census_day = {census} AND o.facility = r.home_facility
    LEFT JOIN organisation AS m ON m.census_day = {census} AND m.facility = r.main_unit
    WHERE r.home_facility IS NOT NULL AND {census} BETWEEN r.valid_from AND r.valid_to
  ) AS pl"""  # noqa: S608


def _placed(counted_at: CountedAt, *, lines: bool) -> str:
    if counted_at.is_by_row:
        rows = ", h.row_ids" if lines else ""
        # At the contracting unit: what has none counts nowhere (DEFINITIONS S5.2, S5.4).
        at_unit = counted_at is CountedAt.CONTRACTING
        facility, only = ("o.contracting_unit", "WHERE o.contracting_unit <> ''") if at_unit else ("h.facility", "")
        return f"""
  SELECT h.letter, h.no, h.person_id, h.counted_id, {facility} AS facility,
         coalesce(o.contracting_unit, '') AS contracting_unit, '' AS sex, CAST(NULL AS BIGINT) AS age_band{rows}
  FROM hits AS h LEFT JOIN organisation AS o ON o.census_day = h.census_day AND o.facility = h.facility
  {only}"""  # noqa: S608
    rows = ", list_concat(h.row_ids, [pl.row_id]) AS row_ids" if lines else ""
    return f"""
  SELECT h.letter, h.no, h.person_id, h.counted_id, pl.facility, pl.contracting_unit, pl.sex, pl.age_band{rows}
  FROM hits AS h JOIN place AS pl ON pl.person_id = h.person_id AND pl.census_day = h.census_day"""  # noqa: S608


def _refuse_two_places(engine: Engine, plan: Plan) -> None:
    """One person (home) or one facility (by row) per counted thing, and an id: asserted, never assumed."""
    nowhere = "OR facility IS NULL" if plan.by_row else ""
    where = Where(file=plan.compiled.measure.place)
    for part in ("counted_a", "counted_b"):
        # each row is another pair of thing and place, so a thing that stands twice has two places
        [(twice,)] = engine.rows(
            f"SELECT count(*) FROM (SELECT key, counted_id FROM {part} GROUP BY ALL HAVING count(*) > 1)"  # noqa: S608
        )
        [(nothing,)] = engine.rows(f"SELECT count(*) FROM {part} WHERE counted_id IS NULL {nowhere}")  # noqa: S608
        if twice:
            raise MeasuresError(problem("measures.count.two_places", where, count=twice))
        if nothing:
            raise MeasuresError(problem("measures.count.no_id", where))
