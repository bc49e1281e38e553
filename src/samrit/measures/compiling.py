"""The author's text -> a checked tree -> SQL for one period or for many. What runs is always made from the tree.

Named sets (`catalogue/sets/`) are written in as subqueries, table parameters as small SELECTs, own functions as plain
SQL. A name of a period ($start, $end, $census) becomes a date literal, or a column of a key table (VIEWS section 1).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from samrit.measures.definition import CountedAt, Measure, Scalar, TableValue, Value, catalogue_folder
from samrit.measures.errors import MeasuresError
from samrit.measures.functions import WrongUse, expand
from samrit.measures.portable import refused
from samrit.problems import Problem, Where, nearest, problem
from samrit.warehouse import views

PERIOD_NAMES = ("start", "end", "census")
DIALECT = "duckdb"
OUT = ("person_id", "counted_id", "row_id", "row_ids", "facility")
DEEPEST_SET = 8


@dataclass(frozen=True)
class Part:
    """A compiled part: a checked tree whose only placeholders are names of the period; the columns it gives."""

    tree: exp.Expression
    columns: tuple[str, ...]
    period_names: tuple[str, ...]

    @property
    def rows_column(self) -> str:
        """row_id or row_ids, or '' when the part gives no lines."""
        return next((name for name in ("row_ids", "row_id") if name in self.columns), "")

    def literal(self, period: dict[str, date]) -> str:
        """SQL for one period, its days written in."""
        days = {name: exp.cast(exp.Literal.string(period[name].isoformat()), "date") for name in PERIOD_NAMES}
        return _bound(self.tree, days).sql(dialect=DIALECT, comments=False)

    def lateral(self, keys: str) -> str:
        """SQL for many periods: the days are columns start_day, end_day, census_day of the row `keys`."""
        columns: dict[str, exp.Expression] = {n: exp.column(f"{n}_day", table=keys) for n in PERIOD_NAMES}
        return _bound(self.tree, columns).sql(dialect=DIALECT, comments=False)


@dataclass(frozen=True)
class Compiled:
    """A measure ready to count with given parameters."""

    measure: Measure
    a: Part
    b: Part


def compile_measure(measure: Measure, parameters: dict[str, Value]) -> Compiled:
    """Check and compile both parts. Raises MeasuresError with every mistake found."""
    problems: list[Problem] = []
    parts: dict[str, Part] = {}
    for name, text in (("a", measure.a_sql), ("b", measure.b_sql)):
        made = _part(measure, text, f"{measure.place}/{name}.sql", parameters)
        if isinstance(made, Part):
            parts[name] = made
        else:
            problems += made
    if problems:
        raise MeasuresError(*problems)
    return Compiled(measure, parts["a"], parts["b"])


def _part(measure: Measure, text: str, shown: str, parameters: dict[str, Value]) -> Part | list[Problem]:
    tree = _parsed(text, shown)
    if isinstance(tree, Problem):
        return [tree]
    tables = {n: v for n, v in parameters.items() if isinstance(v, TableValue)}
    scalars = {n: v for n, v in parameters.items() if not isinstance(v, TableValue)}
    try:
        tree = _inlined(tree, shown, frozenset(tables))
        tree = _with_tables(tree, tables)
        tree = expand(tree)
    except MeasuresError as error:
        return list(error.problems)
    except WrongUse as error:
        return [problem("measures.sql.function", Where(file=shown), expected=str(error))]
    unknown = [p.name for p in tree.find_all(exp.Placeholder) if p.name not in {*scalars, *PERIOD_NAMES}]
    if unknown:
        good = [*scalars, *PERIOD_NAMES]
        return [
            problem("measures.sql.placeholder", Where(file=shown), name=n, near=nearest(n, good) or "-")
            for n in dict.fromkeys(unknown)
        ]
    tree = _bound(tree, {n: _literal(v) for n, v in scalars.items()})
    columns = tuple(tree.named_selects)
    wrong = _wrong_columns(measure, columns, shown)
    names = {p.name for p in tree.find_all(exp.Placeholder)}
    return wrong or Part(tree, columns, tuple(n for n in PERIOD_NAMES if n in names))


def _parsed(text: str, shown: str) -> exp.Expression | Problem:
    try:
        trees = [tree for tree in sqlglot.parse(text, dialect=DIALECT) if tree is not None]
    except SqlglotError as error:
        details = getattr(error, "errors", None) or [{}]
        where = Where(file=shown, line=int(details[0].get("line") or 1))
        return problem("measures.sql.syntax", where, reason=str(details[0].get("description") or "?"))
    if len(trees) != 1 or not isinstance(trees[0], exp.Select | exp.Union):
        return problem("measures.sql.one_select", Where(file=shown))
    return trees[0]


def _wrong_columns(measure: Measure, columns: tuple[str, ...], shown: str) -> list[Problem]:
    needed = {"person_id", "counted_id"}
    if measure.definition.counted_at is CountedAt.TREATING:
        needed.add("facility")
    allowed = set(OUT) if "facility" in needed else set(OUT) - {"facility"}
    wrong = [c for c in columns if c not in allowed] + sorted(needed - set(columns))
    return [
        problem("measures.sql.columns", Where(file=shown, field=c), column=c, needed=", ".join(sorted(needed)))
        for c in wrong
    ]


@cache
def set_names() -> tuple[str, ...]:
    """Names of the shared conditions."""
    return tuple(sorted(f.stem for f in (catalogue_folder() / "sets").glob("*.sql")))


def _inlined(tree: exp.Expression, shown: str, tables: frozenset[str], depth: int = 0) -> exp.Expression:
    """Check an author's tree and write named sets in. Raises MeasuresError."""
    problems = [
        problem("measures.sql.refused", Where(file=shown, line=_line(node)), word=word, reason=reason)
        for node, word, reason in refused(tree)
    ]
    ctes = {cte.alias for cte in tree.find_all(exp.CTE)}
    known = {*views(), *set_names(), *tables}
    problems += [problem("measures.sql.cte_name", Where(file=shown), name=n) for n in sorted(ctes & known)]
    for node in tree.find_all(exp.Table):
        if isinstance(node.this, exp.Identifier) and node.name not in known | ctes:
            where = Where(file=shown, line=_line(node))
            near = nearest(node.name, known | ctes) or "-"
            problems.append(problem("measures.sql.view", where, name=node.name, near=near))
    if depth > DEEPEST_SET:
        problems.append(problem("measures.sql.set_circle", Where(file=shown)))
    if problems:
        raise MeasuresError(*problems)

    def write_in(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Table) and node.name in set_names():
            inner = _inlined(_set_tree(node.name), f"measures/catalogue/sets/{node.name}.sql", tables, depth + 1)
            return exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.to_identifier(node.alias or node.name)))
        return node

    return tree.transform(write_in)


def _set_tree(name: str) -> exp.Expression:
    path: Path = catalogue_folder() / "sets" / f"{name}.sql"
    tree = _parsed(path.read_text(encoding="utf-8"), f"measures/catalogue/sets/{name}.sql")
    if isinstance(tree, Problem):
        raise MeasuresError(tree)
    return tree


def _with_tables(tree: exp.Expression, tables: dict[str, TableValue]) -> exp.Expression:
    """Table parameters as SELECT ... UNION ALL SELECT ..., which every engine takes."""

    def write_in(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Table) and node.name in tables:
            value = tables[node.name]
            selects = [
                exp.select(*(exp.alias_(_literal(cell), c) for cell, c in zip(row, value.columns, strict=True)))
                for row in value.rows
            ]
            inner: exp.Expression = selects[0]
            for select in selects[1:]:
                inner = exp.union(inner, select, distinct=False)
            return exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.to_identifier(node.alias or node.name)))
        return node

    return tree.transform(write_in)


def _bound(tree: exp.Expression, values: dict[str, exp.Expression]) -> exp.Expression:
    def bind(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Placeholder) and node.name in values:
            return values[node.name].copy()
        return node

    return tree.transform(bind)


def _literal(value: Scalar) -> exp.Expression:
    if isinstance(value, str):
        return exp.Literal.string(value)
    if isinstance(value, Decimal):
        return exp.cast(exp.Literal.string(str(value)), "decimal(38,9)")
    return exp.Literal.number(value) if value >= 0 else exp.Paren(this=exp.Neg(this=exp.Literal.number(-value)))


def _line(node: exp.Expression) -> int:
    """The line of a construct: its own or that of the first name inside it (0 when unknown)."""
    for inner in node.walk():
        if "line" in inner.meta:
            return int(inner.meta["line"])
    return 0
