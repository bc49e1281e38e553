"""Load packages: receive -> parse -> stand -> link -> build views -> publish (see docs/walk.md).

Logs and claims go the same way (`logs.loading`, `claims.loading`) and are published with the packages.
Everything after receiving is made from the set of received packages alone, so a load that was killed is finished by the
next one, and the order of arrival never matters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from samrit.objects import remove_except
from samrit.problems import Problem, problem
from samrit.warehouse.building import Builder, event_views, log_views, person_views
from samrit.warehouse.claims.binding import LinkedClaims
from samrit.warehouse.claims.gathering import ClaimsAtRest, gather_claims
from samrit.warehouse.claims.parsing import parsed_claims_name
from samrit.warehouse.claims.receiving import claims_receipts
from samrit.warehouse.errors import PublishRefusedError, WarehouseError
from samrit.warehouse.home import Home
from samrit.warehouse.links import link
from samrit.warehouse.logs.parsing import ParsedLog, parse_log, parsed_log_name
from samrit.warehouse.logs.receiving import log_receipts
from samrit.warehouse.logs.standing import StandingLogs, link_logs, stand_logs
from samrit.warehouse.parsing import Parsed, parse, parsed_name
from samrit.warehouse.receiving import Received, find_packages, receipts, receive
from samrit.warehouse.snapshot import Snapshot, latest, publish, snapshots
from samrit.warehouse.standing import Standing, facility_number, stand

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Loaded:
    """What a load did: each file, what was wrong with the whole call, and the snapshot that is now current.

    snapshot: None while nothing has ever been accepted; `problems` says so.
    """

    received: tuple[Received, ...]
    problems: tuple[Problem, ...]
    snapshot: Snapshot | None
    rows: dict[tuple[str, str], dict[str, dict[str, int]]]

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `samrit load`."""
        return {
            "packages": [self._package(r) for r in self.received],
            "snapshot": self.snapshot.id if self.snapshot else None,
            "problems": [p.as_dict() for p in (*self.problems, *(p for r in self.received for p in r.problems))],
        }

    def _package(self, received: Received) -> dict[str, Any]:
        receipt = received.receipt
        return {
            "sha256": receipt.sha256 if receipt else None,
            "file": received.file,
            "hospcode": receipt.sender if receipt else None,
            "status": received.status,
            "rows": self.rows.get((receipt.name, receipt.sha256), {}) if receipt else {},
        }


def load(home: Home, paths: list[Path], progress: Progress = lambda stage, done, total: None) -> Loaded:
    """Receive the packages and publish the snapshot of everything received so far; none when nothing ever was."""
    found, problems = find_packages(paths)
    with home.writing():
        received = []
        for number, path in enumerate(found, start=1):
            received.append(receive(home, path))
            progress("receive", number, len(found))
        made = publish_received(home, progress)
    if made is None:
        return Loaded(tuple(received), (*problems, problem("warehouse.load.nothing")), None, {})
    return Loaded(tuple(received), tuple(problems), made.snapshot, _rows(received, made.parsed, made.standings))


def rebuild(home: Home, progress: Progress = lambda stage, done, total: None) -> Snapshot:
    """Publish the snapshot of everything received so far, with the present code and key.

    Raises WarehouseError when nothing has been received.
    """
    with home.writing():
        made = publish_received(home, progress)
    if made is None:
        raise WarehouseError(problem("warehouse.snapshot.none"))
    return made.snapshot


@dataclass(frozen=True)
class Published:
    """A snapshot and what it was made from."""

    snapshot: Snapshot
    parsed: list[Parsed]
    standings: list[Standing]
    parsed_logs: list[ParsedLog]
    standing_logs: list[StandingLogs]
    claims: ClaimsAtRest


def publish_received(home: Home, progress: Progress) -> Published | None:
    """Publish the snapshot of all packages, logs and claims received so far; None when nothing ever was.

    Call under the writers' lock.
    """
    packages, logs = receipts(home), log_receipts(home)
    if not packages and not logs and not claims_receipts(home) and latest(home) is None:
        return None
    parsed = []
    for number, receipt in enumerate(packages, start=1):
        parsed.append(parse(home, receipt))
        progress("parse", number, len(packages))
    standings = _stand_all(home, parsed, progress)
    links = [link(home, standing) for standing in standings]
    parsed_logs = [parse_log(home, receipt) for receipt in logs]
    kinds = list(dict.fromkeys(log.receipt.kind for log in parsed_logs))
    standing_logs = [stand_logs(home, kind, [p for p in parsed_logs if p.receipt.kind == kind]) for kind in kinds]
    log_links = [link_logs(home, standing) for standing in standing_logs]
    claims = gather_claims(home, {s.facility: path for s, path in zip(standings, links, strict=True)})
    _refuse_clashes({*(s.facility for s in standings), *claims.hospitals}, [*links, *log_links, *claims.links])
    builder = Builder(home)
    view_files = _build_all(builder, standings, links, claims.hospitals, progress)
    for calls, its_links in zip(standing_logs, log_links, strict=True):
        for view in log_views()[calls.kind]:
            view_files[view.name] = [home.relative(builder.log_view(view, calls, its_links))]
    facilities = {
        s.facility: {"standing": s.name, "links": path.stem} for s, path in zip(standings, links, strict=True)
    }
    calls_of = {
        s.kind: {"files": list(s.files), "standing": s.name, "links": path.stem}
        for s, path in zip(standing_logs, log_links, strict=True)
    }
    snapshot = publish(home, packages, facilities, view_files, calls_of, claims.manifest())
    _collect_orphans(home)
    return Published(snapshot, parsed, standings, parsed_logs, standing_logs, claims)


def _stand_all(home: Home, parsed: list[Parsed], progress: Progress) -> list[Standing]:
    by_facility: dict[str, list[Parsed]] = {}
    for package in parsed:
        for facility in package.facilities:
            by_facility.setdefault(facility, []).append(package)
    standings = []
    for number, (facility, packages) in enumerate(sorted(by_facility.items()), start=1):
        standings.append(stand(home, facility, packages))
        progress("stand", number, len(by_facility))
    return standings


def _build_all(
    builder: Builder,
    standings: list[Standing],
    links: list[Path],
    claims: Mapping[str, LinkedClaims],
    progress: Progress,
) -> dict[str, list[str]]:
    home = builder.home
    view_files: dict[str, list[str]] = {}
    linked = {s.facility: (s, path) for s, path in zip(standings, links, strict=True)}
    places = sorted({*linked, *claims})
    total = len(places) + 1
    for number, place in enumerate(places, start=1):
        standing, its_links = linked.get(place, (None, None))
        for view in event_views():
            path = builder.event_view(view, standing, its_links, claims.get(place))
            if path:
                view_files.setdefault(view.name, []).append(home.relative(path))
        progress("views", number, total)
    made: dict[str, Path] = {}
    for view in person_views():
        made[view.name] = builder.person_view(view, standings, links, made)
        view_files[view.name] = [home.relative(made[view.name])]
    progress("views", total, total)
    return view_files


def _refuse_clashes(facilities: set[str], links: list[Path]) -> None:
    """Two identities with one person id, or two facilities with one number, would mix people or lines."""
    numbers_taken = {facility_number(facility) for facility in facilities}
    if len(numbers_taken) < len(facilities):
        raise PublishRefusedError(problem("warehouse.publish.facility_clash"))
    if links:
        people = pl.concat([pl.read_parquet(path, columns=["person_id", "check"]) for path in links]).unique()
        if people["person_id"].n_unique() < people.height:
            raise PublishRefusedError(problem("warehouse.publish.person_clash"))


def _collect_orphans(home: Home) -> None:
    """Derived objects that no published snapshot names go; packages and receipts never do."""
    every = snapshots(home)
    facilities = [names for snapshot in every for names in snapshot.facilities.values()]
    logs = [names for snapshot in every for names in snapshot.logs.values()]
    hospitals = [names for snapshot in every for names in snapshot.claims.get("hospitals", {}).values()]
    calls = (f"{names['standing']}.parquet" for names in logs)
    remove_except(home.standing, (*(names["standing"] for names in (*facilities, *hospitals)), *calls))
    remove_except(home.links, (f"{names['links']}.parquet" for names in (*facilities, *hospitals, *logs)))
    packages = (parsed_name(receipt) for snapshot in every for receipt in snapshot.packages)
    files = (parsed_claims_name(receipt) for receipt in claims_receipts(home))
    remove_except(home.parsed, (*packages, *(parsed_log_name(receipt) for receipt in log_receipts(home)), *files))
    named = {file for snapshot in every for files in snapshot.views.values() for file in files}
    for folder in home.views.iterdir():
        remove_except(folder, (Path(file).name for file in named if Path(file).parent.name == folder.name))


def _rows(
    received: list[Received], parsed: list[Parsed], standings: list[Standing]
) -> dict[tuple[str, str], dict[str, dict[str, int]]]:
    """Per package and table: read = kept + rejected + superseded. Kept are the rows that stand in this snapshot."""
    kept: dict[tuple[str, str], int] = {}
    for standing in standings:
        for package, tables in standing.kept.items():
            for name, rows in tables.items():
                kept[package, name] = kept.get((package, name), 0) + rows
    wanted = {r.receipt for r in received if r.receipt}
    counted = {}
    for package_rows in parsed:
        receipt = package_rows.receipt
        if receipt in wanted:
            counted[receipt.name, receipt.sha256] = _rows_of(package_rows, kept)
    return counted


def _rows_of(parsed: Parsed, kept: dict[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    by_table: dict[str, dict[str, int]] = {}
    for entry in parsed.entries:
        counts = by_table.setdefault(entry["table"], {"read": 0, "kept": 0, "rejected": 0, "superseded": 0})
        counts["read"] += entry["read"]
        counts["rejected"] += entry["aside"]
    for name, counts in by_table.items():
        counts["kept"] = kept.get((f"{parsed.receipt.name} {parsed.receipt.sha256}", name), 0)
        counts["superseded"] = counts["read"] - counts["rejected"] - counts["kept"]
    return by_table
