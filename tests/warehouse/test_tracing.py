"""From a row id back to the very line of the received file (DESIGN section 1)."""

import io
import zipfile
from pathlib import Path
from random import Random

import polars as pl
import pytest

from builders import (
    HOSPCODE9,
    load_all,
    name_of_zip,
    open_views,
    person,
    random_packages,
    row,
    standing,
    text_of,
    write_zip,
)
from samrit.f43 import table, table_names
from samrit.warehouse import Home, Kind, ReceivedLine, Snapshot, View, WarehouseError, trace, views
from samrit.warehouse.standing import facility_number, split_row_id

WITH_ROW_ID = [
    v
    for v in views().values()
    if any(c.name == "row_id" for c in v.description.columns)
    and v.kind not in {Kind.LOG, Kind.CLAIM}  # tests/logs, tests/claims
]


REFERRED = {
    "REFER_HISTORY": [row("REFER_HISTORY", REFERID="R9", SEQ="S9", AN="")],
    "DIAGNOSIS_OPD": [row("DIAGNOSIS_OPD", SEQ="S9", DIAGCODE="I210")],
}


def cells_at(home: Home, place: ReceivedLine) -> dict[str, str]:
    """The cells of a line, read plainly from the zip in the vault."""
    content = (home.packages / f"{place.sha256}.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.infolist()[place.entry - 1]
        assert info.filename == place.path
        raw = archive.read(info).removeprefix(b"\xef\xbb\xbf")
    try:
        lines = raw.decode().split("\n")
    except UnicodeDecodeError:
        lines = raw.decode("cp874").split("\n")
    header = next(line for line in lines if line.strip())
    return dict(zip(header.upper().strip().split("|"), map(str.strip, lines[place.line - 1].split("|")), strict=True))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Random packages of two facilities, and one zip with every table in every dress."""
    folder = tmp_path_factory.mktemp("traced")
    dressed: dict[str, str | bytes] = {"first/export.xml": "<a/>"}
    for number, name in enumerate(table_names()):
        rows = [row(name), row(name, PID="P2") if table(name).has_person else row(name)]
        text = text_of(rows, "\n" if number % 2 else "\r\n")
        lines = text.splitlines(keepends=True)
        text = "\n \r\n" + lines[0] + "\r\n\n" + "".join(lines[1:])
        dressed[f"F43/{name.lower()}_11053.txt"] = {
            0: text.encode(),
            1: b"\xef\xbb\xbf" + text.encode(),
            2: text.replace("P2", "P2ก").encode("cp874"),
        }[number % 3]
    return load_all(
        Home(folder / "home"),
        *random_packages(Random(3), folder / "in", ("11053", "04811"), 3),
        write_zip(folder, name_of_zip(28), dressed),
        write_zip(folder, name_of_zip(27, HOSPCODE9), {"PERSON": [person("nine", HOSPCODE="A-9")]}),
        write_zip(folder, name_of_zip(29), REFERRED),
    ).snapshot


def test_every_standing_row_leads_to_the_line_that_holds_its_key(snapshot: Snapshot) -> None:
    seen: set[int] = set()
    for facility in snapshot.facilities:
        for name in table_names():
            of = table(name)
            texts = [c for c in of.column_names if of.column(c).type.value == "text"]
            found = standing(snapshot, name, ", ".join(["row_id", *texts]), facility)
            ids = [row_id for row_id, *_ in found]
            assert seen.isdisjoint(ids)
            seen.update(ids)
            for (_, *values), place in zip(found, trace(snapshot, ids), strict=True):
                assert (place.table, place.facility) == (name, facility)
                cells = cells_at(snapshot.home, place)
                assert {c: cells.get(c, "") for c in texts} == dict(zip(texts, values, strict=True))
    assert len(seen) > 150
    assert all(0 < row_id < 2**63 for row_id in seen)


@pytest.mark.parametrize("view", WITH_ROW_ID, ids=[v.name for v in WITH_ROW_ID])
def test_every_row_of_a_view_leads_to_its_line(snapshot: Snapshot, view: View) -> None:
    tables = tables_behind(view.name)
    columns = {c.name for c in view.description.columns}
    facility = "facility" if "facility" in columns else "NULL"
    person_id = "person_id" if "person_id" in columns else "NULL"
    found = open_views(snapshot).execute(f"SELECT row_id, {facility}, {person_id} FROM {view.name}").fetchall()
    assert found, "the view is empty: nothing was tried"
    people = links_of(snapshot)
    for (_, at, who), place in zip(found, trace(snapshot, [row_id for row_id, *_ in found]), strict=True):
        assert place.table in tables
        cells = cells_at(snapshot.home, place)
        if at is not None:
            assert cells["HOSPCODE"] == at == place.facility
        if who is not None:
            assert people[cells["HOSPCODE"], cells["PID"]] == who


@pytest.mark.parametrize(
    "view",
    [v for v in WITH_ROW_ID if v.kind is not Kind.PERSON],
    ids=lambda v: v.name,  # registrations repeat a person
)
def test_row_id_stands_once_in_a_view(snapshot: Snapshot, view: View) -> None:
    sql = f"SELECT count(*), count(DISTINCT row_id) FROM {view.name}"
    ((rows, ids),) = open_views(snapshot).execute(sql).fetchall()
    assert rows == ids


def tables_behind(name: str) -> set[str]:
    """The tables that a view reads, through other views too."""
    found: set[str] = set()
    for read in views()[name].reads:
        found |= tables_behind(read) if read in views() else {read}
    return found


def links_of(snapshot: Snapshot) -> dict[tuple[str, str], int]:
    files = [snapshot.home.links / f"{names['links']}.parquet" for names in snapshot.facilities.values()]
    return {
        (f, p): i for file in files for f, p, i in pl.read_parquet(file).select("facility", "pid", "person_id").rows()
    }


def test_row_ids_of_other_snapshots_are_refused(snapshot: Snapshot) -> None:
    row_id = standing(snapshot, "PERSON", "row_id")[0][0]
    number, _, line = split_row_id(row_id)
    assert number == 11053
    for wrong in (0, -1, line, row_id + (2**20 - 1 << 26), (99999 << 46) + (1 << 26) + 2, (number << 46) + 2):
        with pytest.raises(WarehouseError, match=r"warehouse\.trace\.unknown"):
            trace(snapshot, [wrong])


def test_row_id_holds_facility_source_and_line(tmp_path: Path) -> None:
    entries = {"x.xml": "", "CARD": [row("CARD")], "PERSON": "HOSPCODE|PID\r\n\r\n\r\n11053|P1\r\n"}
    made = load_all(Home(tmp_path / "home"), write_zip(tmp_path, name_of_zip(), entries)).snapshot
    ((row_id,),) = standing(made, "PERSON", "row_id")
    assert row_id == 11053 * 2**46 + 2 * 2**26 + 4
    assert split_row_id(row_id) == (11053, 2, 4)
    assert str(trace(made, [row_id])[0]) == f"{name_of_zip()} > PERSON.txt : 4"


def test_traced_lines_come_in_the_order_of_the_row_ids(snapshot: Snapshot) -> None:
    ids = [row_id for (row_id,) in standing(snapshot, "PERSON", "row_id")]
    assert trace(snapshot, [*ids, *ids[::-1]]) == trace(snapshot, ids) + trace(snapshot, ids)[::-1]


def test_number_of_a_facility_is_its_five_digits_else_a_number_beyond_them() -> None:
    assert [facility_number(code) for code in ("00001", "11053", "99999")] == [1, 11053, 99999]
    others = [facility_number(code) for code in ("EA0011053", "1105", "110530", "๑๑๐๕๓", "²1053", "")]
    assert all(100_000 <= number < 2**17 for number in others)
    assert len(set(others)) == len(others)
