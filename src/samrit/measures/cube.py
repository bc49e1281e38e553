"""The cube: A and B of measures by period, facility, contracting unit, sex and age band; all answers are sums of it.

One text makes all its periods (VIEWS section 1). Each measure stands in a file of its own, named by everything that it
is made from, so it is made once and found as long as nothing of that changes. No person is in it.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, cast

import duckdb
import polars as pl

from samrit.measures.compiling import Compiled
from samrit.measures.counting import count_pieces
from samrit.measures.engine import Engine
from samrit.measures.placing import name_of_band
from samrit.measures.planning import When
from samrit.measures.remembering import PLACING
from samrit.objects import name_of, put_file
from samrit.problems import problem
from samrit.reference import Grouping, OrgLevel, Period, Register, find_level
from samrit.results import Amount, Cell, Line, code_hash, plain, roll_up_inside, units_inside
from samrit.warehouse import WarehouseError

Cut = Literal["sex", "age_band", "contracting_unit"]
PLACE = ("facility", "contracting_unit", "sex", "age_band")
EXACT = pl.Decimal(38, 9)
NAME_LENGTH = 16
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, order=True)
class CutLine:
    """The part of a line that one value of a cut has; cut '' of a line that is not cut, or where it is not known."""

    cut: str
    line: Line


class Cube:
    """The files of some measures, opened to be asked; use it as a context.

    files: measure -> its file. periods: those that are in it, under one census day.
    """

    def __init__(
        self, files: Mapping[str, Path], periods: Sequence[Period], census_day: date, register: Register
    ) -> None:
        self.files, self.periods, self.census_day, self.register = dict(files), tuple(periods), census_day, register
        self._connection = duckdb.connect()
        self._wanted: dict[tuple[OrgLevel | Grouping, str], str] = {}

    def __enter__(self) -> "Cube":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    @property
    def name(self) -> str:
        """The hash of everything that the cube is made from."""
        return name_of("cube", {of: file.stem for of, file in self.files.items()})[:NAME_LENGTH]

    def ask(
        self,
        measure_id: str,
        periods: Iterable[Period],
        level: OrgLevel | Grouping,
        org: str = "",
        by: Cut | None = None,
    ) -> list[CutLine]:
        """A and B of a measure for the organisations of a level that are `org` or lie inside it, as `count` would say.

        by: each line in parts that sum to it. Sorted by period, organisation, cut. Raises KeyError for a measure and
        ValueError for a period that is not in the cube.
        """
        wanted = sorted(set(periods))
        if strange := set(wanted) - set(self.periods):
            raise ValueError(f"not in the cube: {', '.join(map(str, sorted(strange)))}")
        cells: dict[str, list[Cell]] = {}
        for start, end, facility, unit, cut, a, b in self._sums(measure_id, wanted, level, org, by):
            place = (measure_id, Period(start, end), facility, unit, "", "")
            cells.setdefault(cut, []).extend((Cell(*place, "a", amount(a)), Cell(*place, "b", amount(b))))
        answers = (
            CutLine(cut, line)
            for cut, of_cut in cells.items()
            for line in roll_up_inside(of_cut, level, org, self.register, self.census_day)
        )
        return sorted(answers, key=lambda answer: (answer.line.period, answer.line.org, answer.cut))

    def count_rows(self) -> int:
        """How many rows the cube has: a measure, a period and a place each."""
        return sum(
            int(self._connection.execute(f"SELECT count(*) FROM {_file(file)}").fetchall()[0][0])  # noqa: S608
            for file in self.files.values()
        )

    def columns_sql(self, measure_id: str) -> str:
        """SELECT of all rows of a measure, with its name before them."""
        return f"SELECT {_text(measure_id)} AS measure, * FROM {_file(self.files[measure_id])}"  # noqa: S608

    def _sums(
        self, measure_id: str, periods: Sequence[Period], level: OrgLevel | Grouping, org: str, by: Cut | None
    ) -> list[tuple[Any, ...]]:
        """Period, the one place that the level is rolled up from, the cut, A and B; all else is added up here."""
        if not periods:
            return []
        place = "'', contracting_unit" if level is OrgLevel.CONTRACTING_UNIT else "facility, ''"
        days = ", ".join(f"(DATE '{period.start}', DATE '{period.end}')" for period in periods)
        sql = f"""
SELECT period_start, period_end, {place}, {by or "''"}, sum(a), sum(b)
FROM {_file(self.files[measure_id])}
WHERE (period_start, period_end) IN ({days}) AND {self._only(level, org)}
GROUP BY ALL"""  # noqa: S608 (own words)
        return self._connection.execute(sql).fetchall()

    def _only(self, level: OrgLevel | Grouping, org: str) -> str:
        """The condition that leaves out what lies outside the organisation: it only makes the answer faster."""
        if (level, org) not in self._wanted:
            self._wanted[level, org] = self._condition(level, org)
        return self._wanted[level, org]

    def _condition(self, level: OrgLevel | Grouping, org: str) -> str:
        register, day = self.register, self.census_day
        if not org:
            return "true"
        if isinstance(level, Grouping):
            return _among("facility", register.inside(*find_level(org, None, register, day), day))
        units = units_inside(level, org, register, day) or set()
        if level in (OrgLevel.FACILITY, OrgLevel.CONTRACTING_UNIT):
            return _among(level.value, units)
        if level is OrgLevel.COUNTRY:
            return "true"
        return _among("facility", {inside for unit in units for inside in register.inside(level, unit, day)})


def make_cube(
    engine: Engine,
    measures: Sequence[Compiled],
    periods: Iterable[Period],
    census_day: date,
    progress: Progress | None = None,
) -> Cube:
    """The cube of these measures; what the home has of it is taken, the rest is counted and kept there.

    Raises WarehouseError without a snapshot; MeasuresError as `count` does.
    """
    if engine.snapshot is None:
        raise WarehouseError(problem("warehouse.snapshot.none"))
    wanted, files = sorted(set(periods)), {}
    for number, compiled in enumerate(measures, start=1):
        file = engine.snapshot.home.cube(file_name(engine, compiled, wanted, census_day))
        if not _stands(file):
            _keep(file, _content(engine, compiled, [When(period, census_day) for period in wanted]))
        files[compiled.measure.id] = file
        if progress:
            progress("count", number, len(measures))
    return Cube(files, wanted, census_day, engine.register)


def file_name(engine: Engine, compiled: Compiled, periods: Sequence[Period], census_day: date) -> str:
    """The hash of everything that decides what the cube holds of a measure.

    Its checked texts (parameters, codelists and sets are written into them), periods and census day, the files and the
    SQL of the views that are read, what was given to them, the register, the versions of code and engine.
    """
    definition = compiled.measure.definition
    reads = compiled.a.reads | compiled.b.reads | (set() if definition.counted_at.is_by_row else {PLACING})
    return name_of(
        "cube",
        [code_hash(), duckdb.__version__, definition.counted_at.value, definition.a.part_of],
        [compiled.a.text, compiled.b.text],
        [str(period) for period in periods],
        census_day.isoformat(),
        engine.state_of(reads, census_day),
    )


def amount(found: int | Decimal) -> Amount:
    """A sum of the cube as cells have it: an exact decimal stands without zeros behind its last digit."""
    return plain(found) if isinstance(found, Decimal) else int(found)


def _stands(file: Path) -> bool:
    """True when the file is there and can be read; what is asked for is forgotten last."""
    with suppress(OSError, duckdb.Error), duckdb.connect() as connection:
        os.utime(file)
        connection.execute(f"SELECT count(*) FROM {_file(file)}")  # noqa: S608
        return True
    return False


def _keep(file: Path, content: bytes) -> None:
    with suppress(FileNotFoundError):  # a load that clears up may take it for half written, once
        put_file(file, content)
        return
    put_file(file, content)


def _content(engine: Engine, compiled: Compiled, whens: Sequence[When]) -> bytes:
    """The rows of a measure as Parquet, sorted: period, place, A and B. A row has one of the two at least."""
    columns: dict[str, list[Any]] = {name: [] for name in ("period_start", "period_end", *PLACE, "a", "b")}
    pieces = count_pieces(engine, compiled, whens)
    for when in whens:
        for place, a, b in _places(pieces["a", when], pieces["b", when]):
            row = (when.period.start, when.period.end, *place, a, b)
            for column, cell in zip(columns.values(), row, strict=True):
                column.append(cell)
    days = dict.fromkeys(("period_start", "period_end"), pl.Date())
    kinds = {letter: EXACT if part.sums else pl.Int64() for letter, part in (("a", compiled.a), ("b", compiled.b))}
    schema = {**days, **dict.fromkeys(PLACE, pl.String()), **kinds}
    content = BytesIO()
    pl.DataFrame(columns, schema=cast("Any", schema)).write_parquet(content)
    return content.getvalue()


def _places(
    of_a: Iterable[tuple[Any, ...]], of_b: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Place, A and B of every place that has one of them, sorted."""
    found: dict[tuple[str, ...], list[Any]] = {}
    for letter, rows in enumerate((of_a, of_b)):
        for facility, unit, sex, band, counted in rows:
            found.setdefault((facility, unit, sex, name_of_band(band)), [0, 0])[letter] = counted
    return ((place, *found[place]) for place in sorted(found))


def _among(column: str, codes: Iterable[str]) -> str:
    listed = ", ".join(map(_text, sorted(codes)))
    return f"{column} IN ({listed})" if listed else "false"


def _file(path: Path) -> str:
    return f"read_parquet({_text(str(path))})"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
