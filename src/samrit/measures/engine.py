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
from samrit.problems import problem
from samrit.reference import Register
from samrit.warehouse import Kind, Snapshot, View, views


class Engine:
    """A locked connection to a snapshot; use it as a context.

    `organisation` holds facility, contracting_unit per census day, as the register places them (DEFINITIONS S5).
    """

    def __init__(self, snapshot: Snapshot | None, register: Register) -> None:
        self.snapshot = snapshot
        self.register = register
        self._placed: set[date] = set()
        self._shared: dict[str, str] = {}
        self._connection = duckdb.connect()
        self._connection.execute("SET TimeZone = 'UTC'")
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

    def state_of(self, names: Iterable[str], days: Iterable[date]) -> list[Any]:
        """What a count of these views stands on: their files and SQL, and the register of the census days."""
        wanted = {"registrations", *names}
        for view in reversed(list(views().values())):
            if view.name in wanted:
                wanted |= view.reads & set(views())
        files = [
            [name, views()[name].hash, [f.name for f in self.snapshot.files(name)] if self.snapshot else []]
            for name in sorted(wanted)
        ]
        register = [[day.isoformat(), self.register.placing(day)] for day in sorted(set(days))]
        whole = self.register.canonical_csv().decode() if "facilities" in wanted else ""
        return [files, register, whole]

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
                self._fill_facilities(view)
            else:
                self._connection.execute(f'CREATE VIEW "{view.name}" AS {self._select(view)}')

    def _select(self, view: View) -> str:
        if view.kind is Kind.PLAIN:
            return view.sql
        files = self.snapshot.files(view.name) if self.snapshot else []
        if not files:
            return view.empty_select
        return f"SELECT * FROM read_parquet([{', '.join(text(str(f.resolve())) for f in files)}])"  # noqa: S608

    def _fill_facilities(self, view: View) -> None:
        self._connection.execute(f'CREATE TABLE "{view.name}" AS {view.empty_select}')
        rows = []
        for row in self.register.rows:
            parents = {level.value: code for level, code in self.register.parents(row.hospcode, row.valid_from).items()}
            unit = self.register.contracting_unit(row.hospcode, row.valid_from) or ""
            cells = (row.hospcode, row.hostype, row.service_level, row.size, unit)
            areas = (parents.get("district", ""), parents.get("province", ""), parents.get("region", ""))
            lists = f"{row.sends_43}, {row.smart_health_id_target}"
            days = f"DATE '{row.valid_from.isoformat()}', DATE '{row.valid_to.isoformat()}'"
            rows.append(f"({', '.join(text(cell or '') for cell in (*cells, *areas))}, {lists}, {days})")
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
