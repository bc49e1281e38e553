"""The engine for Apache Spark: the same texts over the same Parquet files, transpiled by SQLGlot (extra `spark`).

Whatever gathering and placing write for DuckDB is read into a tree again and written for Spark; nothing is written
twice. Spark starts in this process; a session of a cluster can be handed in instead. pyspark is looked for when needed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlglot
from sqlglot import exp

from samrit.measures.compiling import DIALECT
from samrit.measures.errors import MeasuresError
from samrit.measures.given import rows_of_input
from samrit.problems import problem
from samrit.reference import ReferralNetwork, Register
from samrit.warehouse import Kind, Snapshot, View, views

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SPARK = "spark"
ALIKE = {
    "spark.sql.session.timeZone": "UTC",
    # what DuckDB stops at, Spark must stop at too, and not answer NULL
    "spark.sql.ansi.enabled": "true",
    # a product of decimals keeps its digits or stops; it is never rounded to fit
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
}
"""Settings of a session without which Spark answers otherwise."""
ALONE = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.shuffle.partitions": "2",
}
"""Settings of a Spark that runs in this process and talks to nobody."""
ORGANISATION = {"census_day": "DATE", "facility": "VARCHAR", "contracting_unit": "VARCHAR"}


class SparkEngine:
    """A Spark session that sees the curated views of one snapshot; use it as a context.

    session: one that is there already, as a cluster's; its Spark reads the snapshot's files under the same paths. What
    the engine has not started it does not stop.
    """

    def __init__(
        self,
        snapshot: Snapshot | None,
        register: Register,
        network: ReferralNetwork | None = None,
        session: SparkSession | None = None,
    ) -> None:
        self.snapshot, self.register, self.network = snapshot, register, network or ReferralNetwork()
        found = session or running_spark()
        self._stops = found is None
        self._session = found or start_spark()
        for name, value in ALIKE.items():
            self._session.conf.set(name, value)
        self._made: dict[str, DataFrame] = {}
        self._shared: dict[str, str] = {}
        self._placed: set[date] = set()
        self.place_facilities([])
        for view in views().values():
            self._read(view).createOrReplaceTempView(view.name)

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(self, *error: object) -> None:
        for table in self._made.values():
            table.unpersist()
        if self._stops:
            self._session.stop()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of one SELECT."""
        return [tuple(row) for row in self._session.sql(for_spark(sql)).collect()]

    def takes(self, sql: str) -> bool:
        """False when Spark cannot bind this SELECT, as a subquery two levels below a key table; nothing is read."""
        from pyspark.errors import AnalysisException  # noqa: PLC0415 (an extra)

        try:
            self._session.sql(for_spark(sql))
        except AnalysisException:
            return False
        return True

    def make_table(self, name: str, sql: str) -> str:
        """A table whose rows are worked out once; a table of that name goes. Gives the name back."""
        made = self._session.sql(for_spark(sql)).cache()
        before = self._made.pop(name, None)
        self._made[name] = made
        made.createOrReplaceTempView(name)
        if before:
            before.unpersist()
        return name

    def share(self, sql: str) -> str:
        """The name of a table with the rows of SQL; made once, however often it is asked for."""
        if sql not in self._shared:
            self._shared[sql] = self.make_table(f"shared_{len(self._shared) + 1}", sql)
        return self._shared[sql]

    def place_facilities(self, census_days: Iterable[date]) -> None:
        """Have the register of these days in `organisation`."""
        days = self._placed | set(census_days)
        if days == self._placed and days:
            return
        self._placed = days
        rows = [(day, facility, unit) for day in sorted(days) for facility, unit, *_ in self.register.placing(day)]
        self._session.createDataFrame(rows, _schema(ORGANISATION)).createOrReplaceTempView("organisation")

    def _read(self, view: View) -> DataFrame:
        """The rows of a view: SQL over others, what the run is given, or the snapshot's files."""
        if view.kind is Kind.PLAIN:
            return self._session.sql(for_spark(view.sql))
        schema = _schema({column.name: column.type for column in view.description.columns})
        if view.kind is Kind.INPUT:
            return self._session.createDataFrame(rows_of_input(view.name, self.register, self.network), schema)
        files = self.snapshot.files(view.name) if self.snapshot else []
        if not files:
            return self._session.createDataFrame([], schema)
        return self._session.read.schema(schema).parquet(*(str(file.resolve()) for file in files))


def running_spark() -> SparkSession | None:
    """The Spark that runs in this process already. Raises MeasuresError without pyspark."""
    return _sessions().getActiveSession()


def start_spark(cores: int = 2, settings: Mapping[str, str] | None = None) -> SparkSession:
    """A Spark in this process. settings: beside those that it needs. Raises MeasuresError without pyspark."""
    builder = _sessions().builder.master(f"local[{cores}]").appName("samrit")
    for name, value in {**ALONE, **(settings or {})}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    # what Spark refuses is asked for on purpose, and answered by another form
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    return session


def _sessions() -> type[SparkSession]:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise MeasuresError(problem("measures.spark.missing")) from error
    found: type[SparkSession] = SparkSession
    return found


def for_spark(sql: str) -> str:
    """An own SQL text of DuckDB as SQL of Spark; every name in quotes, whatever words Spark keeps for itself."""
    [written] = sqlglot.transpile(sql, read=DIALECT, write=SPARK, identify=True)
    return written


def _schema(columns: Mapping[str, str]) -> str:
    """Columns with DuckDB types as a schema of Spark."""
    types = {name: exp.DataType.build(of, dialect=DIALECT).sql(SPARK) for name, of in columns.items()}
    return ", ".join(f"`{name}` {of}" for name, of in types.items())
