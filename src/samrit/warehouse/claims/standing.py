"""All files -> the standing lines of a hospital, per key the latest, whatever the order of arrival; who is in them.

Of two lines with one key the one with the later `updated_at` stands (blank is the oldest); of lines of one moment the
one whose cells are larger, column by column, so that neither names nor order nor the cutting into files decide.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from samrit.claims import PERSON, PID, UPDATED, Layout, layouts, rules_hash
from samrit.claims.reader import LINE
from samrit.f43 import is_citizen_id
from samrit.objects import canonical, make_file, make_folder, name_of
from samrit.warehouse.claims.parsing import ParsedClaims
from samrit.warehouse.home import Home
from samrit.warehouse.links import keyed_ids
from samrit.warehouse.standing import LINE_BITS, ROW_ID, SOURCE_BITS, facility_number

SOURCE = "_source"
FILE_BITS = 16
OF_CLAIMS = 2 ** (SOURCE_BITS - 1)
"""The bit of the source by which a row id is one of claims: row ids of logs are negative too, without it."""
Sources = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class StandingClaims:
    """The standing lines of one hospital.

    sources: kind -> SHA-256 of the files that hold kept lines of it, rising: place 1, 2, ... is the file of a row id;
    kept: kind -> SHA-256 -> lines that stand.
    """

    hospital: str
    name: str
    folder: Path
    sources: Sources
    kept: dict[str, dict[str, int]]

    def path(self, table: str) -> Path | None:
        """The Parquet file of a kind by the name of its table: row_id and the columns of its layout; None without."""
        path = self.folder / f"{table}.parquet"
        return path if path.exists() else None


def is_of_claims(row_id: int) -> bool:
    """True for the row id of a claims line."""
    return row_id < 0 and bool((-row_id >> LINE_BITS) & OF_CLAIMS)


def split_claims_row_id(row_id: int) -> tuple[int, str, int, int]:
    """number of the hospital, kind ('' when there is none), place of the file (1 = first), line (1 = first)."""
    source = (-row_id >> LINE_BITS) & (OF_CLAIMS - 1)
    kinds = {of.number: of.kind for of in layouts()}
    kind, place = kinds.get(source >> FILE_BITS, ""), source & (2**FILE_BITS - 1)
    return -row_id >> (LINE_BITS + SOURCE_BITS), kind, place, -row_id & (2**LINE_BITS - 1)


def stand_claims(home: Home, files: Sequence[ParsedClaims]) -> list[StandingClaims]:
    """The standing lines of every hospital that the files tell of, made where they are not there yet."""
    by_hospital: dict[str, list[ParsedClaims]] = {}
    for file in sorted(files, key=lambda file: file.receipt):
        for hospital in file.hospitals:
            by_hospital.setdefault(hospital, []).append(file)
    sources = {hospital: _sources(told) for hospital, told in by_hospital.items()}
    names = {hospital: name_of("standing claims", hospital, of, rules_hash()) for hospital, of in sources.items()}
    lacking = [hospital for hospital, name in names.items() if not (home.standing / name).exists()]
    rows = _rows_of(lacking, by_hospital)
    for hospital in lacking:
        made = _Making(hospital, sources[hospital], rows.get(hospital, {}))
        make_folder(home.standing / names[hospital], made.write)
    return [open_standing_claims(home, hospital, name) for hospital, name in sorted(names.items())]


def open_standing_claims(home: Home, hospital: str, name: str) -> StandingClaims:
    """The standing lines of a hospital under the name that a snapshot gives."""
    folder = home.standing / name
    said = json.loads((folder / "summary.json").read_bytes())
    return StandingClaims(hospital, name, folder, {k: tuple(v) for k, v in said["sources"].items()}, said["kept"])


def _sources(files: Sequence[ParsedClaims]) -> Sources:
    kinds = sorted({file.receipt.kind for file in files})
    return {kind: tuple(file.receipt.sha256 for file in files if file.receipt.kind == kind) for kind in kinds}


def _rows_of(
    hospitals: Sequence[str], by_hospital: dict[str, list[ParsedClaims]]
) -> dict[str, dict[tuple[str, str], pl.DataFrame]]:
    """hospital -> (kind, SHA-256) -> its kept lines; every file is read once."""
    files = {file.receipt: file for hospital in hospitals for file in by_hospital[hospital]}
    found: dict[str, dict[tuple[str, str], pl.DataFrame]] = {}
    for receipt, file in sorted(files.items()):
        wanted = file.rows().filter(pl.col("hospital").is_in(list(hospitals)))
        for (hospital,), rows in wanted.partition_by("hospital", as_dict=True).items():
            found.setdefault(str(hospital), {})[receipt.kind, receipt.sha256] = rows
    return found


@dataclass(frozen=True)
class _Making:
    """The standing lines of a hospital on the way to their folder."""

    hospital: str
    sources: Sources
    rows: dict[tuple[str, str], pl.DataFrame]

    def write(self, folder: Path) -> None:
        """One Parquet file per kind, and the summary."""
        kept: dict[str, dict[str, int]] = {}
        for of in layouts():
            files = self.sources.get(of.kind, ())
            if files:
                stands = self._stand(of, files)
                counts = dict(stands[SOURCE].value_counts().iter_rows())
                kept[of.kind] = {sha256: counts.get(place, 0) for place, sha256 in enumerate(files, start=1)}
                stands.select(self._row_id(of), *of.column_names).write_parquet(
                    folder / f"{of.table}.parquet", compression="lz4"
                )
        (folder / "summary.json").write_bytes(canonical({"sources": self.sources, "kept": kept}))

    def _stand(self, of: Layout, files: tuple[str, ...]) -> pl.DataFrame:
        every = pl.concat(
            self.rows[of.kind, sha256].with_columns(pl.lit(place, pl.Int32).alias(SOURCE))
            for place, sha256 in enumerate(files, start=1)
        )
        told = [*of.key, UPDATED, *(name for name in of.column_names if name not in {*of.key, UPDATED})]
        order, down = [*told, SOURCE, LINE], [*([False] * len(told)), True, True]
        latest = every.sort(order, descending=down, nulls_last=False, maintain_order=True)
        return latest.unique(of.key, keep="last", maintain_order=True)

    def _row_id(self, of: Layout) -> pl.Expr:
        first = facility_number(self.hospital) * 2 ** (LINE_BITS + SOURCE_BITS)
        first += (OF_CLAIMS + of.number * 2**FILE_BITS) * 2**LINE_BITS
        place: pl.Expr = pl.lit(first, pl.Int64) + pl.col(SOURCE).cast(pl.Int64) * 2**LINE_BITS + pl.col(LINE)
        return (-place).alias(ROW_ID)


def link_claims(home: Home, standing: StandingClaims, facility_links: Path | None) -> Path:
    """Who is in the lines of a hospital: person, pid, person_id, check; made when it is not there yet.

    facility_links: the links of the same facility's 43 files, where its PIDs are known.
    """
    beside = facility_links.stem if facility_links else ""
    path = home.links / f"{name_of('claims links', standing.name, beside, home.key_id())}.parquet"
    return make_file(path, lambda aside: _write_links(home.person_key(), standing, facility_links, aside))


def _write_links(key: bytes, standing: StandingClaims, facility_links: Path | None, aside: Path) -> None:
    """A valid citizen number, else the person that the PID is in the 43 files, else one of this hospital's claims."""
    paths = [path for of in layouts() if (path := standing.path(of.table))]
    told = pl.concat([pl.read_parquet(path, columns=[PERSON, PID]) for path in paths]).unique().sort(PERSON, PID)
    by_pid = ~is_citizen_id(pl.col(PERSON)) & (pl.col(PID) != "")
    known: dict[str, Any] = {"pid": pl.String, "person_id": pl.Int64, "check": pl.Int64}
    pids = pl.read_parquet(facility_links, columns=list(known)) if facility_links else pl.DataFrame(schema=known)
    own = pl.concat_str(pl.lit(f"PID:{standing.hospital}|"), pl.col(PID))
    alone = pl.concat_str(pl.lit(f"CLAIM:{standing.hospital}|"), pl.col(PERSON))
    identity = (
        pl.when(is_citizen_id(pl.col(PERSON))).then("CID:" + pl.col(PERSON)).when(by_pid).then(own).otherwise(alone)
    )
    named = told.with_columns(identity.alias("identity"), by_pid.alias("by_pid"))
    keyed = named.with_columns(**keyed_ids(key, named["identity"]))
    met = keyed.join(pids, on=PID, how="left", suffix="_known", maintain_order="left")
    links = met.select(
        PERSON,
        PID,
        *(
            pl.when(pl.col("by_pid") & pl.col("person_id_known").is_not_null())
            .then(pl.col(f"{name}_known"))
            .otherwise(pl.col(name))
            .alias(name)
            for name in ("person_id", "check")
        ),
    )
    links.write_parquet(aside, compression="zstd")
