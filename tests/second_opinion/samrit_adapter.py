"""The product seen through the functions that the second opinion has: counts, values and reading."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

import polars as pl

from samrit.claims import layout
from samrit.logs import log_kind
from samrit.measures import Engine, When, compile_measure, count, measure, value_of
from samrit.reference import FacilityRow, OrgLevel, Period, ReferralNetwork, Register, Zone
from samrit.results import roll_up
from samrit.warehouse import Home, Snapshot, load, load_claims, load_logs, rejects
from samrit.warehouse.parsing import parse

Days = tuple[date, date, date]
Counted = tuple[Decimal | int, Decimal | int, Decimal | None]


@dataclass
class Product:
    """One world loaded once and held open; use it as a context. Nothing counted is remembered between two calls."""

    zips: Sequence[Path]
    organisations: Sequence[Mapping[str, str]]
    logs: Sequence[tuple[str, Path]] = ()
    zones: Sequence[Mapping[str, str]] = ()
    agreements: Sequence[tuple[str, str]] = ()
    claims: Sequence[tuple[str, Path]] = ()
    stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> "Product":
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="samrit-second-")))
        home = Home(folder / "home")
        self.snapshot: Snapshot = load(home, list(self.zips)).snapshot
        for kind, log in self.logs:
            self.snapshot = load_logs(home, log_kind(kind), [log]).snapshot
        for kind, file in self.claims:
            self.snapshot = load_claims(home, layout(kind), [file]).snapshot
        self.register = register_of(self.organisations)
        zones = tuple(Zone(row["group"], row["hospcode"], row["zone"]) for row in self.zones)
        self.network = ReferralNetwork(zones, tuple(self.agreements))
        self.engine = self.stack.enter_context(Engine(self.snapshot, self.register, self.network))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stack.close()

    def counts(
        self,
        measure_id: str,
        periods: Sequence[Days],
        levels: Sequence[str],
        params: Mapping[str, Any] | None = None,
        *,
        together: bool,
    ) -> Iterator[tuple[tuple[Days, str], dict[str, Counted]]]:
        """(days, level), with org -> (A, B, value). together: all periods in one call, or each in a call of its own.

        Things without a contracting unit are left out of that level.
        """
        of = measure(measure_id)
        given: Any = dict(params or {})
        parameters = of.with_parameters(given)
        compiled = compile_measure(of, parameters)
        whens = {days: When(Period(days[0], days[1]), days[2]) for days in periods}
        calls = [list(whens.values())] if together else [[when] for when in whens.values()]
        cells = [cell for call in calls for cell in count(self.engine, compiled, call, remember=False)]
        for days, when in whens.items():
            own = [cell for cell in cells if cell.period == when.period]
            for level in levels:
                lines = roll_up(own, OrgLevel(level), self.register, days[2])
                yield (
                    (days, level),
                    {line.org: (line.a, line.b, value_of(of, line, parameters)) for line in lines if line.org},
                )

    def reading(self) -> tuple[dict[tuple[str, str], tuple[int, int, int]], list[tuple[str, int, int, str, str]]]:
        """(zip, table) -> read, aside, rows with a voided cell; and every fault: zip, entry, line, field, rule."""
        counts: dict[tuple[str, str], tuple[int, int, int]] = {}
        faults: list[tuple[str, int, int, str, str]] = []
        for receipt in self.snapshot.packages:
            parsed = parse(self.snapshot.home, receipt)
            tables = {e["number"]: e["table"] for e in parsed.entries}
            voided: dict[str, set[tuple[int, int]]] = {}
            first_lines = dict(parsed.faults().group_by("entry").agg(pl.col("line").min()).iter_rows())
            for entry, line, column, rule, state in parsed.faults().iter_rows():
                if rule != "header" or line == first_lines[entry]:  # one fault for the whole entry is enough to compare
                    faults.append((receipt.name, entry, line, column, rule))
                if state == "voided":
                    voided.setdefault(tables[entry], set()).add((entry, line))
            for entry in parsed.entries:
                at = (receipt.name, entry["table"])
                read, aside, void = counts.get(at, (0, 0, 0))
                void += len(voided.pop(entry["table"], ()))
                counts[at] = (read + entry["read"], aside + entry["aside"], void)
        return counts, sorted(faults)

    def log_faults(self) -> list[tuple[str, int, str, str]]:
        """Every fault of the logs: file, line, column, rule."""
        names = [path.name for _, path in self.logs]
        return sorted((r.file, r.line, r.field, r.rule) for r in rejects(self.snapshot.home) if r.file in names)


def register_of(organisations: Sequence[Mapping[str, str]]) -> Register:
    """The organisation table of a world as the product's register."""
    return Register(
        FacilityRow(
            row["hospcode"],
            hostype=row.get("hostype", ""),
            service_level=row.get("service_level", ""),
            size=row.get("size", ""),
            cup=row.get("cup", ""),
            district_code=row.get("district_code", ""),
            province_code=row.get("province_code", ""),
            health_region=row.get("health_region", ""),
            sends_43=row.get("sends_43", "") != "0",
            smart_health_id_target=row.get("smart_health_id_target", "") != "0",
        )
        for row in organisations
    )
