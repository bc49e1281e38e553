"""Completeness: what each facility has sent, table by table and month by month, how late, and what is silent.

It counts received rows and looks at no person. A month is that of the service; a row is late by the days from its
service to the stamp of the first package that held it.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import polars as pl

from samrit.f43 import ColumnType, Table, table, table_names, typed
from samrit.received import Aside
from samrit.reference import Period, Register
from samrit.warehouse import Snapshot
from samrit.warehouse.parsing import Parsed, parse
from samrit.warehouse.receiving import receipts

SERVICE_DAYS = ("DATE_SERV", "DATETIME_SERV", "DATETIME_ADMIT", "BDATE", "PPCARE", "BCARE")
"""Columns that say when something was done, the first one that a table has."""
VISITS = "SERVICE"
MOST_WORST = 5

Month = tuple[int, int]
"""Year of the common era, calendar month."""
Fault = tuple[str, str, str]
"""Field, rule, state."""


@dataclass(frozen=True)
class MonthOfTable:
    """Rows whose service was in a month: how many, and the middle and the longest wait in days until first received."""

    rows: int
    middle_wait: int | None
    longest_wait: int | None


@dataclass(frozen=True)
class TableQuality:
    """One table of one facility. read = kept + superseded + aside; voided: rows kept with a cell that was not read.

    packages: how many held the table with at least a header; last: the newest of their stamps; months: only those of
    the period in which there are rows; faults: most frequent first.
    """

    table: str
    packages: int
    last: str
    read: int
    kept: int
    aside: int
    voided: int
    faults: tuple[tuple[Fault, int], ...]
    months: Mapping[Month, MonthOfTable]

    @property
    def superseded(self) -> int:
        """Rows that a later version, or a correction, put out of use."""
        return self.read - self.kept - self.aside


@dataclass(frozen=True)
class FacilityQuality:
    """What one facility has sent. silent_months: months of the period without a visit; silent_tables: tables that at
    least half of the facilities have sent and this one has not.
    """

    facility: str
    packages: int
    last: str
    tables: tuple[TableQuality, ...]
    silent_months: tuple[Month, ...]
    silent_tables: tuple[str, ...] = ()

    @property
    def is_silent(self) -> bool:
        """True when nothing has ever come."""
        return not self.packages

    def total(self, name: str) -> int:
        """read, kept, aside or voided, added up over its tables."""
        return sum(int(getattr(of, name)) for of in self.tables)

    @property
    def middle_wait(self) -> int | None:
        """The middle wait of its visits: that of the month which holds the middle visit; None without visits."""
        months = [
            m for of in self.tables if of.table == VISITS for m in of.months.values() if m.middle_wait is not None
        ]
        waits = sorted((m.middle_wait or 0, m.rows) for m in months)
        half, seen = (sum(rows for _, rows in waits) + 1) // 2, 0
        for wait, rows in waits:
            seen += rows
            if seen >= half:
                return wait
        return None


@dataclass(frozen=True)
class Completeness:
    """All facilities asked for, those that lack most first; worst: faults by table over all of them."""

    period: Period
    snapshot: str
    facilities: tuple[FacilityQuality, ...]
    worst: tuple[tuple[str, Fault, int], ...]


@dataclass
class _Tally:
    """A table of a facility while its packages are read."""

    packages: int = 0
    last: str = ""
    read: int = 0
    kept: int = 0
    aside: int = 0
    voided: int = 0
    faults: Counter[Fault] = field(default_factory=Counter)
    dated: list[pl.DataFrame] = field(default_factory=list)


def usual_period(snapshot: Snapshot) -> Period | None:
    """The twelve whole months before the month of the newest package; None without packages."""
    newest = snapshot.newest
    if newest is None:
        return None
    first = newest.replace(day=1)
    return Period(first.replace(year=first.year - 1), first - timedelta(days=1))


def measure_completeness(
    snapshot: Snapshot, register: Register, period: Period, only: Collection[str] | None = None
) -> Completeness:
    """What the facilities have sent until the snapshot.

    only: the facilities asked for; None: those that have sent, and those of the same districts that should send.
    """
    tallies: dict[str, dict[str, _Tally]] = {}
    sent: dict[str, list[str]] = {}
    named = {(p.name, p.sha256) for p in snapshot.packages}
    for receipt in receipts(snapshot.home):
        if (receipt.name, receipt.sha256) not in named:
            continue
        parsed = parse(snapshot.home, receipt)
        for at, facility in enumerate(parsed.facilities or (receipt.sender,)):
            if only is None or facility in only:
                sent.setdefault(facility, []).append(receipt.stamp)
                _read(parsed, facility, period, tallies.setdefault(facility, {}), counts=at == 0)
    for facility, tally in tallies.items():
        _take_kept(snapshot, facility, tally)
    wanted = _expected(register, set(sent), period.end) if only is None else set(only)
    made = [_facility(code, sent.get(code, []), tallies.get(code, {}), period) for code in sorted(wanted | set(sent))]
    usual = _usual_tables(made)
    made = [_with_silent_tables(of, usual) for of in made]
    worst: Counter[tuple[str, Fault]] = Counter()
    for of in made:
        for t in of.tables:
            worst.update({(t.table, fault): count for fault, count in t.faults})
    return Completeness(
        period,
        snapshot.id,
        tuple(sorted(made, key=_worst_first)),
        tuple((name, fault, count) for (name, fault), count in sorted(worst.items(), key=lambda w: (-w[1], w[0]))),
    )


def _worst_first(of: FacilityQuality) -> tuple[bool, int, int, str]:
    return (not of.is_silent, -len(of.silent_months), -of.total("aside") - of.total("voided"), of.facility)


def _expected(register: Register, sent: set[str], day: date) -> set[str]:
    """Facilities on the list of senders in the districts of those that have sent."""
    rows = register.on(day)
    districts = {rows[code].district_code for code in sent if code in rows} - {""}
    return {code for code, row in rows.items() if row.sends_43 and row.district_code in districts}


def _read(parsed: Parsed, facility: str, period: Period, tallies: dict[str, _Tally], *, counts: bool) -> None:
    """Add a package to the tallies of one of its facilities; what is said of the package as a whole counts for one."""
    stamp = parsed.receipt.stamp
    tables = {entry["number"]: entry["table"] for entry in parsed.entries}
    for name in dict.fromkeys(tables.values()):
        tally = tallies.setdefault(name, _Tally())
        tally.packages += 1
        tally.last = max(tally.last, stamp)
    faults = parsed.faults()
    for entry in parsed.entries if counts else ():
        tallies[entry["table"]].read += entry["read"]
        tallies[entry["table"]].aside += entry["aside"]
    for number, name in tables.items() if counts else ():
        mine = faults.filter(pl.col("entry") == number)
        counted = mine.group_by("field", "rule", "state").len().iter_rows()
        tallies[name].faults.update({(f, rule, state): count for f, rule, state, count in counted})
        tallies[name].voided += mine.filter(pl.col("state") == Aside.VOIDED.value)["line"].n_unique()
    with parsed.opened() as opened:
        for name in sorted(parsed.tables & set(tables.values())):
            day = service_day(table(name))
            rows = opened.rows(name, list(dict.fromkeys(["HOSPCODE", *table(name).key, day]))) if day else None
            if rows is not None and day:
                key = pl.struct(*table(name).key).hash().alias("key")
                dated = rows.filter(pl.col("HOSPCODE") == facility).select(key, _day_of(table(name), day))
                dated = dated.filter(pl.col("day").is_between(period.start, period.end))
                tallies[name].dated.append(dated.with_columns(stamp=pl.lit(stamp[:8])))


@cache
def service_day(of: Table) -> str | None:
    """The column that says when something was done; None for a register."""
    return next((name for name in SERVICE_DAYS if name in of.column_names), None)


def _day_of(of: Table, name: str) -> pl.Expr:
    moment = of.column(name).type is ColumnType.DATETIME
    return (typed(of.column(name)).dt.date() if moment else typed(of.column(name))).alias("day")


def _take_kept(snapshot: Snapshot, facility: str, tallies: Mapping[str, _Tally]) -> None:
    """The rows that stand, as the snapshot has them."""
    if facility not in snapshot.facilities:
        return
    folder = snapshot.home.standing / snapshot.facilities[facility]["standing"]
    for tables in json.loads((folder / "summary.json").read_bytes())["kept"].values():
        for name, rows in tables.items():
            tallies[name].kept += rows


def _facility(code: str, stamps: Collection[str], tallies: Mapping[str, _Tally], period: Period) -> FacilityQuality:
    tables = tuple(_table(name, tallies[name]) for name in table_names() if name in tallies)
    visits = next((t.months for t in tables if t.table == VISITS), {})
    months = [(p.start.year, p.start.month) for p in period.months()]
    silent = tuple(month for month in months if month not in visits)
    return FacilityQuality(code, len(stamps), max(stamps, default=""), tables, silent)


def _table(name: str, of: _Tally) -> TableQuality:
    faults = tuple(sorted(of.faults.items(), key=lambda fault: (-fault[1], fault[0])))
    return TableQuality(
        name, of.packages, of.last, of.read, of.kept, of.aside, of.voided, faults, dict(_months(of.dated))
    )


def _months(dated: Iterable[pl.DataFrame]) -> list[tuple[Month, MonthOfTable]]:
    """Each row once, as it was first received."""
    frames = [frame for frame in dated if frame.height]
    if not frames:
        return []
    first = pl.concat(frames).group_by("key", "day").agg(pl.col("stamp").min())
    wait = (pl.col("stamp").str.to_date("%Y%m%d", strict=False) - pl.col("day")).dt.total_days()
    months = (
        first.with_columns(wait=wait)
        .group_by(pl.col("day").dt.year().alias("year"), pl.col("day").dt.month().alias("month"))
        .agg(pl.len().alias("rows"), pl.col("wait").quantile(0.5, "lower").alias("middle"), pl.col("wait").max())
        .sort("year", "month")
    )
    return [
        ((year, month), MonthOfTable(rows, None if middle is None else int(middle), longest))
        for year, month, rows, middle, longest in months.iter_rows()
    ]


def _usual_tables(facilities: Iterable[FacilityQuality]) -> set[str]:
    """Tables that at least half of those who have sent anything have sent with rows."""
    senders = [of for of in facilities if not of.is_silent]
    sent = Counter(t.table for of in senders for t in of.tables if t.read)
    return {name for name, count in sent.items() if 2 * count >= len(senders) > 1}


def _with_silent_tables(of: FacilityQuality, usual: Collection[str]) -> FacilityQuality:
    if of.is_silent:
        return of
    has = {t.table for t in of.tables if t.read}
    silent = tuple(name for name in table_names() if name in usual and name not in has)
    return FacilityQuality(of.facility, of.packages, of.last, of.tables, of.silent_months, silent)
