"""The engine reads the files of its snapshot and nothing else, writes nothing and cannot be set otherwise."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from measures.building import CENSUS, a_case, compiled, load_rows, made_up, standard_register
from samrit.measures.cases import split_over_packages, write_packages
from samrit.measures.counting import count
from samrit.measures.engine import Engine
from samrit.measures.errors import MeasuresError
from samrit.measures.planning import When
from samrit.reference import FacilityRow, Period, Register
from samrit.warehouse import Home, Snapshot, load, views

PERIOD = Period(CENSUS, CENSUS.replace(year=2014))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    people = [{"PID": "P1"}, {"PID": "P2", "HOSPCODE": "04811"}]
    return load_rows(tmp_path_factory.mktemp("engine"), a_case(PERSON=people, NCDSCREEN=[{"PID": "P1"}]))


@pytest.fixture(scope="module")
def engine(snapshot: Snapshot) -> Iterator[Engine]:
    with Engine(snapshot, standard_register()) as made:
        yield made


def test_the_views_of_the_snapshot_can_be_read(engine: Engine) -> None:
    assert engine.rows("SELECT count(*) FROM people") == [(2,)]
    assert engine.rows("SELECT count(*) FROM screenings") == [(1,)]


def test_every_curated_view_is_there_even_without_rows() -> None:
    with Engine(None, Register([])) as empty:
        for name, view in views().items():
            columns = [column.name for column in view.description.columns]
            assert empty.rows(f'SELECT count(*) FROM "{name}"') == [(0,)]
            assert [row[0] for row in empty.rows(f'DESCRIBE "{name}"')] == columns


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_parquet('{parquet}')",
        "SELECT * FROM '{parquet}'",
        "SELECT * FROM parquet_metadata('{parquet}')",
        "SELECT * FROM read_csv('{csv}')",
        "SELECT * FROM read_text('{csv}')",
        "SELECT * FROM read_blob('{folder}/*')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_parquet('{home}/*.parquet')",
        "COPY people TO '{folder}/out.csv'",
        "COPY people TO '{folder}/out.parquet' (FORMAT parquet)",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/out.db' AS other",
        "ATTACH '{folder}/other.db' AS other (READ_ONLY)",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_paths = ['{folder}']",
        "SET allowed_directories = ['{folder}']",
        "SET lock_configuration = false",
        "RESET enable_external_access",
        "SET threads = 1",
        "SET TimeZone = 'Asia/Bangkok'",
        "PRAGMA memory_limit = '1GB'",
        "SELECT * FROM frame",
        "SELECT getenv('HOME')",
    ],
)
def test_nothing_else_can_be_read_written_or_set(engine: Engine, snapshot: Snapshot, tmp_path: Path, sql: str) -> None:
    frame = pl.DataFrame({"x": [1]})
    frame.write_parquet(tmp_path / "x.parquet")
    frame.write_csv(tmp_path / "x.csv")
    duckdb.connect(str(tmp_path / "other.db")).close()
    before = sorted(tmp_path.iterdir())
    names = {
        "parquet": tmp_path / "x.parquet",
        "csv": tmp_path / "x.csv",
        "folder": tmp_path,
        "home": snapshot.files("people")[0].parent,
    }

    # The lock must hold by itself, below the check that only a SELECT is run.
    with pytest.raises(duckdb.Error):
        engine._connection.execute(sql.format(**names))
    with pytest.raises((duckdb.Error, MeasuresError)):
        engine.rows(sql.format(**names))

    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1 AS x) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)",
        "SELECT 1; COPY (SELECT 1 AS x) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)",
        "ATTACH '{file}' AS other",
        "DELETE FROM organisation",
        "DROP VIEW people",
        "",
    ],
)
def test_nothing_but_one_select_is_run(engine: Engine, snapshot: Snapshot, sql: str) -> None:
    [file] = snapshot.files("people")
    before = file.read_bytes()

    with pytest.raises(MeasuresError):
        engine.rows(sql.format(file=file.resolve()))

    assert file.read_bytes() == before


def test_a_link_to_another_file_is_not_followed(engine: Engine, tmp_path: Path, snapshot: Snapshot) -> None:
    pl.DataFrame({"x": [1]}).write_parquet(tmp_path / "x.parquet")
    around = snapshot.files("people")[0].parent / ".." / ".." / ".." / ".." / tmp_path.name / "x.parquet"

    with pytest.raises(duckdb.Error):
        engine.rows(f"SELECT * FROM read_parquet('{around}')")


def test_the_register_of_each_census_day_is_placed_once(snapshot: Snapshot) -> None:
    moved = Register(
        [
            FacilityRow("04811", cup="11053", valid_to=CENSUS),
            FacilityRow("04811", cup="10705", valid_from=CENSUS.replace(day=2)),
        ]
    )
    with Engine(snapshot, moved) as engine:
        days = [CENSUS, CENSUS.replace(day=2), CENSUS]
        engine.place_facilities(days)
        engine.place_facilities(days)

        assert engine.rows("SELECT facility, contracting_unit FROM organisation ORDER BY census_day") == [
            ("04811", "11053"),
            ("04811", "10705"),
        ]


def test_a_quote_in_a_code_stays_a_text(snapshot: Snapshot) -> None:
    register = Register([FacilityRow("04811", cup="x'); DROP TABLE organisation; --")])
    with Engine(snapshot, register) as engine:
        engine.place_facilities([CENSUS])

        assert engine.rows("SELECT contracting_unit FROM organisation") == [(register.rows[0].cup,)]


def test_the_connection_ends_with_the_engine(snapshot: Snapshot) -> None:
    with Engine(snapshot, standard_register()) as engine:
        pass

    with pytest.raises(duckdb.Error):
        engine.rows("SELECT 1")


def test_the_order_in_which_packages_came_changes_no_cell(tmp_path: Path) -> None:
    # one person, registered twice, and her cards: which row wins is a tie until the D_UPDATE or the facility settles it
    twice = [{"PID": pid, "HOSPCODE": at, "SEX": sex} for pid in "xy" for at, sex in (("04811", "1"), ("11053", "2"))]
    cards = [{"PID": pid, "INSTYPE_NEW": code, "MAIN": "10705"} for pid in "xy" for code in ("0100", "1100")]
    case = a_case(PERSON=twice, CARD=cards)
    packages = write_packages(split_over_packages(case, 5), tmp_path / "packages")
    at_once = load(Home(tmp_path / "first"), packages).snapshot
    load(Home(tmp_path / "second"), packages[len(packages) // 2 :])
    in_two = load(Home(tmp_path / "second"), packages[: len(packages) // 2]).snapshot

    cells = []
    for snapshot in (at_once, in_two):
        with Engine(snapshot, standard_register()) as engine:
            cells.append(count(engine, compiled(made_up()), [When(PERIOD, CENSUS)]))
    assert cells[0] == cells[1] != []
