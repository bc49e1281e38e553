"""Stays as the 43 files and as claims tell them, side by side: found in one only, or in both with what differs.

Each side is the view `admissions` made from that source alone, so a stay is compared as it would be counted. No person
is named: a stay is shown by the lines that tell of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from samrit.claims import Precedence, Source
from samrit.reference import Period
from samrit.warehouse.building import Builder
from samrit.warehouse.catalogue import views
from samrit.warehouse.claims.binding import LinkedClaims
from samrit.warehouse.claims.standing import open_standing_claims
from samrit.warehouse.snapshot import Snapshot
from samrit.warehouse.standing import Standing, open_standing

VIEW = "admissions"
BOTH = "both"
FOUND = (BOTH, Source.F43.value, Source.CLAIMS.value)
DIFFERENCES: dict[str, tuple[str, ...]] = {
    "admitted": ("admitted_on",),
    "discharged": ("discharged_on",),
    "principal_diagnosis": ("principal_diagnosis",),
    "insurance": ("insurance",),
    "weight": ("drg", "rw", "adjrw"),
    "person": ("person_id",),
}
"""Kind of difference -> the columns of the view that are compared."""
MAY_BE_SILENT = frozenset({"drg", "rw", "adjrw"})
"""Columns that a claims file need not have: what is not said differs from nothing."""


@dataclass(frozen=True)
class ComparedStay:
    """A stay of one hospital: found in both, f43 or claims; the kinds of difference; the row of each source."""

    hospital: str
    found: str
    differs: tuple[str, ...]
    f43_row: int | None
    claims_row: int | None

    @property
    def agrees(self) -> bool:
        """True when both sources tell the same."""
        return self.found == BOTH and not self.differs


@dataclass(frozen=True)
class ComparedHospital:
    """How many stays of a hospital are found where, how many agree, and how many differ by each kind."""

    hospital: str
    found: Mapping[str, int]
    agree: int
    differ: Mapping[str, int]

    def as_dict(self) -> dict[str, Any]:
        """One flat row: hospital, both, only_f43, only_claims, agree, differ_<kind> ..."""
        counts = {name if name == BOTH else f"only_{name}": self.found[name] for name in FOUND}
        kinds = {f"differ_{kind}": self.differ[kind] for kind in DIFFERENCES}
        return {"hospital": self.hospital, **counts, "agree": self.agree, **kinds}


def compare_stays(snapshot: Snapshot, hospital: str = "", period: Period | None = None) -> list[ComparedStay]:
    """The stays of all hospitals or one, by hospital and AN; of a period: those that a source lets end in it.

    A stay that has not ended lies in the period of its admission.
    """
    claimed = snapshot.claims.get("hospitals", {})
    places = sorted({*snapshot.facilities, *claimed})
    builder = Builder(snapshot.home)
    return [
        stay
        for place in places
        if hospital in {"", place}
        for stay in _of_hospital(builder, place, _packages_of(snapshot, place), _claims_of(snapshot, place), period)
    ]


def summarise(stays: Iterable[ComparedStay]) -> list[ComparedHospital]:
    """The stays counted by hospital."""
    by_hospital: dict[str, list[ComparedStay]] = {}
    for stay in stays:
        by_hospital.setdefault(stay.hospital, []).append(stay)
    return [
        ComparedHospital(
            hospital,
            Counter(stay.found for stay in of),
            sum(stay.agrees for stay in of),
            Counter(kind for stay in of for kind in stay.differs),
        )
        for hospital, of in sorted(by_hospital.items())
    ]


def _packages_of(snapshot: Snapshot, place: str) -> tuple[Standing, Path] | None:
    names = snapshot.facilities.get(place)
    if not names:
        return None
    return open_standing(snapshot.home, place, names["standing"]), snapshot.home.links / f"{names['links']}.parquet"


def _claims_of(snapshot: Snapshot, place: str) -> LinkedClaims | None:
    names = snapshot.claims.get("hospitals", {}).get(place)
    if not names:
        return None
    standing = open_standing_claims(snapshot.home, place, names["standing"])
    precedence = Precedence.model_validate(snapshot.claims["precedence"])
    return LinkedClaims(standing, snapshot.home.links / f"{names['links']}.parquet", precedence)


Told = dict[str, dict[str, Any]]
"""AN -> the row of the view."""


def _of_hospital(
    builder: Builder,
    place: str,
    packages: tuple[Standing, Path] | None,
    claims: LinkedClaims | None,
    period: Period | None,
) -> list[ComparedStay]:
    files = packages[0].path("ADMISSION") if packages else None
    f43 = _told(builder.told(views()[VIEW], *packages, None), files, "AN") if packages and files else {}
    lines = claims.standing.path("claimed_stays") if claims else None
    claimed = _told(builder.told(views()[VIEW], None, None, claims), lines, "an") if lines else {}
    stays = []
    for an in sorted({*f43, *claimed}):
        sides = (f43.get(an), claimed.get(an))
        if period is None or any(_is_in(side, period) for side in sides if side):
            stays.append(_compared(place, *sides))
    return stays


def _told(rows: Sequence[tuple[Any, ...]], file: Path, an: str) -> Told:
    """The rows of the view by AN: the view does not hold it, the standing rows do."""
    ans = dict(pl.read_parquet(file, columns=["row_id", an]).iter_rows())
    names = [column.name for column in views()[VIEW].description.columns]
    cells = [dict(zip(names, row, strict=True)) for row in rows]
    return {ans[row["row_id"]]: row for row in cells}


def _is_in(row: Mapping[str, Any], period: Period) -> bool:
    day: date | None = row["discharged_on"] or row["admitted_on"]
    return day is not None and period.start <= day <= period.end


def _compared(place: str, f43: Mapping[str, Any] | None, claimed: Mapping[str, Any] | None) -> ComparedStay:
    rows = [side["row_id"] if side else None for side in (f43, claimed)]
    if f43 is None or claimed is None:
        return ComparedStay(place, (Source.F43 if f43 else Source.CLAIMS).value, (), *rows)
    differs = tuple(kind for kind, columns in DIFFERENCES.items() if any(_differ(f43, claimed, c) for c in columns))
    return ComparedStay(place, BOTH, differs, *rows)


def _differ(f43: Mapping[str, Any], claimed: Mapping[str, Any], column: str) -> bool:
    one: str | int | date | Decimal | None = f43[column]
    other: str | int | date | Decimal | None = claimed[column]
    if column in MAY_BE_SILENT and (one in {None, ""} or other in {None, ""}):
        return False
    return one != other
