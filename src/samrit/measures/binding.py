"""Bind: does a compiled measure fit the curated views? Both period forms are run against views without rows.

What only types can tell is refused here: a date taken from a date, a decimal cast to an integer, a name given in
SELECT and used again in the same query (VIEWS section 4).
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

import duckdb
from sqlglot import exp
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from samrit.measures.compiling import DIALECT, Compiled, Part, place
from samrit.measures.engine import Engine
from samrit.measures.gathering import rows_sql
from samrit.measures.planning import Form, When
from samrit.measures.portable import LONGEST_WORD
from samrit.problems import Problem, Where, nearest, problem
from samrit.reference import Period, Register
from samrit.warehouse import views

Type = exp.DType

OUT_TYPES = {
    "person_id": "BIGINT",
    "counted_id": "BIGINT",
    "row_id": "BIGINT",
    "row_ids": "BIGINT[]",
    "facility": "VARCHAR",
}
# Any two periods do: nothing is counted, and two keys keep the lateral form a join.
WHENS = tuple(When(Period(date(y, 4, 1), date(y + 1, 3, 31)), date(y, 4, 1)) for y in (2012, 2013))
KEYS = [when.days for when in WHENS]
INTEGERS = frozenset({Type.INT, Type.BIGINT, Type.INT128})
NUMBERS = INTEGERS | {Type.DECIMAL}
TEXTS = frozenset({Type.VARCHAR, Type.TEXT})
LONGEST_REASON = 200
UNKNOWN_COLUMN = re.compile(r'Referenced column "([^"]+)"|does not have a column named "([^"]+)"')

ALIAS_USED = "ชื่อที่ตั้งใน SELECT ใช้ต่อในคิวรีเดียวกันไม่ได้ / a name given in SELECT cannot be used in the same query"
DATE_MINUS_DATE = "ใช้ date_diff('day', จาก, ถึง) / use date_diff('day', from, to)"
ARITHMETIC = "คำนวณได้เฉพาะจำนวน หรือวันที่กับจำนวนวัน / only numbers, or a date and whole days"
CAST_INTEGER = "เครื่องหนึ่งปัดเศษ อีกเครื่องตัดเศษ / one engine rounds, another truncates"
NARROW = "CAST เป็น BIGINT ก่อน / cast to BIGINT first"
JOIN_TEXTS = "CAST เป็น VARCHAR ก่อน / cast to VARCHAR first"
DAYS_OF_DATES = "CAST เป็น DATE ก่อน / cast to DATE first"


def bind_check(compiled: Compiled) -> list[Problem]:
    """What is wrong with both parts when they are bound to the views, sorted by place; empty when all is well.

    Nothing is read: the engine has views without rows. Of a part that does not bind nothing more is said.
    """
    found: list[Problem] = []
    by_row = compiled.measure.definition.counted_at.is_by_row
    with ExitStack() as engines:
        engine = engines.enter_context(Engine(None, Register([])))
        for name, part in (("a", compiled.a), ("b", compiled.b)):
            shown = f"{compiled.measure.place}/{name}.sql"
            refused = _bound_to(engine, part, shown, by_row=by_row)
            if refused:
                # An internal error closes the engine that met it.
                engine = engines.enter_context(Engine(None, Register([])))
            found += refused or _wrong_types(part, shown)
    return sorted(found, key=lambda p: (p.where, p.code))


def _bound_to(engine: Engine, part: Part, shown: str, *, by_row: bool) -> list[Problem]:
    """What an engine with empty views says: to the columns that come out, the literal form, the lateral form."""
    try:
        wrong = list(_wrong_outputs(engine, part, shown))
        for form in (Form.LITERAL, Form.LATERAL) if not wrong else ():
            engine.rows(rows_sql(part, KEYS, form, lines=True, treating=by_row))
    except duckdb.Error as error:
        return [_in_our_words(error, part, shown)]
    return wrong


def _in_our_words(error: duckdb.Error, part: Part, shown: str) -> Problem:
    """The unknown column where the engine names one, else the first line that it says."""
    said = str(error)
    column = UNKNOWN_COLUMN.search(said)
    if column is None:
        reason = said.splitlines()[0][:LONGEST_REASON] if said else type(error).__name__
        return problem("measures.sql.binding", place(part.tree, shown), reason=reason)
    name = (column[1] or column[2])[:LONGEST_WORD]
    named = (c for c in part.tree.find_all(exp.Column) if c.name.lower().startswith(name.lower()))
    node: exp.Expr = next(named, part.tree)
    where = place(node, shown)
    near = nearest(name.lower(), sorted(_column_names(part) - {name})) or "-"
    return problem("measures.sql.column", Where(where.file, line=where.line, field=name), name=name, near=near)


def _column_names(part: Part) -> set[str]:
    """Every name that a column of the part may have."""
    read = {table.name for table in part.tree.find_all(exp.Table)}
    of_views = {column.name for name in read & set(views()) for column in views()[name].description.columns}
    return of_views | {alias.alias for alias in part.tree.find_all(exp.Alias)}


def _wrong_outputs(engine: Engine, part: Part, shown: str) -> Iterator[Problem]:
    """Columns that come out with a type that cannot be counted."""
    for name, found, *_ in engine.rows(f"DESCRIBE {part.literal(KEYS[0])}"):
        expected = OUT_TYPES[name]
        if found != expected:
            where = Where(shown, line=place(part.tree.selects[0], shown).line, field=name)
            yield problem("measures.sql.output_type", where, column=name, found=found, expected=expected)


def _wrong_types(part: Part, shown: str) -> list[Problem]:
    """Constructs that are portable for some types only."""
    schema = MappingSchema(
        {name: {c.name: c.type for c in view.description.columns} for name, view in views().items()}, dialect=DIALECT
    )
    tree = qualify(
        part.literal_tree(KEYS[0]),
        dialect=DIALECT,
        schema=schema,
        expand_alias_refs=False,
        validate_qualify_columns=False,
        quote_identifiers=False,
        identify=False,
    )
    judged = ((node, _wrong_type(node)) for node in annotate_types(tree, schema=schema, dialect=DIALECT).walk())
    return [
        problem("measures.sql.refused", place(node, shown), word=type(node).__name__.upper(), reason=reason)
        for node, reason in judged
        if reason
    ]


def _wrong_type(node: exp.Expr) -> str:  # noqa: PLR0911
    match node:
        case exp.Column() if not node.table:
            return ALIAS_USED
        case exp.Sub() if _type(node.this) is _type(node.expression) is Type.DATE:
            return DATE_MINUS_DATE
        case exp.Add() | exp.Sub() | exp.Mul() if not _reckons(node):
            return ARITHMETIC
        case exp.Add() | exp.Sub() | exp.Mul() if _narrow(node):
            return NARROW
        case exp.Sum() if _narrow(node.this):
            return NARROW
        case exp.Cast() if node.to.this in INTEGERS and _type(node.this) not in INTEGERS | TEXTS | {Type.NULL}:
            return CAST_INTEGER
        case exp.DPipe() if not {_type(node.this), _type(node.expression)} <= TEXTS:
            return JOIN_TEXTS
        case exp.DateDiff() if not {_type(node.this), _type(node.expression)} <= {Type.DATE}:
            return DAYS_OF_DATES
    return ""


def _reckons(node: exp.Binary) -> bool:
    left, right = _type(node.this), _type(node.expression)
    if left is Type.DATE and not isinstance(node, exp.Mul):
        # An interval stands only where years_before was written out.
        return right in INTEGERS or isinstance(node.expression, exp.Interval)
    return left in NUMBERS and right in NUMBERS


def _narrow(node: exp.Expr) -> bool:
    """True for a 32-bit integer that comes from data: engines stop or wrap when it overflows."""
    return _type(node) is Type.INT and any(cast.to.this is Type.INT for cast in node.find_all(exp.Cast))


def _type(node: exp.Expr) -> exp.DType:
    """The type of an expression; of a subquery that of its one column."""
    if isinstance(node, exp.Subquery):
        return _type(node.selects[0])
    if isinstance(node, exp.Null):
        return Type.NULL
    return node.type.this if isinstance(node.type, exp.DataType) else Type.UNKNOWN
