"""Standing rows of a facility -> links: which person each PID of the facility is (DEFINITIONS S3.1, S3.2).

person_id = the first 8 bytes of HMAC-SHA-256 under the home's key, as BIGINT; the next 8 bytes are kept beside it so
that publishing sees two identities with one id. Nothing sorts by a person id, so another key gives the same figures.
"""

import hmac
from pathlib import Path

import polars as pl

from samrit.f43 import is_citizen_id, table, table_names
from samrit.objects import make_file, name_of
from samrit.warehouse.home import Home
from samrit.warehouse.snapshot import Snapshot
from samrit.warehouse.standing import Standing


def link(home: Home, standing: Standing) -> Path:
    """The links of a facility, made when they are not there yet: facility, pid, person_id, check, known."""
    path = home.links / f"{name_of('links', standing.name, home.key_id())}.parquet"
    return make_file(path, lambda aside: _links(home.person_key(), standing).write_parquet(aside, compression="zstd"))


def _links(key: bytes, standing: Standing) -> pl.DataFrame:
    """One row per PID that any standing row names; `known` tells whether it has a PERSON row."""
    seen = [
        pl.read_parquet(path, columns=["PID"]).unique()
        for name in table_names()
        if table(name).has_person and (path := standing.path(name))
    ]
    persons = standing.path("PERSON")
    identity = pl.DataFrame(schema={"PID": pl.String, "identity": pl.String})
    if persons:
        identity = (
            pl.read_parquet(persons, columns=["PID", "CID"])
            .filter(is_citizen_id(pl.col("CID")))
            .select("PID", identity="CID:" + pl.col("CID"))
        )
        known = pl.read_parquet(persons, columns=["PID"]).with_columns(known=pl.lit(value=True))
    else:
        known = pl.DataFrame(schema={"PID": pl.String, "known": pl.Boolean})
    pids = pl.concat(seen).unique().sort("PID") if seen else pl.DataFrame(schema={"PID": pl.String})
    named = pids.join(identity, on="PID", how="left").join(known, on="PID", how="left")
    own = pl.concat_str(pl.lit(f"PID:{standing.facility}|"), pl.col("PID"))
    identities = named.sort("PID").with_columns(
        pl.col("identity").fill_null(own), pl.col("known").fill_null(value=False)
    )
    return pl.DataFrame(
        {
            "facility": pl.repeat(standing.facility, identities.height, dtype=pl.String, eager=True),
            "pid": identities["PID"],
            **keyed_ids(key, identities["identity"]),
            "known": identities["known"],
        }
    )


def keyed_ids(key: bytes, identities: pl.Series) -> dict[str, pl.Series]:
    """person_id and check of every identity: the two halves of the first 16 bytes of its HMAC."""
    digests = [hmac.digest(key, text.encode(), "sha256") for text in identities]
    return {
        name: pl.Series([int.from_bytes(d[at : at + 8], "big", signed=True) for d in digests], dtype=pl.Int64)
        for name, at in (("person_id", 0), ("check", 8))
    }


def persons_of(snapshot: Snapshot, person_ids: set[int]) -> dict[int, list[tuple[str, str]]]:
    """person id -> the (HOSPCODE, PID) pairs that are this person, from the vault; for those who may look."""
    found: dict[int, list[tuple[str, str]]] = {}
    for names in snapshot.facilities.values():
        links = pl.read_parquet(snapshot.home.links / f"{names['links']}.parquet")
        for facility, pid, person_id in (
            links.filter(pl.col("person_id").is_in(list(person_ids))).select("facility", "pid", "person_id").iter_rows()
        ):
            found.setdefault(person_id, []).append((facility, pid))
    return {person_id: sorted(pairs) for person_id, pairs in found.items()}
