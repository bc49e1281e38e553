"""Describing: what can be told of a measure beside its own words, for the screen and for its page alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlglot import exp
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope
from sqlglot.schema import MappingSchema

from samrit.measures.case_reading import read_cases
from samrit.measures.cases import Case
from samrit.measures.compiling import DIALECT, Compiled, Part, compile_measure
from samrit.measures.definition import Measure, Words
from samrit.measures.mistakes import case_files
from samrit.measures.naming import Names, names_in, set_text
from samrit.warehouse import views

STANDINGS = {
    "printed": Words(th="ตามเอกสาร", en="printed"),
    "reconstructed": Words(th="คำนวณย้อน", en="reconstructed"),
    "assumed": Words(th="ข้อเสนอ ยังไม่เป็นทางการ", en="assumed, not official"),
    "typed_in": Words(th="พื้นที่กำหนด", en="typed in by the site"),
    "computed": Words(th="คำนวณ", en="computed"),
}
ANY_DAYS = {name: date(2013, 4, 1) for name in ("start", "end", "census")}


@dataclass(frozen=True)
class Described:
    """A measure as it runs with its own parameters: names, view -> columns that it reads, SQL of A and B, its cases."""

    names: Names
    columns: Mapping[str, tuple[str, ...]]
    a_sql: str
    b_sql: str
    cases: tuple[Case, ...]


def describe(of: Measure) -> Described:
    """What can be told of a measure. Raises MeasuresError when it cannot be compiled or its cases cannot be read."""
    compiled = compile_measure(of, of.parameters)
    known = {of.id, *of.names}
    cases = tuple(case for file in case_files(of) for case in read_cases(file) if case.measure in known)
    return Described(names_in(of), columns_read(compiled), sql_as_run(compiled.a), sql_as_run(compiled.b), cases)


def sql_as_run(part: Part) -> str:
    """The SQL of a part as engines get it, set out: sets written in, parameters filled, the days still by name."""
    return part.tree.sql(dialect=DIALECT, pretty=True, comments=False)


def columns_read(compiled: Compiled) -> dict[str, tuple[str, ...]]:
    """View -> the columns of it that A, B and the sets in them read, in the order of the view; sorted by view."""
    schema = MappingSchema(
        {name: {c.name: c.type for c in view.description.columns} for name, view in views().items()}, dialect=DIALECT
    )
    found: dict[str, set[str]] = {}
    for part in (compiled.a, compiled.b):
        tree = qualify(
            part.literal_tree(ANY_DAYS),
            dialect=DIALECT,
            schema=schema,
            expand_alias_refs=False,
            validate_qualify_columns=False,
            quote_identifiers=False,
            identify=False,
        )
        for scope in traverse_scope(tree):
            for column in scope.columns:
                source = scope.sources.get(column.table)
                if isinstance(source, exp.Table) and source.name in views():
                    found.setdefault(source.name, set()).add(column.name)
    return {
        name: tuple(c.name for c in views()[name].description.columns if c.name in columns)
        for name, columns in sorted(found.items())
    }


def say_set(name: str) -> str:
    """What a named set is: the comment in its first line."""
    return set_text(name).partition("\n")[0].removeprefix("--").strip()


def say_result(case: Case) -> str:
    """What a case must give: each organisation with A, B and value.

    >>> from samrit.measures import case_files
    >>> say_result(read_cases(case_files("ht_controlled")[0])[0])
    '11053: A 1, B 1, 100'
    """
    return (
        "; ".join(
            f"{org}: A {due.a}, B {due.b}, {'-' if due.value is None else _plain(due.value)}"
            for org, due in case.expect.items()
        )
        or "ไม่มีผล / nothing"
    )


def say_rows(case: Case, of: Measure) -> str:
    """What a case is given: a name of the measure, rows of tables, parameters."""
    tables = {**case.tables, **case.logs}
    return "; ".join(_given(case, of, {name: len(rows) for name, rows in tables.items()}))


def _given(case: Case, of: Measure, rows: Mapping[str, int]) -> Iterator[str]:
    if case.measure != of.id:
        yield case.measure
    if rows:
        yield ", ".join(f"{name} {count}" for name, count in rows.items())
    if case.params:
        yield ", ".join(f"{name} = {value}" for name, value in case.params.items())


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
