"""Do the worked cases notice a changed rule? `python proofs/mutants.py [ID...] [--views] [--write]`.

Every text that counts (a.sql, b.sql, the defaults of measure.yaml, named sets; with --views also the curated views) is
changed in one place at a time and the cases of the measures that read it are counted again. A mutant that no case
notices survives: either a case is missing, or no case can notice it and `equivalent.yaml` says why.
--write puts the result into docs/proofs/mutants.md. Exit code 1 when a survivor has no reason.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

import duckdb
import sqlglot
import yaml
from mutating import Mutant, mutants
from sqlglot import exp

from samrit.claims import layouts
from samrit.f43 import table, table_names
from samrit.logs import log_kinds
from samrit.measures import (
    Compiled,
    Engine,
    Form,
    Measure,
    MeasuresError,
    When,
    case_files,
    compile_measure,
    count,
    measure,
    measure_ids,
)
from samrit.measures.case_reading import read_cases
from samrit.measures.cases import Case
from samrit.measures.checking import difference, load_case, network_of
from samrit.measures.compiling import set_names
from samrit.measures.definition import TableValue, Value
from samrit.measures.finding import catalogue_folder
from samrit.reference import Period, Register
from samrit.warehouse import Kind, Snapshot, View, views
from samrit.warehouse.building import DUCKDB_TYPES, Builder, log_views
from samrit.warehouse.links import link
from samrit.warehouse.logs.parsing import parse_log
from samrit.warehouse.logs.receiving import log_receipts
from samrit.warehouse.logs.standing import link_logs, stand_logs
from samrit.warehouse.parsing import parse
from samrit.warehouse.receiving import receipts
from samrit.warehouse.standing import Standing, stand

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "proofs" / "mutants.md"
# What a text hands on for tracing: it changes the lines shown, never a count.
LINES = {"row_id", "row_ids"}
# Columns that the engine reads to place a row.
PLACING = {"registrations": {"home_facility", "insurance", "main_unit", "valid_from", "valid_to"}}
LOG_COLUMNS = {"row_id": "BIGINT", "moment": "TIMESTAMP", "hospcode": "VARCHAR", "called": "VARCHAR"} | {
    "success": "BOOLEAN",
    "person_id": "BIGINT",
}
Judge = Callable[["Loaded", Mutant], bool]


@dataclass(frozen=True, eq=False)
class Loaded:
    """A case in a home of its own, ready to be counted again and again."""

    case: Case
    of: Measure
    parameters: dict[str, Value]
    snapshot: Snapshot
    register: Register
    engine: Engine

    def differs(self, compiled: Compiled, engine: Engine | None = None) -> bool:
        """Whether the counted result is not the one that the case expects."""
        when = When(Period(*self.case.period), self.case.census_day)
        cells = count(engine or self.engine, compiled, [when], Form.LITERAL)
        return bool(difference(self.case, self.of, self.parameters, cells, self.register))


COMPILED: dict[tuple[str, ...], Compiled] = {}


def compile_once(of: Measure, parameters: dict[str, Value], sets: Mapping[str, str] | None = None) -> Compiled:
    """The compiled measure; cases with the same parameters share it."""
    key = (of.id, of.a_sql, of.b_sql, repr(parameters), repr(sets))
    if key not in COMPILED:
        if len(COMPILED) >= 64:
            COMPILED.clear()
        COMPILED[key] = compile_measure(of, parameters, sets)
    return COMPILED[key]


@dataclass
class Tally:
    """What became of the mutants of one text."""

    name: str
    caught: int = 0
    refused: int = 0
    survivors: list[Mutant] = field(default_factory=list)


def open_case(case: Case, stack: ExitStack) -> Loaded:
    """Load a case and keep it until the stack is closed."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="samrit-mutants-")))
    of = measure(case.measure)
    snapshot, register = load_case(case, folder)
    engine = stack.enter_context(Engine(snapshot, register, network_of(case)))
    loaded = Loaded(case, of, of.with_parameters(case.params), snapshot, register, engine)
    if loaded.differs(compile_once(of, loaded.parameters)):
        raise SystemExit(f"{case.file}:{case.line} fails before anything is changed")
    return loaded


def texts_named(text: str) -> set[str]:
    """The sets and views that a text reads, directly or through others."""
    named = {t.name for t in sqlglot.parse_one(text, dialect="duckdb").find_all(exp.Table)}
    found: set[str] = set()
    for name in named:
        if name in set_names():
            found |= {name} | texts_named(set_text(name))
        elif name in views():
            found |= {name}
            if views()[name].sql:
                found |= texts_named(views()[name].sql)
    return found


def is_counted(column: str) -> bool:
    """Whether a count depends on an output column of a part."""
    return column not in LINES


def set_text(name: str) -> str:
    """The text of a named set."""
    return (catalogue_folder() / "sets" / f"{name}.sql").read_text(encoding="utf-8")


def columns_of(name: str) -> Mapping[str, str]:
    """Columns and types of a view, a named set, a table parameter or a table of the standard."""
    if name in views():
        return {c.name: c.type for c in views()[name].description.columns}
    if name in set_names():
        known = {c.name: c.type for v in views().values() for c in v.description.columns}
        return {n: known.get(n, "BIGINT") for n in compile_columns(name)}
    if name in table_names():
        of = table(name)
        keys = {"row_id": "BIGINT", "person_id": "BIGINT"} if of.has_person else {"row_id": "BIGINT"}
        return {c.name: DUCKDB_TYPES[c.type] for c in of.columns if c.name != "CID"} | keys
    if name in (kind.table for kind in log_kinds()):
        return LOG_COLUMNS
    return {}


def compile_columns(name: str) -> list[str]:
    """Output columns of a named set."""
    return list(sqlglot.parse_one(set_text(name), dialect="duckdb").named_selects)


def judge(name: str, made: Iterable[Mutant], cases: list[Loaded], is_caught: Judge) -> Tally:
    """Count the cases again with every mutant until one notices it; who noticed the last one is asked first."""
    tally = Tally(name)
    order = list(cases)
    for mutant in made:
        try:
            caught = next((loaded for loaded in order if is_caught(loaded, mutant)), None)
        except (MeasuresError, duckdb.Error):
            tally.refused += 1  # the checks or the engine refuse the text, so nobody can count with it
            continue
        if caught:
            order.remove(caught)
            order.insert(0, caught)
            tally.caught += 1
        else:
            tally.survivors.append(mutant)
    return tally


def part_tallies(of: Measure, cases: list[Loaded]) -> Iterator[Tally]:
    """a.sql, b.sql and the defaults of one measure."""
    tables = {n: dict.fromkeys(v.columns, "INTEGER") for n, v in of.parameters.items() if isinstance(v, TableValue)}
    for part in ("a_sql", "b_sql"):

        def changed(loaded: Loaded, mutant: Mutant, part: str = part) -> bool:
            return loaded.differs(compile_once(replace(loaded.of, **{part: mutant.text}), loaded.parameters))

        made = mutants(getattr(of, part), lambda name: tables.get(name) or columns_of(name), is_counted)
        yield judge(f"{of.id}/{part.replace('_', '.')}", made, cases, changed)

    of_all = of

    def with_default(loaded: Loaded, mutant: Mutant) -> bool:
        changed = dict(yaml.safe_load(mutant.text))
        default, value = next(iter(changed.items()))
        by = of_all.definition.named_by
        if by and default == by.parameter and loaded.of.id != of_all.id:
            return False  # the name of the case says the value, whatever the default
        of = replace(loaded.of, parameters=loaded.of.parameters | {default: read_value(value, loaded.of, default)})
        parameters = of.with_parameters(loaded.case.params)
        again = replace(loaded, parameters=parameters)
        return again.differs(compile_once(of, parameters))

    yield judge(f"{of.id}/measure.yaml", default_mutants(of), cases, with_default)


def read_value(value: object, of: Measure, name: str) -> Value:
    """A changed default as its type."""
    return of.with_parameters({name: value})[name]


def default_mutants(of: Measure) -> Iterator[Mutant]:
    """Every number of the defaults one lower and one higher, every choice replaced by the others."""
    for name, value in of.parameters.items():
        if isinstance(value, TableValue):
            for row, cells in enumerate(value.rows):
                for at, cell in enumerate(cells):
                    if value.columns[at] == "no":
                        continue
                    others = [str(cell + by) for by in (-1, 1)] if isinstance(cell, int) else [f"{cell}{cell}"]
                    for other in others:
                        rows = [[str(c) for c in r] for r in value.rows]
                        rows[row][at] = other
                        change = f"{name} row {row + 1}: {value.columns[at]} {cell} -> {rows[row][at]}"
                        yield Mutant(change, yaml.safe_dump({name: rows}))
        elif isinstance(value, int):
            for by in (-1, 1):
                yield Mutant(f"{name}: {value} -> {value + by}", yaml.safe_dump({name: str(value + by)}))
        elif value in of.definition.choices.get(name, ()):
            for other in of.definition.choices[name]:
                if other != value:
                    yield Mutant(f"{name}: {value} -> {other}", yaml.safe_dump({name: other}))
        else:
            yield Mutant(f"{name}: {value} -> {value * 2}", yaml.safe_dump({name: str(value * 2)}))


def set_tally(name: str, cases: list[Loaded], used: set[str]) -> Tally:
    """A named set, judged by the cases of every measure that reads it."""

    def changed(loaded: Loaded, mutant: Mutant) -> bool:
        return loaded.differs(compile_once(loaded.of, loaded.parameters, sets={name: mutant.text}))

    return judge(f"sets/{name}.sql", mutants(set_text(name), columns_of, (used - LINES).__contains__), cases, changed)


def without_claims(sql: str) -> str:
    """A text without what only lines of claims can change: cases hold none, tests/claims judges those parts."""
    tree: exp.Expression = sqlglot.parse_one(sql, dialect="duckdb")
    tables = {of.table for of in layouts()}

    def told_by_claims(node: exp.Expression) -> bool:
        return any(table.name in tables for table in node.find_all(exp.Table))

    while isinstance(tree, exp.Union) and told_by_claims(tree.expression):
        tree = tree.this
    for union in list(tree.find_all(exp.Union)):
        if told_by_claims(union.expression):
            union.replace(union.this)
    for where in list(tree.find_all(exp.Where)):
        if told_by_claims(where):
            where.pop()
    return tree.sql(dialect="duckdb", comments=False)


def view_tally(view: View, cases: list[Loaded], used: set[str]) -> Tally:
    """A curated view, judged by the cases of every measure that reads it; stored views are built again."""
    named = {c.name for c in sqlglot.parse_one(view.sql, dialect="duckdb").find_all(exp.Column)}

    def named_columns(name: str) -> Mapping[str, str]:
        return {column: kind for column, kind in columns_of(name).items() if column in named}

    def changed(loaded: Loaded, mutant: Mutant) -> bool:
        new = replace(view, sql=mutant.text)
        changed_views = {n: new if n == view.name else v for n, v in views().items()}
        snapshot = loaded.snapshot
        with (
            patch("samrit.measures.engine.views", lambda: changed_views),
            patch("samrit.warehouse.building.views", lambda: changed_views),
        ):
            if view.kind is not Kind.PLAIN:
                snapshot = rebuilt(loaded.snapshot, new)
                if all(same_bytes(snapshot.files(n), loaded.snapshot.files(n)) for n in snapshot.views):
                    return False
            with Engine(snapshot, loaded.register, network_of(loaded.case)) as engine:
                return loaded.differs(compile_once(loaded.of, loaded.parameters), engine)

    made = mutants(view.sql, named_columns, used.__contains__)
    if "first_source" in view.reads:
        alone = without_claims(view.sql)
        made = [mutant for mutant in made if without_claims(mutant.text) != alone]
    return judge(f"views/{view.name}.sql", made, cases, changed)


def same_bytes(these: list[Path], those: list[Path]) -> bool:
    """Whether two lists of files hold the same."""
    return these == those or sorted(p.read_bytes() for p in these) == sorted(p.read_bytes() for p in those)


STANDINGS: dict[Path, tuple[list[Standing], list[Path]]] = {}


def rebuilt(snapshot: Snapshot, view: View) -> Snapshot:
    """The snapshot with one stored view made by another text (and the person views, which need each other)."""
    home = snapshot.home
    if home.path not in STANDINGS:
        found = standings_of(snapshot)
        STANDINGS[home.path] = (found, [link(home, s) for s in found])
    standings, links = STANDINGS[home.path]
    builder = Builder(home)
    if view.kind is Kind.EVENT:
        made = [builder.event_view(view, s, path) for s, path in zip(standings, links, strict=True)]
        files = {view.name: tuple(sorted(home.relative(p) for p in made if p))}
    elif view.kind is Kind.LOG:
        of_kind = [parse_log(home, r) for r in log_receipts(home) if view in log_views()[r.kind]]
        calls = stand_logs(home, of_kind[0].receipt.kind, of_kind)
        files = {view.name: (home.relative(builder.log_view(view, calls, link_logs(home, calls))),)}
    else:
        people: dict[str, Path] = {}
        for name in [v.name for v in views().values() if v.kind is Kind.PERSON]:
            of = view if name == view.name else views()[name]
            people[name] = builder.person_view(of, standings, links, people)
        files = {name: (home.relative(path),) for name, path in people.items()}
    builder.connection.close()
    return replace(snapshot, views=snapshot.views | files)


def standings_of(snapshot: Snapshot) -> list[Standing]:
    """The standing rows of every facility, as the load left them."""
    parsed = [parse(snapshot.home, receipt) for receipt in receipts(snapshot.home)]
    return [
        stand(snapshot.home, facility, [p for p in parsed if facility in p.facilities])
        for facility in sorted(snapshot.facilities)
    ]


def run(ids: list[str], *, with_views: bool) -> list[Tally]:
    """The tallies of the measures, of the sets they read and, if asked, of the views."""
    reads = {i: texts_named(measure(i).a_sql) | texts_named(measure(i).b_sql) for i in ids}
    with ExitStack() as stack:
        cases = {
            i: [
                open_case(c, stack) for f in case_files(i) for c in read_cases(f) if c.measure in {i, *measure(i).names}
            ]
            for i in ids
        }
        tallies = []
        for i in ids:
            tallies += part_tallies(measure(i), cases[i])
            say(tallies[-3:])
        for name in sorted(set().union(*reads.values())):
            readers = [loaded for i in ids if name in reads[i] for loaded in cases[i]]
            if name in set_names():
                tallies.append(set_tally(name, readers, columns_read(name, ids)))
                say(tallies[-1:])
            elif with_views and views()[name].sql and views()[name].kind is not Kind.CLAIM:
                tallies.append(view_tally(views()[name], readers, columns_read(name, ids)))
                say(tallies[-1:])
    return tallies


def columns_read(name: str, ids: list[str]) -> set[str]:
    """Names of the columns in the texts that read a view or set directly, and those that place a row."""
    texts = [t for i in ids for t in (measure(i).a_sql, measure(i).b_sql)]
    texts += [set_text(other) for other in set_names()] + [v.sql for v in views().values() if v.sql]
    trees = [sqlglot.parse_one(t, dialect="duckdb") for t in texts]
    readers = [tree for tree in trees if name in {t.name for t in tree.find_all(exp.Table)}]
    return {c.name for tree in readers for c in tree.find_all(exp.Column)} | PLACING.get(name, set())


def reasons() -> dict[tuple[str, str], str]:
    """Why a survivor makes no difference: (text, change) -> reason, from `equivalent.yaml`."""
    listed = yaml.safe_load((HERE / "equivalent.yaml").read_text(encoding="utf-8")) or []
    return {(entry["text"], change): entry["why"] for entry in listed for change in entry["changes"]}


def page(tallies: list[Tally], day: date) -> str:
    """The result as a page of the documentation."""
    why, with_views = reasons(), any(t.name.startswith("views/") for t in tallies)
    known = {(t.name, m.change) for t in tallies for m in t.survivors if (t.name, m.change) in why}
    caught, survived = sum(t.caught for t in tallies), sum(len(t.survivors) for t in tallies)
    refused = sum(t.refused for t in tallies)
    live = caught + survived - len(known)
    lines = [
        "# Do the worked cases notice a changed rule?",
        "",
        f"Run on {day.isoformat()} with `python proofs/mutants.py {'--views ' * with_views}--write`.",
        "",
        "Every text that counts is changed in one place at a time - an edge moved by one, a condition dropped, a",
        "column, a day, a code or a list exchanged, a JOIN made a LEFT JOIN - and the worked cases are counted again.",
        "",
        f"- mutants: {caught + survived + refused}; {refused} cannot run, the checks or the engine refuse them",
        f"- caught by a case: {caught} of {caught + survived} ({caught * 1000 // (caught + survived) / 10} %)",
        f"- survivors that no case can notice, each with its reason below: {len(known)}",
        f"- survivors without a reason: {survived - len(known)};"
        f" caught of those that could be: {caught * 1000 // max(live, 1) / 10} %",
        "",
        "| text | caught | no case can notice | missed | cannot run |",
        "|---|---:|---:|---:|---:|",
    ]
    for t in tallies:
        same = sum((t.name, m.change) in why for m in t.survivors)
        lines.append(f"| {t.name} | {t.caught} | {same} | {len(t.survivors) - same} | {t.refused} |")
    lines += ["", "## Survivors", ""]
    for t in tallies:
        lines += [
            f"- {t.name}: `{m.change}` - {why.get((t.name, m.change), '**no case notices this yet**')}"
            for m in t.survivors
        ]
    return "\n".join(lines) + "\n"


def say(tallies: Iterable[Tally]) -> None:
    """Show tallies and survivors that have no reason yet."""
    why = reasons()
    for t in tallies:
        sys.stdout.write(f"{t.name}: {t.caught} caught, {len(t.survivors)} survived, {t.refused} cannot run\n")
        for m in t.survivors:
            if (t.name, m.change) not in why:
                sys.stdout.write(f"    {m.change}\n")
    sys.stdout.flush()


def main() -> int:
    """Run and report."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("ids", nargs="*", help="measures; all when none is named")
    arguments.add_argument("--views", action="store_true", help="also the curated views (slow)")
    arguments.add_argument("--write", action="store_true", help="write docs/proofs/mutants.md")
    given = arguments.parse_args()
    tallies = run(given.ids or list(measure_ids()), with_views=given.views)
    if given.write:
        PAGE.write_text(page(tallies, date.today()), encoding="utf-8")  # noqa: DTZ011
    why = reasons()
    missed = sum((t.name, m.change) not in why for t in tallies for m in t.survivors)
    sys.stdout.write(f"{sum(t.caught for t in tallies)} caught, {missed} missed\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
