"""Gather: the rows that a compiled measure names, as one table of counted things per part.

Many periods are made from one text by key tables, one key per distinct set of days that a part names; the literal form,
one key after the other, is the fallback and the standing check.
"""

from collections.abc import Sequence

from samrit.measures.compiling import PERIOD_NAMES, Part, Share
from samrit.measures.engines import CountingEngine
from samrit.measures.errors import MeasuresError
from samrit.measures.planning import Days, Form, Plan
from samrit.problems import Where, problem

KEYS = "samrit_keys"
"""The key table of the lateral form: a name that no author gives to a table of his own."""


def gather(engine: CountingEngine, plan: Plan, *, lines: bool) -> None:
    """Make the tables counted_a and counted_b: the things of each part, one row per thing and place.

    Columns: bits of the keys in which it counts, person_id, counted_id, by row also facility, of a part that sums also
    amount; lines: also row_ids, the rows that it stands on. Raises MeasuresError when a thing has two places or two
    amounts in one key, or no id, place or amount.
    """
    for letter, (part, keys) in plan.parts.items():
        table = f"counted_{letter}"
        rows = rows_sql(part, keys.days, plan.form, lines=lines, treating=plan.by_row, share=engine.share)
        # A person is shown by many rows. An event is mostly one row, so a look for repeated ones costs less.
        person = part.counts_people and not plan.by_row and not part.sums
        if person and not lines:
            rows = _people_sql(rows, len(keys.days))
        elif lines:
            rows = things_sql(part, rows, lines=True, treating=plan.by_row)
        engine.make_table(table, rows)
        _refuse_nameless(engine, plan, part, table)
        if person or not _some_stand_twice(engine, table):
            continue
        if not lines:
            engine.make_table(table, things_sql(part, f"FROM {table}", lines=False, treating=plan.by_row))
        _refuse_two_places(engine, plan, table)
        if letter == "a" and plan.part_of_b and _some_stand_twice(engine, table):
            # other keys, other places: those of B count, so A only has to say which things
            engine.make_table(table, f"SELECT bit_or(bits) AS bits, counted_id FROM {table} GROUP BY counted_id")  # noqa: S608


def rows_sql(
    part: Part, keys: Sequence[Days], form: Form, *, lines: bool, treating: bool, share: Share | None = None
) -> str:
    """SELECT of a part for many sets of days: the bit of the key (1, 2, 4 ...), person_id and counted_id of each row.

    treating: also the row's facility; of a part that sums also its amount; lines: also its row_id or row_ids; share:
    makes named sets tables once for a run.
    """
    ids = (part.rows_column,) if lines and part.rows_column else ()
    columns = ", ".join(f"m.{column}" for column in (*_columns(part, treating), *ids))
    if form is Form.LITERAL:
        texts = [
            f"SELECT {1 << no} AS bits, {columns} FROM ({part.literal(days, share)}) AS m"  # noqa: S608 (checked tree)
            for no, days in enumerate(keys)
        ]
        return " UNION ALL ".join(texts)
    values = ", ".join(
        "(" + ", ".join([str(1 << no), *(f"DATE '{days[n].isoformat()}'" for n in PERIOD_NAMES)]) + ")"
        for no, days in enumerate(keys)
    )
    names = ", ".join(f"{name}_day" for name in PERIOD_NAMES)
    fixed = {name: keys[0][name] for name in PERIOD_NAMES if len({days[name] for days in keys}) == 1}
    return (
        f"SELECT {KEYS}.bits, {columns} FROM (VALUES {values}) AS {KEYS}(bits, {names}) "  # noqa: S608 (checked tree)
        f"CROSS JOIN LATERAL ({part.lateral(KEYS, fixed, share)}) AS m"
    )


def things_sql(part: Part, rows: str, *, lines: bool, treating: bool) -> str:
    """SELECT of the things in rows: each once per place, with all its bits; lines: with the ids of its rows."""
    columns = ", ".join(_columns(part, treating))
    ids = {"row_ids": "flatten(list(row_ids))", "row_id": "list(row_id)"}.get(part.rows_column, "[]::BIGINT[]")
    more = f", {ids} AS row_ids" if lines else ""
    return f"SELECT bit_or(bits) AS bits, {columns}{more} FROM ({rows}) GROUP BY {columns}"  # noqa: S608 (checked tree)


def _people_sql(rows: str, keys: int) -> str:
    """SELECT of the people in rows, each once with all its bits: one column tells them apart."""
    once = f"SELECT DISTINCT bits, person_id FROM ({rows})"  # noqa: S608 (checked tree)
    all_bits = f"SELECT bit_or(bits) AS bits, person_id FROM ({rows}) GROUP BY person_id"  # noqa: S608 (checked tree)
    return f"SELECT bits, person_id, person_id AS counted_id FROM ({once if keys == 1 else all_bits})"  # noqa: S608


def _columns(part: Part, treating: bool) -> tuple[str, ...]:
    return ("person_id", "counted_id", *(("facility",) if treating else ()), *(("amount",) if part.sums else ()))


def _some_stand_twice(engine: CountingEngine, table: str) -> bool:
    return bool(engine.rows(f"SELECT 1 FROM {table} GROUP BY counted_id HAVING count(*) > 1 LIMIT 1"))  # noqa: S608


def _refuse_nameless(engine: CountingEngine, plan: Plan, part: Part, table: str) -> None:
    """A thing without id, by row without a facility, of a sum without an amount: asserted, never assumed."""
    if part.sums and engine.rows(f"SELECT 1 FROM {table} WHERE amount IS NULL LIMIT 1"):  # noqa: S608
        raise MeasuresError(problem("measures.count.no_amount", Where(file=plan.compiled.measure.place)))
    nowhere = "OR facility IS NULL" if plan.by_row else ""
    if engine.rows(f"SELECT 1 FROM {table} WHERE counted_id IS NULL {nowhere} LIMIT 1"):  # noqa: S608
        raise MeasuresError(problem("measures.count.no_id", Where(file=plan.compiled.measure.place)))


def _refuse_two_places(engine: CountingEngine, plan: Plan, table: str) -> None:
    """Per counted thing and key one person (home) or one facility (by row), and one amount: rows of it share no bit."""
    [(twice,)] = engine.rows(
        f"SELECT count(*) FROM (SELECT 1 FROM {table} GROUP BY counted_id HAVING sum(bits) <> bit_or(bits))"  # noqa: S608
    )
    if twice:
        raise MeasuresError(problem("measures.count.two_places", Where(file=plan.compiled.measure.place), count=twice))
