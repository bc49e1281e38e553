"""Place: where the gathered things count - at home, where they were treated, or at the contracting unit of that place.

The measure says who, the engine says where. Everything here is SQL over the tables that gathering makes.
"""

from datetime import date
from functools import cache

from samrit.measures.codelists import codelist
from samrit.measures.compiling import Share
from samrit.measures.definition import CountedAt
from samrit.measures.engine import text
from samrit.measures.planning import Plan

OLDEST_BAND = 80
ONE = "CAST(1 AS DECIMAL(38, 9))"
# The completed years of age_on (DEFINITIONS S6.2).
AGE = (
    "year({day}) - year(r.birth_date) - CASE WHEN month({day}) * 100 + day({day})"
    " < month(r.birth_date) * 100 + day(r.birth_date) THEN 1 ELSE 0 END"
)


PLACE = "facility, contracting_unit, sex, age_band"
# A thing stands on those census days on which one of its keys is asked for.
ASKED = "(h.a_bits & d.a_bits) | (h.b_bits & d.b_bits) <> 0"


def summed_sql(plan: Plan, share: Share) -> str:
    """SELECT of the sums: letter, no (of the way), facility, contracting_unit, sex, age_band, amount; in no order.

    amount: how many things, or where a part sums the decimal sum of their amounts (a thing without weight has 1).
    share: makes a table of the places of a day, once for all measures, and gives its name.
    """
    total = "sum(s.amount)" if plan.sums else "sum(s.amount)::BIGINT"
    ways = ", ".join(f"('{w.letter}', {w.no}, {_day(w.census_day)}, {w.a_bit}, {w.b_bit})" for w in plan.ways)
    if plan.by_row:
        placed, at, named = placed_sql(plan, "", lines=False), PLACE, ""
    else:
        # people are added up by the number of their spot: to compare four texts for each of them costs twice as much
        placed, at = _at_home(plan, "p.census_day, p.spot", _in_spots(plan, share), lines=False), "spot"
        named = f"JOIN ({_spots(plan, share)}) AS p ON p.census_day = s.census_day AND p.spot = s.spot"
    return f"""
WITH ways(letter, no, census_day, a_bit, b_bit) AS (VALUES {ways}),
placed AS ({placed}),
sums AS (
  SELECT census_day, {at}, a_bits, b_bits, {_summed(plan)} AS amount
  FROM placed
  GROUP BY ALL
),
added AS (
  SELECT w.letter, w.no, s.census_day, {at}, {total} AS amount
  FROM sums AS s
  JOIN ways AS w ON w.census_day = s.census_day AND w.a_bit & s.a_bits = w.a_bit AND w.b_bit & s.b_bits = w.b_bit
  GROUP BY ALL
)
SELECT s.letter, s.no, {PLACE}, s.amount FROM added AS s {named}"""  # noqa: S608 (own words)


def placed_sql(plan: Plan, places: str, *, lines: bool) -> str:
    """SELECT of the things of counted_a and counted_b in their places, one row per thing and census day.

    Columns: census_day, person_id, counted_id, facility, contracting_unit, sex, age_band (its first year), a_bits and
    b_bits: the keys in which it counts in A and in B. places: SELECT of `places_sql`. lines: also a_rows and b_rows:
    the rows that it stands on, the PERSON line that placed it among them. Where a part sums also amount.
    """
    weight = ", h.amount" if plan.sums else ""
    hits = _hits(plan, lines=lines)
    days = f"(VALUES {_days(plan)}) AS d(census_day, a_bits, b_bits)"
    if plan.by_row:
        rows = ", h.a_rows, h.b_rows" if lines else ""
        # At the contracting unit: what has none counts nowhere (DEFINITIONS S5.2, S5.4).
        at_unit = plan.counted_at is CountedAt.CONTRACTING
        facility, only = ("o.contracting_unit", "WHERE o.contracting_unit <> ''") if at_unit else ("h.facility", "")
        return f"""
  SELECT d.census_day, h.person_id, h.counted_id, {facility} AS facility,
         coalesce(o.contracting_unit, '') AS contracting_unit, '' AS sex, CAST(NULL AS BIGINT) AS age_band,
         h.a_bits, h.b_bits{weight}{rows}
  FROM ({hits}) AS h
  JOIN {days} ON {ASKED}
  LEFT JOIN organisation AS o ON o.census_day = d.census_day AND o.facility = h.facility
  {only}"""  # noqa: S608 (checked tree and own words)
    columns = "p.census_day, h.person_id, h.counted_id, p.facility, p.contracting_unit, p.sex, p.age_band"
    return _at_home(plan, columns, places, lines=lines)


def _at_home(plan: Plan, columns: str, places: str, *, lines: bool) -> str:
    """SELECT of columns of the things h and the places p of their people, with their bits, amount and rows."""
    weight = ", h.amount" if plan.sums else ""
    rows = ", list_append(h.a_rows, p.row_id) AS a_rows, list_append(h.b_rows, p.row_id) AS b_rows" if lines else ""
    days = f"(VALUES {_days(plan)}) AS d(census_day, a_bits, b_bits)"
    only = f"JOIN {days} ON d.census_day = p.census_day AND {ASKED}" if len(plan.census_days) > 1 else ""
    return f"""
  SELECT {columns}, h.a_bits, h.b_bits{weight}{rows}
  FROM ({_hits(plan, lines=lines)}) AS h
  JOIN ({places}) AS p ON p.person_id = h.person_id
  {only}"""  # noqa: S608 (checked tree and own words)


def places_sql(plan: Plan, share: Share = "({})".format) -> str:
    """SELECT of the places of all people on the census days of a plan; '' where the rows say the place.

    share: makes a table of the places of a day, once for all measures, and gives its name.
    """
    days = [] if plan.by_row else plan.census_days
    return " UNION ALL ".join(f"SELECT * FROM {share(place_sql(day))}" for day in days)  # noqa: S608


def _spots(plan: Plan, share: Share) -> str:
    """SELECT of the spots of the census days: a number for each place, sex and age band that people have on a day."""
    return " UNION ALL ".join(f"SELECT * FROM {_spots_of(day, share)}" for day in plan.census_days)  # noqa: S608


def _spots_of(day: date, share: Share) -> str:
    places = f"SELECT DISTINCT census_day, {PLACE} FROM {share(place_sql(day))}"  # noqa: S608
    number = f"row_number() OVER (ORDER BY {PLACE}) AS spot"
    return share(f"SELECT census_day, {PLACE}, {number} FROM ({places}) AS pl")  # noqa: S608


def _in_spots(plan: Plan, share: Share) -> str:
    """SELECT of the spot of every person on the census days."""
    days = (
        share(
            f"SELECT pl.census_day, pl.person_id, s.spot FROM {share(place_sql(day))} AS pl "  # noqa: S608
            f"JOIN {_spots_of(day, share)} AS s "
            "ON s.facility = pl.facility AND s.contracting_unit = pl.contracting_unit "
            "AND s.sex IS NOT DISTINCT FROM pl.sex AND s.age_band IS NOT DISTINCT FROM pl.age_band"
        )
        for day in plan.census_days
    )
    return " UNION ALL ".join(f"SELECT * FROM {name}" for name in days)  # noqa: S608


def place_sql(day: date) -> str:
    """SELECT of home facility, contracting unit, sex and age band of every person on a day (DEFINITIONS S3.3, S5.3)."""
    uc = ", ".join(text(code) for code in codelist("uc"))
    census = _day(day)
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


@cache
def name_of_band(first: int | None) -> str:
    """The name of an age band by its first year: '05-09', '80+', '' when the age is unknown."""
    if first is None:
        return ""
    return f"{first:02d}+" if first >= OLDEST_BAND else f"{first:02d}-{first + 4:02d}"


def _hits(plan: Plan, *, lines: bool) -> str:
    """SELECT of the things of both parts, each with its bits in A and in B."""
    at = ", {0}.facility" if plan.by_row else ""
    if plan.part_of_b:
        # A says only which things; person and place are those of B
        rows = ", coalesce(a.row_ids, []) AS a_rows, b.row_ids AS b_rows" if lines else ""
        return f"""
    SELECT b.person_id, b.counted_id{at.format("b")}, coalesce(a.bits, 0) AS a_bits, b.bits AS b_bits{rows}
    FROM counted_b AS b LEFT JOIN counted_a AS a ON a.counted_id = b.counted_id"""  # noqa: S608
    weights = {
        letter: (f", {letter}.amount" if part.sums else f", {ONE}") if plan.sums else ""
        for letter, (part, _) in plan.parts.items()
    }
    as_amount = f"{weights['a']} AS amount" if plan.sums else ""
    of_a, of_b = (", a.row_ids AS a_rows, [] AS b_rows", ", [], b.row_ids") if lines else ("", "")
    return f"""
    SELECT a.person_id, a.counted_id{at.format("a")}, a.bits AS a_bits, 0 AS b_bits{as_amount}{of_a} FROM counted_a AS a
    UNION ALL
    SELECT b.person_id, b.counted_id{at.format("b")}, 0, b.bits{weights["b"]}{of_b} FROM counted_b AS b"""  # noqa: S608


def _summed(plan: Plan) -> str:
    return "sum(amount)" if plan.sums else "count(*)"


def _days(plan: Plan) -> str:
    """The census days as rows: day, bits of A and bits of B that are asked for on it."""
    bits = dict.fromkeys(plan.census_days, (0, 0))
    for way in plan.ways:
        a, b = bits[way.census_day]
        bits[way.census_day] = (a | way.a_bit, b | way.b_bit)
    return ", ".join(f"({_day(day)}, {a}, {b})" for day, (a, b) in bits.items())


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
