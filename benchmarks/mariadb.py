"""Ten items of FY2557 against hand-written MariaDB over the same 43-file rows, with the indexes that offices use.

    python benchmarks/mariadb.py HOME

Needs Debian's mariadb-server (`apt-get install mariadb-server`); nothing is installed here. A server of its own runs in
a temporary folder, reached by a socket only, and is gone at the end. HOME is a home of demo data: its standing rows are
copied into that server, names left out. Both sides must give the same A and B of every facility.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from by_hand_mariadb import BY_HAND
from measured import machine

from samrit.measures import Engine, When, compile_measure, count, measure
from samrit.reference import FiscalYear, shipped_register
from samrit.warehouse import Home, Snapshot, open_snapshot

PERIOD, CENSUS = FiscalYear(2557).assessment_year, date(2013, 10, 1)
RUNS = 5
TABLES = (
    "PERSON", "CHRONIC", "CHRONICFU", "NCDSCREEN", "LABOR", "ANC", "EPI", "SPECIALPP", "DENTAL", "COMMUNITY_SERVICE",
    "DIAGNOSIS_OPD", "DIAGNOSIS_IPD", "ADMISSION",
)  # fmt: skip
LEFT_OUT = {"row_id", "CID", "NAME", "LNAME", "HN", "TELEPHONE", "MOBILE", "PASSPORT", "FATHER", "MOTHER", "COUPLE"}
INDEXES = ("hospcode, pid", "cid", "date_serv", "date_diag", "bdate", "datetime_admit", "hospcode, an", "hospcode, seq")
SETTINGS = ("--innodb-buffer-pool-size=2G", "--tmp-table-size=256M", "--max-heap-table-size=256M", "--local-infile=1")
PERSONS = f"""SELECT p.person_id AS cid, coalesce(r.home_facility, '') AS check_hosp, p.sex, p.birth_date AS birth,
    p.nation, coalesce(r.insurance, '') AS instype FROM people AS p LEFT JOIN registrations AS r
    ON r.person_id = p.person_id AND DATE '{CENSUS}' BETWEEN r.valid_from AND r.valid_to"""
Counts = dict[str, dict[str, tuple[int, int]]]


@dataclass(frozen=True)
class Server:
    """A running MariaDB."""

    process: subprocess.Popen[bytes]
    socket: Path

    def run(self, sql: str) -> list[list[str]]:
        """The rows of a statement as text."""
        client = ["mariadb", "--no-defaults", "--local-infile=1", f"--socket={self.socket}", "-N", "-B"]
        done = subprocess.run([*client, "-e", sql], check=True, capture_output=True, text=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def cpu(self) -> float:
        """CPU seconds that the server has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def started(folder: Path) -> Iterator[Server]:
    """A server of its own in the folder."""
    data, socket = folder / "data", folder / "s"
    mine = ["--no-defaults", f"--datadir={data}", f"--user={os.environ.get('USER', 'root')}"]
    subprocess.run(["mariadb-install-db", *mine, "--auth-root-authentication-method=normal"], check=True,
                   capture_output=True)  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["mariadbd", *mine, f"--socket={socket}", "--skip-networking", f"--pid-file={folder / 'pid'}", *SETTINGS],
            stdout=log, stderr=log,
        )  # fmt: skip
    try:
        while not socket.exists():
            if process.poll() is not None:
                sys.exit((folder / "log").read_text())
            time.sleep(0.2)
        yield Server(process, socket)
    finally:
        process.terminate()
        process.wait()


def column(name: str, of: pl.DataType) -> str:
    """A column as an office's table has it."""
    match of:
        case pl.Date():
            kind = "DATE"
        case pl.Datetime():
            kind = "DATETIME"
        case pl.Int64():
            kind = "INT"
        case pl.Decimal():
            kind = "DECIMAL(12, 4)"
        case _:
            kind = "VARCHAR(100)"
    return f"`{name.lower()}` {'BIGINT' if name == 'cid' else kind}"


def put(server: Server, folder: Path, table: str, rows: pl.DataFrame) -> None:
    """Make and fill a table and its indexes; the file that it is read from goes."""
    path = folder / "rows.tsv"
    rows.write_csv(path, separator="\t", include_header=False, null_value="\\N", quote_style="never",
                   datetime_format="%Y-%m-%d %H:%M:%S")  # fmt: skip
    names = {name.lower() for name in rows.columns}
    indexes = [f"KEY ({key})" for key in INDEXES if set(key.split(", ")) <= names]
    columns = [column(name, of) for name, of in rows.schema.items()]
    server.run(f"""CREATE TABLE f43.{table} ({", ".join([*columns, *indexes])}) ENGINE=InnoDB CHARACTER SET utf8mb4;
        LOAD DATA LOCAL INFILE '{path}' INTO TABLE f43.{table} CHARACTER SET utf8mb4; ANALYZE TABLE f43.{table}""")
    path.unlink()


def fill(server: Server, folder: Path, snapshot: Snapshot) -> int:
    """Copy the standing rows, each with its person, and the table of persons; the number of rows."""
    server.run("CREATE DATABASE f43")
    home, total = snapshot.home, 0
    links = pl.concat(
        pl.read_parquet(home.links / f"{names['links']}.parquet").select(
            "facility", "pid", pl.col("person_id").alias("cid")
        )
        for names in snapshot.facilities.values()
    )
    for table in TABLES:
        files = [home.standing / names["standing"] / f"{table}.parquet" for names in snapshot.facilities.values()]
        rows = pl.concat([pl.read_parquet(file) for file in files if file.exists()])
        rows = rows.drop([name for name in rows.columns if name in LEFT_OUT])
        rows = rows.join(links, left_on=("HOSPCODE", "PID"), right_on=("facility", "pid"), how="left")
        put(server, folder, table.lower(), rows)
        total += rows.height
    with Engine(snapshot, shipped_register()) as engine:
        persons = engine.rows(PERSONS)
    put(server, folder, "t_person_cid", pl.DataFrame(
        persons, ["cid", "check_hosp", "sex", "birth", "nation", "instype"], orient="row"))  # fmt: skip
    return total


def theirs(server: Server) -> tuple[Counts, dict[str, tuple[float, float]]]:
    """Counts by MariaDB, and CPU and wall seconds of each."""
    counts, took = {}, {}
    for name, sql in BY_HAND.items():
        cpu, wall = server.cpu(), time.perf_counter()
        rows = server.run(f"USE f43; {sql}")
        took[name] = server.cpu() - cpu, time.perf_counter() - wall
        counts[name] = {hosp: (int(a), int(b)) for hosp, a, b in rows}
    return counts, took


def ours(snapshot: Snapshot) -> tuple[Counts, dict[str, tuple[float, float]]]:
    """Counts by samrit, and CPU and wall seconds of each; opening the engine is a part of the first."""
    counts, took = {}, {}
    cpu, wall = time.process_time(), time.perf_counter()
    with Engine(snapshot, shipped_register()) as engine:
        for name in BY_HAND:
            of = measure(name)
            cells = count(engine, compile_measure(of, of.parameters), [When(PERIOD, CENSUS)], remember=False)
            took[name] = time.process_time() - cpu, time.perf_counter() - wall
            cpu, wall = time.process_time(), time.perf_counter()
            added: dict[str, list[int]] = {}
            for cell in cells:
                added.setdefault(cell.facility, [0, 0])["ab".index(cell.letter)] += cell.amount
            counts[name] = {facility: (a, b) for facility, (a, b) in added.items()}
    return counts, took


def main() -> None:
    """Print both sides, measure by measure, and the ratio of all."""
    if shutil.which("mariadbd") is None or shutil.which("mariadb-install-db") is None:
        sys.exit("mariadbd is not here: apt-get install -y mariadb-server")
    snapshot = open_snapshot(Home(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory(prefix="samrit-mariadb-") as name, started(Path(name)) as server:
        [[version]] = server.run("SELECT version()")
        rows = fill(server, Path(name), snapshot)
        print(f"{machine()}, MariaDB {version}")
        print(f"{rows:,} rows in {len(TABLES)} tables, {len(BY_HAND)} measures, {RUNS} runs")
        sides = []
        for _ in range(RUNS):
            (their_counts, their_times), (our_counts, our_times) = theirs(server), ours(snapshot)
            sides.append((their_times, our_times))
            for measure_id in BY_HAND:
                if their_counts[measure_id] != our_counts[measure_id]:
                    wrong = dict(their_counts[measure_id].items() ^ our_counts[measure_id].items())
                    sys.exit(f"{measure_id}: DIFFERENT at {len(wrong)} facilities: {sorted(wrong)[:5]}")
    print(
        "same counts at every facility in every run\n\nseconds, median          MariaDB CPU   wall   samrit CPU   wall"
    )
    for measure_id in BY_HAND:
        cells = [statistics.median(run[side][measure_id][kind] for run in sides) for side in (0, 1) for kind in (0, 1)]
        print(f"{measure_id:30} {cells[0]:7.2f} {cells[1]:7.2f} {cells[2]:9.2f} {cells[3]:7.2f}")
    for kind, word in ((0, "CPU"), (1, "wall")):
        sums = [[sum(took[kind] for took in run[side].values()) for run in sides] for side in (0, 1)]
        ratios = [b / a for a, b in zip(*sums, strict=True)]
        theirs_in_all, ours_in_all, ratio = map(statistics.median, (*sums, ratios))
        print(f"all, {word}: MariaDB {theirs_in_all:.2f}, samrit {ours_in_all:.2f}, samrit / MariaDB {ratio:.3f} "
              f"(of {RUNS} runs {min(ratios):.3f} to {max(ratios):.3f})")  # fmt: skip


if __name__ == "__main__":
    main()
