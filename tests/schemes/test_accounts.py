"""Accounts of payees: read with their people, shown in the transfer file alone, missing where the register has none."""

import csv
import dataclasses
import hashlib
import io
from pathlib import Path

import pytest

from cli.speaking import samrit
from reports.kept_runs import keep
from samrit.schemes import RunInputs, SchemeRun, read_pack_folder
from samrit.schemes.accounts import BankAccount
from samrit.schemes.transfers import CONTROL_COLUMNS, TRANSFER_COLUMNS, control_of, transfers_of
from schemes.building import copy_pack, spoil, write_csv
from schemes.desk import Desk

PEOPLE = ("org", "district_code", "uc_population", "bank_code", "account_no", "account_name")
NUMBER = "0012345678"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "qof-2557")


def read(desk: Desk) -> RunInputs:
    return desk.read()


def test_an_account_is_read_with_its_zeros_and_without_hyphens(desk: Desk) -> None:
    desk.write(
        "populations",
        PEOPLE,
        ("10705", "4201", 10, "006", "001-2-34567 8", "เงินบำรุง"),
        ("11030", "4202", 5, "", "", ""),
    )
    with_account, without = read(desk).populations
    assert with_account.account == BankAccount("006", NUMBER, "เงินบำรุง")
    assert without.account is None


@pytest.mark.parametrize(
    ("bank", "number", "told"),
    [
        ("6", NUMBER, {("schemes.account.bank", "bank_code")}),
        ("KTB", NUMBER, {("schemes.account.bank", "bank_code")}),
        ("006", "12345678", {("schemes.account.number", "account_no")}),
        ("006", "1.2345E+09", {("schemes.account.number", "account_no")}),
        ("006", "๐๐๑๒๓๔๕๖๗๘", {("schemes.account.number", "account_no")}),
        ("", NUMBER, {("schemes.account.bank", "bank_code")}),
        ("006", "", {("schemes.account.number", "account_no")}),
        ("00", "987", {("schemes.account.bank", "bank_code"), ("schemes.account.number", "account_no")}),
    ],
)
def test_a_wrong_account_is_told_at_its_column_without_what_was_written(
    desk: Desk, bank: str, number: str, told: set[tuple[str, str]]
) -> None:
    desk.write("populations", PEOPLE, ("10705", "4201", 10, bank, number, "เงินบำรุง"))
    found = desk.refused()
    assert {(p.code, p.where.field) for p in found} == told
    assert all(p.where.line == 2 for p in found)
    for written in (number, "เงินบำรุง"):
        assert not written or all(written not in p.th + p.en for p in found)


def test_the_account_of_a_payee_is_not_in_its_words(desk: Desk) -> None:
    desk.write("populations", PEOPLE, ("10705", "4201", 10, "006", NUMBER, "เงินบำรุง"))
    (payee,) = read(desk).populations
    assert NUMBER not in repr(payee) + repr(payee.account)
    assert "เงินบำรุง" not in repr(payee) + repr(payee.account)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> SchemeRun:
    """A run of nhso-2552: 10705 has an account, the other hospitals have none."""
    return _with_account(keep("nhso-2552", tmp_path_factory.mktemp("accounts")))


def _with_account(run: SchemeRun) -> SchemeRun:
    account = BankAccount("034", NUMBER, "เงินบำรุงโรงพยาบาล")
    payees = tuple(
        dataclasses.replace(payee, account=account if payee.org == "10705" else None) for payee in run.payees
    )
    return dataclasses.replace(run, materials=dataclasses.replace(run.materials, payees=payees))


def transfers(run: SchemeRun) -> list[dict[str, object]]:
    rows = transfers_of(run.run, run.materials, None, draft=True)
    return [dict(zip(TRANSFER_COLUMNS, row, strict=True)) for row in rows]


def test_the_transfer_file_has_the_account_and_says_where_it_is_missing(kept: SchemeRun) -> None:
    rows = transfers(kept)
    assert {str(row["org"]) for row in rows} > {"10705"}
    for row in rows:
        said = (row["bank_code"], row["account_no"], row["account_name"], row["account"])
        has = row["org"] == "10705"
        assert said == (("034", NUMBER, "เงินบำรุงโรงพยาบาล", "registered") if has else ("", "", "", "missing"))


def test_the_control_sums_are_those_of_the_transfer_file(kept: SchemeRun) -> None:
    rows = transfers(kept)
    made = control_of(transfers_of(kept.run, kept.materials, None, draft=True), "ab" * 32)
    control = [dict(zip(CONTROL_COLUMNS, row, strict=True)) for row in made]
    *days, total = control
    assert [row["payment"] for row in control].index("total") == len(control) - 1
    assert (total["lines"], total["amount_satang"]) == (len(rows), sum(int(str(r["amount_satang"])) for r in rows))
    assert total["without_account"] == sum(row["account"] == "missing" for row in rows)
    assert total["sha256"] == "ab" * 32
    for day in days:
        own = [r for r in rows if (r["payment"], r["due"]) == (day["payment"], day["due"])]
        assert day["lines"] == len(own)
        assert day["amount_satang"] == sum(int(str(r["amount_satang"])) for r in own)
        assert day["sha256"] == ""
    assert {(row["payment"], row["due"]) for row in rows} == {(day["payment"], day["due"]) for day in days}


def test_an_empty_transfer_has_no_control_sums() -> None:
    assert control_of([], "ab") == []


def test_the_command_writes_both_files_counts_what_is_missing_and_says_no_number(tmp_path: Path) -> None:
    """The run keeps its table of people, so its accounts are those of that day."""
    done = keep("nhso-2552", tmp_path)
    (table,) = done.run.folder.glob("inputs/populations.*")
    assert "bank_code" not in table.read_text(encoding="utf-8")
    said = samrit("runs", "transfer", done.run.id, "--draft", "--out", tmp_path / "t.csv", "--home", tmp_path)
    assert said.code == 0
    content = (tmp_path / "t.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    control = list(csv.DictReader(io.StringIO((tmp_path / "t-control.csv").read_bytes().decode("utf-8-sig"))))
    assert control[-1]["sha256"] == hashlib.sha256(content).hexdigest()
    assert int(control[-1]["amount_satang"]) == sum(int(row["amount_satang"]) for row in rows)
    assert f"{len(rows)} lines have no account" in said.err


def test_an_account_is_kept_when_the_people_of_a_payee_stand_in_two_tables(tmp_path: Path) -> None:
    pack = copy_pack(tmp_path)
    base = "  thai:\n    title: {th: ไทย, en: Thai}\n    file: thai.csv\n    column: thai\n    day: 2013-10-01\n"
    spoil(pack, "region:", f"{base}    standing: typed_in\nregion:")
    columns = ("org", "district_code", "thai", "bank_code", "account_no")
    write_csv(pack / "thai.csv", columns, [("10705", "4201", 100_000, "006", NUMBER)])
    payee = next(payee for payee in read_pack_folder(pack).payees if payee.org == "10705")
    assert payee.people == {"uc": 92589, "thai": 100_000}
    assert payee.account == BankAccount("006", NUMBER)
