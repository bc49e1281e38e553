"""Which version of a row stands (DEFINITIONS S2.2 to S2.4). SEX tells the versions of a PERSON row apart."""

from pathlib import Path

import pytest

from builders import HOSPCODE9, load_all, name_of_zip, person, row, standing, text_of, write_zip
from samrit.f43 import table_names
from samrit.warehouse import Home
from samrit.warehouse.parsing import parse
from samrit.warehouse.receiving import receipts
from samrit.warehouse.standing import stand


def stands(tmp_path: Path, *packages: tuple[str, dict[str, list[dict[str, str]]]]) -> list[str]:
    """SEX of the PERSON rows that stand when the packages arrive in the opposite order."""
    home = Home(tmp_path / "home")
    for name, entries in reversed(packages):
        loaded = load_all(home, write_zip(tmp_path, name, entries))
    return [sex for (sex,) in standing(loaded.snapshot, "PERSON", "SEX")]


def version(sex: str, updated: str) -> dict[str, str]:
    return person(SEX=sex, D_UPDATE=updated)


def test_latest_d_update_stands_whichever_package_brings_it(tmp_path: Path) -> None:
    assert stands(
        tmp_path,
        (name_of_zip(1), {"PERSON": [version("new", "20131001120001")]}),
        (name_of_zip(2), {"PERSON": [version("old", "20131001120000")]}),
    ) == ["new"]


@pytest.mark.parametrize("null", ["", "25560101", "x"])
def test_blank_or_unreadable_d_update_is_the_oldest(tmp_path: Path, null: str) -> None:
    assert stands(
        tmp_path,
        (name_of_zip(1), {"PERSON": [version("dated", "18500101")]}),
        (name_of_zip(2), {"PERSON": [version("undated", null)]}),
    ) == ["dated"]


def test_eight_digits_are_midnight(tmp_path: Path) -> None:
    assert stands(
        tmp_path,
        (name_of_zip(1), {"PERSON": [version("second past", "20131001000001")]}),
        (name_of_zip(2), {"PERSON": [version("midnight", "20131001")]}),
    ) == ["second past"]


@pytest.mark.parametrize("updated", ["20131001", ""])
def test_tie_goes_to_the_later_stamp(tmp_path: Path, updated: str) -> None:
    assert stands(
        tmp_path,
        (name_of_zip(2, suffix="-1"), {"PERSON": [version("later", updated)]}),
        (name_of_zip(1, suffix="_9"), {"PERSON": [version("earlier", updated)]}),
    ) == ["later"]


def test_tie_of_stamps_goes_to_the_larger_name_in_upper_case(tmp_path: Path) -> None:
    # In upper case '-' < '.' < '_'; as received 'f' > 'F' would decide.
    assert stands(
        tmp_path,
        (name_of_zip(1).lower(), {"PERSON": [version("dot", "20131001")]}),
        (name_of_zip(1, suffix="_1"), {"PERSON": [version("underscore", "20131001")]}),
    ) == ["underscore"]
    assert stands(
        tmp_path / "2",
        (name_of_zip(1), {"PERSON": [version("dot", "20131001")]}),
        (name_of_zip(1, suffix="-1").lower(), {"PERSON": [version("minus", "20131001")]}),
    ) == ["dot"]


def test_tie_inside_a_zip_goes_to_the_later_entry_then_the_later_line(tmp_path: Path) -> None:
    rows = [version("second line", "20131001"), version("third line", "20131001")]
    assert stands(
        tmp_path,
        (name_of_zip(1), {"z/PERSON.txt": [version("first entry", "20131001")], "a/person.txt": rows}),
    ) == ["third line"]


def test_earlier_line_stands_when_it_is_newer(tmp_path: Path) -> None:
    rows = [version("newer", "20131002"), version("older", "20131001"), version("null", "")]
    assert stands(tmp_path, (name_of_zip(1), {"PERSON": rows})) == ["newer"]


def test_same_bytes_under_another_name_are_another_submission(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    rows = [version("1", "20131001")]
    first = write_zip(tmp_path, name_of_zip(1), {"PERSON": rows})
    again = write_zip(tmp_path, name_of_zip(3), {"PERSON": rows})
    between = write_zip(tmp_path, name_of_zip(2), {"PERSON": [version("2", "20131001")]})
    assert first.read_bytes() == again.read_bytes()
    assert standing(load_all(home, first, between).snapshot, "PERSON", "SEX") == [("2",)]
    loaded = load_all(home, again)
    assert [r.status for r in loaded.received] == ["loaded"]
    assert standing(loaded.snapshot, "PERSON", "SEX") == [("1",)]


def test_two_zips_of_one_name_are_both_kept_and_their_bytes_settle_the_tie(tmp_path: Path) -> None:
    packages = [
        write_zip(tmp_path / sex, name_of_zip(1), {"PERSON": [version(sex, "20131001"), person(f"only {sex}")]})
        for sex in "12345"
    ]
    answers = []
    for turn, order in enumerate((packages, packages[::-1], packages[2:] + packages[:2])):
        snapshot = load_all(Home(tmp_path / f"home{turn}"), *order).snapshot
        assert len(snapshot.packages) == 5
        answers.append(sorted(standing(snapshot, "PERSON", "PID, SEX")))
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0]) == 6


def test_keys_are_compared_as_trimmed_text(tmp_path: Path) -> None:
    rows = [person("1"), person(" 1 "), person("01"), person("1a"), person("1A")]
    snapshot = load_all(Home(tmp_path / "home"), write_zip(tmp_path, name_of_zip(), {"PERSON": rows})).snapshot
    assert standing(snapshot, "PERSON", "PID") == [("1",), ("01",), ("1a",), ("1A",)]


def test_key_dates_are_compared_as_text_not_as_days(tmp_path: Path) -> None:
    """S2.2: `20130601` and `20130601000000` are two keys."""
    rows = [row("CHRONICFU", DATE_SERV="20130601"), row("CHRONICFU", DATE_SERV="20130601000000")]
    snapshot = load_all(Home(tmp_path / "home"), write_zip(tmp_path, name_of_zip(), {"CHRONICFU": rows})).snapshot
    assert len(standing(snapshot, "CHRONICFU")) == 2


def test_same_key_at_two_facilities_is_two_rows(tmp_path: Path) -> None:
    snapshot = load_all(
        Home(tmp_path / "home"),
        write_zip(tmp_path, name_of_zip(1), {"PERSON": [person("1")]}),
        write_zip(tmp_path, name_of_zip(1, "10705"), {"PERSON": [person("1", HOSPCODE="10705")]}),
    ).snapshot
    assert len(standing(snapshot, "PERSON")) == len(standing(snapshot, "PERSON", facility="10705")) == 1


def test_stay_whose_discharge_was_corrected_is_one_stay(tmp_path: Path) -> None:
    """S2.2: the key of ADMISSION is HOSPCODE + AN; PID and DATETIME_DISCH are not in it."""
    rows = [
        row("ADMISSION", AN="1", PID="P1", DATETIME_DISCH="20130601", D_UPDATE="20130701"),
        row("ADMISSION", AN="1", PID="P2", DATETIME_DISCH="20130602", D_UPDATE="20130702"),
        row("ADMISSION", AN="2", PID="P1", DATETIME_DISCH="20130602", D_UPDATE="20130702"),
    ]
    snapshot = load_all(Home(tmp_path / "home"), write_zip(tmp_path, name_of_zip(), {"ADMISSION": rows})).snapshot
    assert standing(snapshot, "ADMISSION", "AN, PID") == [("1", "P2"), ("2", "P1")]


def test_one_row_per_key_stands_in_every_table_that_has_no_blocks(tmp_path: Path) -> None:
    names = [n for n in table_names() if n not in {"CHARGE_IPD", "DRUG_IPD", "DATA_CORRECT"}]
    days = ("20131002", "20131003", "20131001")
    path = write_zip(tmp_path, name_of_zip(), {name: [row(name, D_UPDATE=day) for day in days] for name in names})
    snapshot = load_all(Home(tmp_path / "home"), path).snapshot
    for name in names:
        assert [str(d) for (d,) in standing(snapshot, name, "CAST(D_UPDATE AS DATE)")] == ["2013-10-03"], name


# Blocks (S2.4)


@pytest.mark.parametrize("name", ["CHARGE_IPD", "DRUG_IPD"])
def test_block_with_the_latest_row_replaces_the_other_whole(tmp_path: Path, name: str) -> None:
    part = "CHARGEITEM" if name == "CHARGE_IPD" else "DIDSTD"

    def item(code: str, updated: str, an: str = "1") -> dict[str, str]:
        return row(name, AN=an, D_UPDATE=updated) | {part: code}

    newest = write_zip(
        tmp_path,
        name_of_zip(1),
        {
            f"a/{name}.txt": [item("a", "20131005"), item("b", ""), item("b", ""), item("x", "20131001", "2")],
            f"b/{name}.txt": [item("c", "20131001")],  # the same zip, the same block
        },
    )
    later = write_zip(tmp_path, name_of_zip(2), {name: [item("a", "20131004"), item("d", "20131004")]})
    for turn, order in enumerate(([newest, later], [later, newest])):
        loaded = load_all(Home(tmp_path / f"home{turn}"), *order)
        found = [(an, code) for an, code in standing(loaded.snapshot, name, f"AN, {part}")]
        assert found == [("1", "a"), ("1", "b"), ("1", "b"), ("2", "x"), ("1", "c")]
        by_file = {p["file"]: p["rows"][name] for p in loaded.as_dict()["packages"]}
        assert by_file[newest.name] == {"read": 5, "kept": 5, "rejected": 0, "superseded": 0}
        assert by_file[later.name] == {"read": 2, "kept": 0, "rejected": 0, "superseded": 2}


@pytest.mark.parametrize("updated", ["20131001", ""])
def test_tie_of_blocks_goes_to_the_later_zip(tmp_path: Path, updated: str) -> None:
    zips = [
        write_zip(
            tmp_path, name_of_zip(day), {"DRUG_IPD": [row("DRUG_IPD", DIDSTD=d, D_UPDATE=updated) for d in drugs]}
        )
        for day, drugs in ((1, "abc"), (2, "d"))
    ]
    snapshot = load_all(Home(tmp_path / "home"), *reversed(zips)).snapshot
    assert standing(snapshot, "DRUG_IPD", "DIDSTD") == [("d",)]


def test_block_with_any_date_beats_a_block_with_none(tmp_path: Path) -> None:
    dated = write_zip(tmp_path, name_of_zip(1), {"DRUG_IPD": [row("DRUG_IPD", DIDSTD="a", D_UPDATE="18500101")]})
    undated = write_zip(tmp_path, name_of_zip(2), {"DRUG_IPD": [row("DRUG_IPD", DIDSTD="b", D_UPDATE="")]})
    snapshot = load_all(Home(tmp_path / "home"), dated, undated).snapshot
    assert standing(snapshot, "DRUG_IPD", "DIDSTD") == [("a",)]


def test_block_of_a_stay_does_not_hang_on_the_pid(tmp_path: Path) -> None:
    rows = [row("CHARGE_IPD", PID="P1", D_UPDATE="20131001"), row("CHARGE_IPD", PID="P2", D_UPDATE="20131002")]
    first = write_zip(tmp_path, name_of_zip(1), {"CHARGE_IPD": rows})
    second = write_zip(tmp_path, name_of_zip(2), {"CHARGE_IPD": [row("CHARGE_IPD", PID="P3", D_UPDATE="20131001")]})
    snapshot = load_all(Home(tmp_path / "home"), first, second).snapshot
    assert standing(snapshot, "CHARGE_IPD", "PID") == [("P1",), ("P2",)]


def test_row_aside_supersedes_nothing(tmp_path: Path) -> None:
    good = write_zip(tmp_path, name_of_zip(1), {"CHRONICFU": [row("CHRONICFU", FOOT="good")]})
    newer = row("CHRONICFU", FOOT="bad", D_UPDATE="20151001")
    bad = write_zip(tmp_path, name_of_zip(2), {"CHRONICFU": text_of([newer | {"PID": ""}, newer | {"X": "a|b"}])})
    snapshot = load_all(Home(tmp_path / "home"), good, bad).snapshot
    assert standing(snapshot, "CHRONICFU", "FOOT") == [("good",)]


def test_standing_rows_are_typed_and_a_void_cell_is_null(tmp_path: Path) -> None:
    rows = [row("CHRONICFU", SBP="12O", DBP="80.5", DATE_SERV="20130601101500", D_UPDATE="x", FOOT="")]
    snapshot = load_all(Home(tmp_path / "home"), write_zip(tmp_path, name_of_zip(), {"CHRONICFU": rows})).snapshot
    columns = "SBP, CAST(DBP AS VARCHAR), CAST(DATE_SERV AS VARCHAR), D_UPDATE, FOOT"
    assert standing(snapshot, "CHRONICFU", columns) == [(None, "80.500000000", "2013-06-01", None, "")]


def test_package_that_speaks_for_two_facilities_gives_each_its_own_rows(tmp_path: Path) -> None:
    """Only a sender of nine characters can: its rows are known by HOSPCODE9 and stand under their HOSPCODE."""
    rows = [person("P1", HOSPCODE="11053", SEX="1"), person("P1", HOSPCODE="10705", SEX="2")]
    loaded = load_all(Home(tmp_path / "home"), write_zip(tmp_path, name_of_zip(1, HOSPCODE9), {"PERSON": rows}))
    assert standing(loaded.snapshot, "PERSON", "SEX", "11053") == [("1",)]
    assert standing(loaded.snapshot, "PERSON", "SEX", "10705") == [("2",)]
    (told,) = loaded.as_dict()["packages"]
    assert told["rows"] == {"PERSON": {"read": 2, "kept": 2, "rejected": 0, "superseded": 0}}


def test_standing_rows_are_made_from_the_set_of_packages_not_from_their_order(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    zips = [write_zip(tmp_path, name_of_zip(day), {"PERSON": [person(SEX=str(day))]}) for day in (1, 2, 3)]
    load_all(home, *zips)
    parsed = [parse(home, receipt) for receipt in receipts(home)]
    made = [stand(Home(tmp_path / f"other{n}"), "11053", order) for n, order in enumerate((parsed, parsed[::-1]))]
    assert made[0].name == made[1].name
    assert made[0].sources == made[1].sources
