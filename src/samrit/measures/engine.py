"""The engine that counts: DuckDB over the files of one snapshot and nothing else.

The curated views are bound to the manifest's files, the organisation register is copied in, then external access is
switched off and the configuration locked: a measure cannot read or write anything else.
"""

from collections.abc import Iterable
from datetime import date
from types import TracebackType
from typing import Any

import duckdb

from samrit.measures.errors import MeasuresError
from samrit.measures.given import rows_of_input
from samrit.objects import name_of
from samrit.problems import problem
from samrit.reference import ReferralNetwork, Register
from samrit.warehouse import Kind, Snapshot, View, views


class Engine:
    """A locked connection to a snapshot; use it as a context.

    `organisation` holds facility, contracting_unit per census day, as the register places them (DEFINITIONS S5).
    """

    def __init__(self, snapshot: Snapshot | None, register: Register, network: ReferralNetwork | None = None) -> None:
        self.snapshot = snapshot
        self.register = register
        self.network = network or ReferralNetwork()
        self._placed: set[date] = set()
        self._shared: dict[str, str] = {}
        self._given: dict[str, str] = {}  # input view -> hash of the rows that it was filled with
        self._placings: dict[date, str] = {}
        self._connection = duckdb.connect()
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute("SET enable_progress_bar = false")  # it would write to stdout
        # No text depends on the order of rows, and tables are made cheaper without it.
        self._connection.execute("SET preserve_insertion_order = false")
        # Its own tables are gone with it: tidying them up in between is work for nothing.
        self._connection.execute("SET checkpoint_threshold = '1TB'")
        if (
            snapshot
        ):  # what does not fit into memory goes there; it holds keyed ids and dates, and is gone with the engine
            self._connection.execute(f"SET temp_directory = {text(str((snapshot.home.vault / 'spill').resolve()))}")
        self._bind_views()
        self._lock()

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of one SELECT that the engine's own rooms wrote. Raises MeasuresError for any other statement.

        The lock lets a COPY write over the files that may be read, so nothing but a SELECT is run.
        """
        statements = self._connection.extract_statements(sql)
        if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
            raise MeasuresError(problem("measures.engine.select_only"))
        return self._connection.execute(statements[0]).fetchall()

    def takes(self, sql: str) -> bool:
        """DuckDB takes every form that `measures check` has bound."""
        return True

    def state_of(self, names: Iterable[str], day: date) -> list[Any]:
        """What a count of these views stands on: their SQL, their files or rows given, the register of the census day.

        Of the register only what `organisation` holds.
        """
        wanted = set(names)
        for view in reversed(list(views().values())):
            if view.name in wanted:
                wanted |= view.reads & set(views())
        if day not in self._placings:
            placing = [(facility, unit) for facility, unit, *_ in self.register.placing(day)]
            self._placings[day] = name_of("organisation", placing)
        read = [
            [
                name,
                views()[name].hash,
                self._given.get(name, ""),
                self.snapshot.views.get(name, ()) if self.snapshot else (),
            ]
            for name in sorted(wanted)
        ]
        return [read, self._placings[day]]

    def make_table(self, name: str, sql: str) -> str:
        """A temporary table with the rows of SQL; a table of that name goes. Gives the name back."""
        self._connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {sql}')
        return name

    def share(self, sql: str) -> str:
        """The name of a temporary table with the rows of SQL; made once, however often it is asked for."""
        if sql not in self._shared:
            self._shared[sql] = self.make_table(f"shared_{len(self._shared) + 1}", sql)
        return self._shared[sql]

    def place_facilities(self, census_days: Iterable[date]) -> None:
        """Have the register of these days in `organisation`."""
        for day in sorted(set(census_days) - self._placed):
            values = [
                f"(DATE '{day.isoformat()}', {text(facility)}, {text(unit)})"
                for facility, unit, *_ in self.register.placing(day)
            ]
            if values:
                self._connection.execute(f"INSERT INTO organisation VALUES {', '.join(values)}")  # noqa: S608
            self._placed.add(day)

    def _bind_views(self) -> None:
        self._connection.execute(
            "CREATE TABLE organisation (census_day DATE, facility VARCHAR, contracting_unit VARCHAR)"
        )
        for view in views().values():
            if view.kind is Kind.INPUT:
                self._fill(view)
            else:
                self._connection.execute(f'CREATE VIEW "{view.name}" AS {self._select(view)}')

    def _select(self, view: View) -> str:
        if view.kind is Kind.PLAIN:
            return view.sql
        files = self.snapshot.files(view.name) if self.snapshot else []
        if not files:
            return view.empty_select
        return f"SELECT * FROM read_parquet([{', '.join(text(str(f.resolve())) for f in files)}])"  # noqa: S608

    def _fill(self, view: View) -> None:
        self._connection.execute(f'CREATE TABLE "{view.name}" AS {view.empty_select}')
        given = rows_of_input(view.name, self.register, self.network)
        rows = [f"({', '.join(map(_literal, row))})" for row in given]
        self._given[view.name] = name_of("given", rows)
        if rows:
            self._connection.execute(f'INSERT INTO "{view.name}" VALUES {", ".join(rows)}')  # noqa: S608

    def _lock(self) -> None:
        paths = [file.resolve() for name in views() for file in (self.snapshot.files(name) if self.snapshot else [])]
        self._connection.execute(f"SET allowed_paths = [{', '.join(text(str(p)) for p in paths)}]")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def _literal(cell: str | bool | date) -> str:
    if isinstance(cell, str):
        return text(cell)
    return f"DATE '{cell.isoformat()}'" if isinstance(cell, date) else str(cell)
