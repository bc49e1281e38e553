"""The set of all logs of a kind -> its standing calls, whatever the order of arrival; and who the persons in them are.

A call that two files tell of is one call: exports overlap. A line that stands twice in one file is two calls: nobody
repeats a line by exporting once. So of equal calls as many stand as the file with most of them has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from samrit.f43 import is_citizen_id
from samrit.logs import log_kinds, rules_hash
from samrit.logs.kinds import PERSON
from samrit.logs.reader import LINE
from samrit.objects import make_file, name_of
from samrit.warehouse.home import Home
from samrit.warehouse.links import keyed_ids
from samrit.warehouse.logs.parsing import ParsedLog
from samrit.warehouse.standing import LINE_BITS, SOURCE_BITS

CALL = ("moment", "hospcode", "called", "success", PERSON)
"""What makes two lines the same call."""
ROW_ID = "row_id"


@dataclass(frozen=True)
class StandingLogs:
    """The standing calls of one kind.

    files: SHA-256 of the logs, rising: place 1, 2, ... is the source of a row id. path: row_id and the columns of CALL.
    """

    kind: str
    name: str
    path: Path
    files: tuple[str, ...]

    def kept(self) -> dict[str, int]:
        """SHA-256 of a log -> how many of its lines stand."""
        ids = pl.scan_parquet(self.path).select(_source(pl.col(ROW_ID)).alias("source")).collect()
        return {self.files[source - 1]: count for source, count in ids["source"].value_counts().iter_rows()}


def split_log_row_id(row_id: int) -> tuple[str, int, int]:
    """kind ('' when there is none), source (1 = first), line (1 = first) of the row id of a log: they are negative."""
    kinds = log_kinds()
    number = -row_id >> (LINE_BITS + SOURCE_BITS)
    source = (-row_id >> LINE_BITS) & (2**SOURCE_BITS - 1)
    return kinds[number].id if number < len(kinds) else "", source, -row_id & (2**LINE_BITS - 1)


def stand_logs(home: Home, kind: str, logs: Sequence[ParsedLog]) -> StandingLogs:
    """The standing calls of a kind from all its logs in the order of receipts, made when they are not there yet."""
    files = tuple(log.receipt.sha256 for log in logs)
    name = name_of("standing log", kind, files, rules_hash())
    path = make_file(
        home.standing / f"{name}.parquet", lambda aside: _stand(kind, logs).write_parquet(aside, compression="lz4")
    )
    return StandingLogs(kind, name, path, files)


def _stand(kind: str, logs: Sequence[ParsedLog]) -> pl.DataFrame:
    number = [k.id for k in log_kinds()].index(kind)
    frames = []
    for source, log in enumerate(logs, start=1):
        first = number * 2 ** (LINE_BITS + SOURCE_BITS) + source * 2**LINE_BITS
        rows = log.rows().sort(LINE)
        nth = pl.int_range(pl.len()).over(CALL).alias("nth")
        frames.append(rows.select((-(pl.lit(first, pl.Int64) + pl.col(LINE))).alias(ROW_ID), *CALL, nth))
    return pl.concat(frames).unique([*CALL, "nth"], keep="first", maintain_order=True).drop("nth")


def _source(row_id: pl.Expr) -> pl.Expr:
    return row_id.neg().floordiv(2**LINE_BITS).mod(2**SOURCE_BITS)


def link_logs(home: Home, standing: StandingLogs) -> Path:
    """Who each text of the person column is: person, person_id, check; made when it is not there yet.

    A valid citizen number is the same person as in the 43 files; any other text is a person of the logs alone.
    """
    path = home.links / f"{name_of('log links', standing.name, home.key_id())}.parquet"
    return make_file(path, lambda aside: _links(home.person_key(), standing).write_parquet(aside, compression="zstd"))


def _links(key: bytes, standing: StandingLogs) -> pl.DataFrame:
    persons = pl.read_parquet(standing.path, columns=[PERSON]).unique().filter(pl.col(PERSON) != "").sort(PERSON)
    named = persons.select(
        PERSON,
        pl.when(is_citizen_id(pl.col(PERSON)))
        .then(pl.lit("CID:") + pl.col(PERSON))
        .otherwise(pl.lit("LOG:") + pl.col(PERSON))
        .alias("identity"),
    )
    return pl.DataFrame({PERSON: named[PERSON], **keyed_ids(key, named["identity"])})
