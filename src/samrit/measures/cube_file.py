"""The cube as one file for other programs: Parquet or CSV, one row per measure, period and place."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from samrit.measures.cube import Cube
from samrit.reference import Period, Span

ENDINGS = (".parquet", ".csv")


def write_cube(cube: Cube, cuts: Iterable[tuple[Span, Period]], file: Path) -> None:
    """Write measure, spans, period_start, period_end, facility, contracting_unit, sex, age_band, a, b; sorted.

    cuts: the spans that each period is of; a period of several stands once, their names with a space between.
    In Parquet a and b are DECIMAL(38, 9), whole where things are counted; in CSV they are written without zeros behind
    their last digit. There is no value: whoever sums A and B divides last, and where B is 0 there is none.
    """
    spans: dict[Period, list[str]] = {}
    for span, period in cuts:
        spans.setdefault(period, []).append(span.value)
    named = ", ".join(f"(DATE '{p.start}', DATE '{p.end}', '{' '.join(of)}')" for p, of in sorted(spans.items()))
    rows = " UNION ALL ".join(
        f"SELECT measure, period_start, period_end, facility, contracting_unit, sex, age_band, {_amounts(file)} "  # noqa: S608 (own words)
        f"FROM ({cube.columns_sql(measure)})"
        for measure in sorted(cube.files)
    )
    sql = f"""
SELECT r.measure, n.spans, r.* EXCLUDE (measure)
FROM ({rows}) AS r
JOIN (VALUES {named}) AS n(period_start, period_end, spans) USING (period_start, period_end)
ORDER BY ALL"""  # noqa: S608 (own words)
    aside = file.with_name(f".{file.name}.unfinished")
    form = "FORMAT parquet, COMPRESSION zstd" if file.suffix.lower() == ".parquet" else "FORMAT csv, HEADER"
    target = str(aside).replace("'", "''")
    try:
        with duckdb.connect() as connection:
            connection.execute(f"COPY ({sql}) TO '{target}' ({form})")
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def _amounts(file: Path) -> str:
    exact = "CAST({0} AS DECIMAL(38, 9))"
    if file.suffix.lower() != ".csv":
        return ", ".join(f"{exact.format(letter)} AS {letter}" for letter in "ab")
    return ", ".join(f"rtrim(rtrim(CAST({exact.format(letter)} AS VARCHAR), '0'), '.') AS {letter}" for letter in "ab")
