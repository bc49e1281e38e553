"""What is asked for and what is written: same bytes, legal names, refusals."""

import re
import zipfile
from pathlib import Path

import pytest

from samrit.demo import DemoError, write_demo, zips
from samrit.demo.days import Span
from samrit.demo.places import lay_out
from samrit.demo.plan import Submission
from samrit.f43 import read_entry, table, table_names

NAME = re.compile(r"F43_\d{5}_\d{14}([-_].*)?\.zip", re.IGNORECASE)


def contents(folder, **wishes):
    return {path.name: path.read_bytes() for path in write_demo(folder, **wishes)}


def test_the_same_wishes_give_the_same_bytes_and_another_seed_gives_others(tmp_path):
    first = contents(tmp_path / "a", people=150, province="43")
    assert contents(tmp_path / "b", people=150, province="43") == first
    other = contents(tmp_path / "c", people=150, seed=2, province="43")
    # The first zip of a facility holds its staff at least; a later one may hold headers alone.
    firsts = [
        {name.split("_")[1]: sent[name] for name in sorted(sent, key=str.upper, reverse=True)}
        for sent in (first, other)
    ]
    assert not set(firsts[0].values()) & set(firsts[1].values())


def test_no_zip_tells_when_or_where_it_was_made(demo):
    for path in demo.paths[:20]:
        with zipfile.ZipFile(path) as package:
            kept = {(info.date_time, info.create_system, info.external_attr) for info in package.infolist()}
        assert kept == {((1980, 1, 1, 0, 0, 0), 0, 0o600 << 16)}


def test_zip_names_are_legal_and_every_hospital_and_subdistrict_hospital_sends_one_to_four(demo):
    assert all(NAME.fullmatch(path.name) for path in demo.paths)
    sent = [path.name.split("_")[1] for path in demo.paths]
    # loei_units: 1 general, 13 community, 121 subdistrict hospitals, 1 psychiatric, 1 military, 1 private hospital
    assert len(set(sent)) == 1 + 13 + 121 + 3
    assert {sent.count(hospcode) for hospcode in sent} == {1, 2, 3, 4}


def test_every_entry_is_a_table_of_the_standard_with_columns_of_it(demo):
    ignored = {raw.entry.rsplit("/", 1)[-1] for raw in demo.entries if not raw.table}
    assert ignored == {"export_stat.xml"}
    for raw in demo.entries:
        if raw.table and not raw.headerless:
            assert set(raw.names) - {""} <= set(table(raw.table).column_names)
            assert set(table(raw.table).key) <= set(raw.names)
    assert {raw.table for raw in demo.entries} - {""} == set(table_names()) - {"POLICY"}


def test_every_required_column_of_the_first_edition_is_filled_in_most_rows(demo):
    left_blank_on_purpose = {("DEATH", "DDEATH"), ("DEATH", "CDEATH"), ("PROVIDER", "BIRTH"), ("ADMISSION", "DRG")}
    for name, rows in demo.rows.items():
        early = table(name).column_names
        early = early[: early.index("D_UPDATE") + 1] if name != "DATA_CORRECT" else early[:4]
        for column in table(name).columns:
            if column.required and column.name in early and (name, column.name) not in left_blank_on_purpose:
                filled = sum(bool(row[column.name].strip()) for row in rows)
                assert filled >= len(rows) * 0.75, (name, column.name)


def test_cells_fit_the_width_of_the_standard(demo):
    longer_on_purpose = {("DENTAL", "GUM"), ("DRUG_REFER", "DATETIME_DSTART"), ("PROCEDURE_REFER", "TIMESTART")}
    longer_by_dirt = {("CARD", "EXPIREDATE"), ("HOME", "LATITUDE"), ("NCDSCREEN", "WEIGHT"), ("ANC", "GA"),
                      ("SERVICE", "CHIEFCOMP")}  # fmt: skip
    for name, rows in demo.rows.items():
        for column in table(name).columns:
            if column.width and (name, column.name) not in longer_on_purpose | longer_by_dirt:
                longest = max((len(row.get(column.name, "").strip()) for row in rows), default=0)
                assert longest <= column.width, (name, column.name)


def test_the_reader_of_the_product_meets_every_entry_without_falling_over(demo):
    # DEFINITIONS S2.1: whatever a line holds, its row is kept or set aside.
    for raw in demo.entries[:600]:
        if raw.table:
            read = read_entry(raw.content, table(raw.table), raw.sender)
            # An entry without a header is set aside whole (S1.4): what stands in the place of the header is no row.
            assert read.read == len(raw.lines) - 1 or raw.headerless


def test_a_folder_that_holds_anything_is_refused(tmp_path):
    (tmp_path / "F43_04665_20140501080000.zip").write_bytes(b"")
    with pytest.raises(DemoError) as refused:
        write_demo(tmp_path, people=1)
    assert [p.code for p in refused.value.problems] == ["demo.folder.used"]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "demo").write_text("x", encoding="utf-8")
    with pytest.raises(DemoError, match=r"demo\.folder\.file"):
        write_demo(tmp_path / "demo", people=1)


@pytest.mark.parametrize(("wished", "meant"), [("422", "42"), ("Loie", "42"), ("เลย์", "42"), ("99", "96")])
def test_an_unknown_province_is_refused_with_the_nearest_one(tmp_path, wished, meant):
    with pytest.raises(DemoError, match=r"demo\.province\.unknown") as refused:
        write_demo(tmp_path / "demo", province=wished)
    assert f"'{meant}'" in refused.value.problems[0].th
    assert not (tmp_path / "demo").exists()


def test_numbers_out_of_range_are_refused_together(tmp_path):
    with pytest.raises(DemoError) as refused:
        write_demo(tmp_path / "demo", people=0, year=2014)
    assert [p.code for p in refused.value.problems] == ["demo.people.range", "demo.year.range"]


def test_progress_is_told_facility_by_facility_and_one_person_is_enough(tmp_path: Path):
    told: list[tuple[str, int, int]] = []
    write_demo(tmp_path / "demo", province="43", people=1, progress=lambda *step: told.append(step))
    assert [done for _, done, _ in told] == list(range(1, told[0][2] + 1))


def test_an_entry_that_outgrows_memory_is_written_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(zips, "IN_MEMORY", 64)
    monkeypatch.setattr(zips, "LINES_AT_ONCE", 3)
    entry = zips.Entry("HOSPCODE|PID", "\r\n", "cp874", b"")
    numbers = [entry.put(f"04665|{order}ก") for order in range(100)]
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as package:
        entry.copy_to(package, "PERSON.txt")
    entry.close()
    # Line 1 is the header.
    assert numbers == list(range(2, 102))
    with zipfile.ZipFile(tmp_path / "x.zip") as package:
        text = package.read("PERSON.txt").decode("cp874")
    assert text == "HOSPCODE|PID\r\n" + "".join(f"04665|{order}ก\r\n" for order in range(100))


def test_a_facility_is_written_after_all_that_send_people_to_it():
    place = lay_out("42", 3000, 1, Span.of(2557))
    turn = {facility.hospcode: facility.number for facility in place.facilities}
    assert place.facilities[-1].hospcode == place.referral == "10705"
    for facility in place.facilities:
        assert turn[facility.hospital] >= facility.number
        assert all(turn[other] > facility.number for other in place.after(facility))
        assert all(turn[other] > facility.number for other in place.primary_after(facility))
    # A community hospital comes right behind its own units, so nothing waits for it longer than a district takes.
    hospital = turn["11447"]
    own = [f.number for f in place.facilities if f.hospital == "11447" and f.hospcode != "11447"]
    assert sorted(own) == list(range(hospital - len(own), hospital))


def test_a_submission_carries_what_is_new_or_of_its_days():
    sent = Submission(1, "20140505120000", "", "20131001", "20140505", "20131020090000", False, {"ANC": "20130601"})
    assert sent.carries("SERVICE", "20131015", "20131016080000")  # of its days, though sent before
    assert not sent.carries("SERVICE", "20130901", "20130902080000")  # earlier, and sent before
    assert sent.carries("SERVICE", "20130901", "20131021080000")  # earlier, entered late
    assert sent.carries("ANC", "20130901", "20130902080000")  # antenatal visits go back further than visits
    assert not sent.carries("SERVICE", "20140501", "20140506080000")  # entered after the export
    assert not sent.carries("PERSON", "", "20130101080000")  # a register line that has not changed
    assert sent.carries("PERSON", "", "20131021080000")
    assert sent.carries("CHRONICFU", "20130101", "20130101080000", 1)
    assert not sent.carries("CHRONICFU", "20140101", "20140101080000", 0)
