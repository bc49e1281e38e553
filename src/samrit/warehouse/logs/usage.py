"""How much the shared systems are used: calls counted by person, by what was called, by hospital, province or month.

Counts only. A person is shown as the keyed hash that the views hold; no identifier of a person comes this far.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import polars as pl

from samrit.logs import log_kinds
from samrit.reference import OrgLevel, Period, Register
from samrit.warehouse.building import log_views
from samrit.warehouse.snapshot import Snapshot

By = Literal["person", "call", "hospital", "province", "month"]
BY: tuple[str, ...] = get_args(By)


@dataclass(frozen=True)
class Usage:
    """The calls of one group in a period.

    kind: of log; key: the hash of a person, topic or action, HOSPCODE, province or month (2017-10); '' = not known.
    calls: all; succeeded: those that worked; persons: different persons that the succeeded calls were about, as far as
    the log says; facilities: different facilities that called with success.
    """

    kind: str
    key: str
    calls: int
    succeeded: int
    persons: int
    facilities: int


def count_usage(snapshot: Snapshot, register: Register, by: By, period: Period) -> list[Usage]:
    """Usage of every kind of log in a period, by kind and key. The register of the first day says the province."""
    return [usage for kind in log_kinds() for usage in _of_kind(snapshot, register, kind.id, by, period)]


def _of_kind(snapshot: Snapshot, register: Register, kind: str, by: By, period: Period) -> Iterator[Usage]:
    [view] = log_views()[kind]
    files = snapshot.files(view.name)
    if not files:
        return
    called = next(k.called for k in log_kinds() if k.id == kind)
    worked = pl.col("success").fill_null(value=False)
    keyed = {
        "person": pl.col("person_id"),
        "call": pl.col(called),
        "hospital": pl.col("facility"),
        "province": _province(register, period.start)(pl.col("facility")),
        "month": pl.col("day").dt.strftime("%Y-%m"),
    }[by]
    grouped = (
        pl.read_parquet(files)
        .filter(pl.col("day").is_between(period.start, period.end))
        .group_by(keyed.alias("key"))
        .agg(
            pl.len(),
            worked.sum(),
            pl.col("person_id").filter(worked).drop_nulls().n_unique(),
            pl.col("facility").filter(worked).n_unique().alias("facilities"),
        )
    )
    yield from sorted(
        (Usage(kind, _text(key), *counts) for key, *counts in grouped.iter_rows()), key=lambda usage: usage.key
    )


def _text(key: str | int | None) -> str:
    """A key as text; a person id as sixteen hexadecimal digits."""
    return f"{key % 2**64:016x}" if isinstance(key, int) else key or ""


def _province(register: Register, day: date) -> Callable[[pl.Expr], pl.Expr]:
    provinces: Mapping[str, str] = {
        row.hospcode: register.parents(row.hospcode, day).get(OrgLevel.PROVINCE, "") or ""
        for row in register.rows
        if row.valid_on(day)
    }
    return lambda facility: facility.replace_strict(provinces, default="", return_dtype=pl.String)
