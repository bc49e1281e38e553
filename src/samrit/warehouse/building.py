"""standing rows + links -> curated views, as Parquet files named by what they are made from.

The SQL of a view sees each table of the standard with typed columns, `row_id` and `person_id`, and one own function,
`normalise(code)` (DEFINITIONS S7.1). It may see the standing lines of claims too (`claims.binding`). A view over logs
sees the standing calls of its kind (moment, hospcode, called, success) with `row_id` and `person_id`.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from samrit.f43 import ColumnType, table
from samrit.logs import log_kind, log_kinds
from samrit.objects import make_file, name_of
from samrit.warehouse.catalogue import Kind, View, tables_read, views
from samrit.warehouse.claims.binding import LinkedClaims, tables_of_claims
from samrit.warehouse.home import Home
from samrit.warehouse.logs.standing import StandingLogs
from samrit.warehouse.standing import Standing

DUCKDB_TYPES = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.JSON: "VARCHAR",
    ColumnType.DATE: "DATE",
    ColumnType.DATETIME: "TIMESTAMP",
    ColumnType.NUMBER: "DECIMAL(38,9)",
    ColumnType.INTEGER: "BIGINT",
}
NORMALISE = "CREATE MACRO normalise(code) AS regexp_replace(upper(code), '[^A-Z0-9]', '', 'g')"


class Builder:
    """Builds view files of a home; one connection for many small queries."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.connection = duckdb.connect(config={"threads": 1})
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("SET enable_progress_bar = false")  # it would write to stdout
        self.connection.execute(f"SET temp_directory = {_quoted(home.spill)}")
        self.connection.execute(NORMALISE)
        self._bound: dict[str, str] = {}

    def event_view(
        self, view: View, standing: Standing | None, links: Path | None, claims: LinkedClaims | None = None
    ) -> Path | None:
        """The file of an event view for one facility; None when the facility has no row of its tables.

        standing, links: None for a hospital that sent no 43 files; claims: its claims lines.
        """
        told = claims if claims and claims.tell(view) else None
        main = [name for name in tables_read(view) if standing and standing.path(name)]
        if not main and not told:
            return None
        rows, persons = ([standing], [links]) if standing and links else ([], [])
        parts = [*(s.name for s in rows), *(link.stem for link in persons), *(told.name_parts(view) if told else ())]
        # several rows of a view may stand on one line of claims
        order = ", ".join(["row_id", *_places(view)]) if told or view.description.repeats_lines else "row_id"
        path = self._path(view, *parts)
        return make_file(path, lambda aside: self._write(view, rows, persons, {}, aside, order, told))

    def told(
        self, view: View, standing: Standing | None, links: Path | None, claims: LinkedClaims | None
    ) -> list[tuple[Any, ...]]:
        """The rows of an event view as they would be if only this were known of a facility; no file is made."""
        rows, persons = ([standing], [links]) if standing and links else ([], [])
        self._bind(view, rows, persons, {}, claims)
        return self.connection.execute(_select(view)).fetchall()

    def person_view(self, view: View, standings: list[Standing], links: list[Path], made: dict[str, Path]) -> Path:
        """The file of a person view over all facilities; `made` are the person views built before it."""
        names = [(s.name, link.stem) for s, link in zip(standings, links, strict=True)]
        path = self._path(view, names, sorted((name, views()[name].hash) for name in made))
        order = ", ".join(_places(view))
        return make_file(path, lambda aside: self._write(view, standings, links, made, aside, order))

    def log_view(self, view: View, standing: StandingLogs, links: Path) -> Path:
        """The file of a view over the standing calls of its kind."""
        path = self._path(view, standing.name, links.stem)
        return make_file(path, lambda aside: self._write_log(view, standing, links, aside))

    def _write_log(self, view: View, standing: StandingLogs, links: Path, aside: Path) -> None:
        """The person column goes no further than this: the SQL of a view sees the keyed id."""
        self.connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {log_kind(standing.kind).table} AS "  # noqa: S608 (own names)
            f"SELECT s.row_id, s.moment, s.hospcode, s.called, s.success, l.person_id "
            f"FROM read_parquet({_quoted(standing.path)}) AS s "
            f"LEFT JOIN read_parquet({_quoted(links)}) AS l ON l.person = s.person"
        )
        self._write(view, [], [], {}, aside, "row_id")

    def _path(self, view: View, *parts: object) -> Path:
        return self.home.views / view.name / f"{name_of('view', view.name, view.hash, NORMALISE, *parts)}.parquet"

    def _write(
        self,
        view: View,
        standings: list[Standing],
        links: list[Path],
        made: dict[str, Path],
        aside: Path,
        order: str,
        claims: LinkedClaims | None = None,
    ) -> None:
        self._bind(view, standings, links, made, claims)
        self.connection.execute(
            f"COPY ({_select(view)} ORDER BY {order}) TO {_quoted(aside)} (FORMAT parquet, COMPRESSION lz4)"
        )

    def _bind(
        self,
        view: View,
        standings: list[Standing],
        links: list[Path],
        made: dict[str, Path],
        claims: LinkedClaims | None,
    ) -> None:
        """Have the tables that the SQL of a view names."""
        tables = {name: _table_sql(name, standings, links) for name in tables_read(view)}
        before = {name: f"SELECT * FROM read_parquet({_quoted(path)})" for name, path in made.items()}  # noqa: S608
        for name, sql in (tables | tables_of_claims(view, claims) | before).items():
            if self._bound.get(name) != sql:  # many facilities send nothing of a table: one empty one serves them all
                self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")
                self._bound[name] = sql


def _table_sql(name: str, standings: list[Standing], links: list[Path]) -> str:
    of = table(name)
    paths = [path for standing in standings if (path := standing.path(name))]
    if not paths:
        columns = ", ".join(f'CAST(NULL AS {DUCKDB_TYPES[c.type]}) AS "{c.name}"' for c in of.columns)
        return f"SELECT {columns}, CAST(NULL AS BIGINT) AS row_id, CAST(NULL AS BIGINT) AS person_id WHERE false"
    rows = f"SELECT s.* FROM read_parquet({_list(paths)}) AS s"  # noqa: S608
    if not of.has_person:
        return rows
    return (
        f"SELECT s.*, l.person_id FROM read_parquet({_list(paths)}) AS s "  # noqa: S608
        f"JOIN read_parquet({_list(links)}) AS l ON l.facility = s.HOSPCODE AND l.pid = s.PID"
    )


def event_views() -> list[View]:
    """Views built facility by facility."""
    return [view for view in views().values() if view.kind in {Kind.EVENT, Kind.CLAIM}]


def person_views() -> list[View]:
    """Views built over all facilities, in the order in which they need each other."""
    return [view for view in views().values() if view.kind is Kind.PERSON]


def log_views() -> dict[str, list[View]]:
    """Kind of log -> the views that are made of it."""
    every = [view for view in views().values() if view.kind is Kind.LOG]
    return {kind.id: [view for view in every if kind.table in view.reads] for kind in log_kinds()}


def _select(view: View) -> str:
    """The columns of a view with their types."""
    columns = ", ".join(f'CAST("{c.name}" AS {c.type}) AS "{c.name}"' for c in view.description.columns)
    return f"SELECT {columns} FROM ({view.sql})"  # noqa: S608 (own SQL)


def _places(view: View) -> list[str]:
    """The places of all columns of a view, as an ORDER BY names them."""
    return [str(place) for place, _ in enumerate(view.description.columns, start=1)]


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _list(paths: Iterable[Path]) -> str:
    return "[" + ", ".join(_quoted(path) for path in paths) + "]"
