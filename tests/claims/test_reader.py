"""Every line has one state: kept, kept with a cell voided, or aside; a form that is not complete bounces."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from claims.making import CERVICAL, INPATIENT, PAID, RISK, form, smear, stay, text_of
from samrit.claims import BOUNCES, ClaimsError, Layout, Rule, layout, read_claims
from samrit.claims.reader import MOST_LINES
from samrit.cli.rejected import RULES
from samrit.problems import codes


def at(text: str) -> datetime:
    """A moment without a zone."""
    return datetime.fromisoformat(text)


ITEM = {"hospital": "11053", "person": "x", "service": "cervical", "day": "2013-06-01", "amount_baht": "250"}


def faults(of: Layout, *lines: dict[str, str]) -> list[tuple[Any, ...]]:
    read = read_claims(text_of(of.kind, lines).encode(), of)
    return read.faults.sort("line", "field").rows()


def test_a_whole_line_of_every_kind_is_kept_and_typed() -> None:
    told = stay(admitted_at="20130601083000", rw="0.5333", drg="4521", other_diagnoses="I10;S09:5", insurance="0100")
    row = read_claims(text_of("inpatient", [told]).encode(), INPATIENT).rows.row(0, named=True)
    assert row["_line"] == 2
    assert (row["hospital"], row["an"], row["drg"]) == ("11053", "A1", "4521")
    assert (row["admitted_at"], row["discharged_at"]) == (at("2013-06-01 08:30"), at("2013-06-03"))
    assert (row["rw"], row["adjrw"]) == (Decimal("0.5333"), None)
    assert (row["other_diagnoses"], row["discharge_type"], row["updated_at"]) == ("I10:2 S09:5", "", None)
    screened = read_claims(text_of("risk-screening", [form(glucose="98")]).encode(), RISK).rows.row(0, named=True)
    assert (screened["day"], screened["smoke"], screened["weight"], screened["glucose"]) == (
        date(2013, 6, 1), "1", Decimal(60), Decimal(98)
    )  # fmt: skip
    paid = read_claims(text_of("paid-items", [ITEM]).encode(), PAID).rows.row(0, named=True)
    assert (paid["amount_baht"], paid["reference"]) == (25_000, "")
    assert faults(INPATIENT, told) == faults(RISK, form()) == faults(CERVICAL, smear()) == faults(PAID, ITEM) == []


@pytest.mark.parametrize(
    ("of", "line", "field", "rule"),
    [
        (INPATIENT, stay(hospital=""), "hospital", "blank"),
        (INPATIENT, stay(hospital="1105"), "hospital", "hospital"),
        (INPATIENT, stay(an=""), "an", "blank"),
        (INPATIENT, stay(person=""), "person", "nobody"),
        (RISK, form(day=""), "day", "blank"),
        (RISK, form(day="2556-06-01"), "day", "day"),
        (RISK, form(smoke=""), "smoke", "form_blank"),
        (RISK, form(smoke="0"), "smoke", "form_code"),
        (RISK, form(alcohol="5"), "alcohol", "form_code"),
        (RISK, form(weight=""), "weight", "form_blank"),
        (RISK, form(height="0"), "height", "form_number"),
        (RISK, form(waist="-80"), "waist", "form_number"),
        (RISK, form(sbp="12O"), "sbp", "form_number"),
        (RISK, form(dbp=""), "dbp", "form_blank"),
        (CERVICAL, smear(result=""), "result", "form_blank"),
        (CERVICAL, smear(day="x"), "day", "day"),
        (PAID, {**ITEM, "service": ""}, "service", "blank"),
    ],
)
def test_a_line_that_is_nothing_is_aside_and_a_form_that_is_not_complete_bounces(
    of: Layout, line: dict[str, str], field: str, rule: str
) -> None:
    hospital = line["hospital"] if line["hospital"] == "11053" else ""
    assert faults(of, line) == [(2, field, rule, "aside", hospital)]
    read = read_claims(text_of(of.kind, [line, {**line, **stay(), **form(), **smear(), **ITEM}]).encode(), of)
    assert (read.read, read.aside, read.rows["_line"].to_list()) == (2, 1, [3])


@pytest.mark.parametrize(
    ("of", "line", "field", "rule"),
    [
        (INPATIENT, stay(admitted_at="2556-06-01"), "admitted_at", "moment"),
        (INPATIENT, stay(discharged_at="soon"), "discharged_at", "moment"),
        (INPATIENT, stay(rw="1e2"), "rw", "number"),
        (INPATIENT, stay(insurance="100"), "insurance", "right"),
        (INPATIENT, stay(other_diagnoses="I10:x"), "other_diagnoses", "codes"),
        (INPATIENT, stay(updated_at="x"), "updated_at", "moment"),
        (RISK, form(glucose="high"), "glucose", "number"),
        (PAID, {**ITEM, "amount_baht": "12.345"}, "amount_baht", "money"),
    ],
)
def test_a_cell_that_cannot_be_read_is_voided_and_the_line_stays(
    of: Layout, line: dict[str, str], field: str, rule: str
) -> None:
    read = read_claims(text_of(of.kind, [line]).encode(), of)
    assert read.faults.rows() == [(2, field, rule, "voided", "11053")]
    assert (read.aside, read.rows.row(0, named=True)[field] or None) == (0, None)


def test_a_bounced_form_says_every_reason_at_once_and_no_other() -> None:
    wrong = form(smoke="", alcohol="9", weight="0", glucose="x")
    assert faults(RISK, wrong) == [
        (2, "alcohol", "form_code", "aside", "11053"),
        (2, "smoke", "form_blank", "aside", "11053"),
        (2, "weight", "form_number", "aside", "11053"),
    ]


def test_a_blank_cell_that_nothing_asks_for_is_no_fault() -> None:
    assert faults(INPATIENT, stay(insurance="", admitted_at="", discharged_at="", principal_diagnosis="")) == []


def test_pid_alone_says_who_it_was() -> None:
    assert faults(INPATIENT, stay(person="", pid="000123")) == []


HEAD = "hospital,person,day,result\n"


@pytest.mark.parametrize(
    ("line", "rule"),
    [("11053,x,2013-06-01", "cells"), ("11053,x,2013-06-01,ok,more", "cells"), ('11053,"x,2013-06-01,ok', "quotes")],
)
def test_a_line_that_cannot_be_cut_takes_no_other_with_it(line: str, rule: str) -> None:
    read = read_claims(f"{HEAD}{line}\n11053,x,2013-06-01,ok\n".encode(), CERVICAL)
    assert read.faults.rows() == [(2, "", rule, "aside", "")]
    assert read.rows["_line"].to_list() == [3]


def test_columns_are_found_by_any_of_their_names_in_any_case_and_order() -> None:
    read = read_claims(b"RESULT,Date_Serv,CID,HCODE,ward\n ok , 20130601 ,x, 11053 ,3\n\n", CERVICAL)
    assert read.rows.select("hospital", "person", "day", "result").rows() == [("11053", "x", date(2013, 6, 1), "ok")]
    assert read.unknown == ("ward",)


@pytest.mark.parametrize(
    ("header", "code", "named"),
    [
        ("hospital,person,day", "claims.file.columns", "result"),
        ("hospital,day,result", "claims.file.columns", "person/pid"),
        ("hospital,cid,person,day,result", "claims.file.column_twice", "person"),
    ],
)
def test_a_file_that_is_none_of_its_kind_is_refused_as_a_whole(header: str, code: str, named: str) -> None:
    with pytest.raises(ClaimsError) as refused:
        read_claims(f"\n{header}\n".encode(), CERVICAL, "a.csv")
    [found] = refused.value.problems
    assert (found.code, found.where.file, found.where.line) == (code, "a.csv", 2)
    assert named in found.en


def test_a_file_with_more_lines_than_a_row_id_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samrit.claims.reader.MOST_LINES", 2)
    assert MOST_LINES == 2**26 - 1
    with pytest.raises(ClaimsError, match=r"claims\.file\.too_large"):
        read_claims((HEAD + "11053,x,2013-06-01,ok\n").encode(), CERVICAL)


def test_an_empty_file_has_no_line() -> None:
    assert (read_claims(b"", CERVICAL).read, read_claims(HEAD.encode(), CERVICAL).read) == (0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_thai_is_read_in_both_encodings(encoding: str) -> None:
    read = read_claims(f"{HEAD}11053,x,2013-06-01,ปกติ\n".encode(encoding), CERVICAL)
    assert read.rows["result"].to_list() == ["ปกติ"]
    assert read.encoding == encoding.removesuffix("-sig")


def test_a_workbook_is_read_as_its_csv_would_be(tmp_path: Path) -> None:
    told = BytesIO()
    with xlsxwriter.Workbook(told) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, ["hospital", "an", "cid", "insurance", "admitted_at", "discharged_at", "pdx", "rw"])
        sheet.write_row(2, 0, ["04801", "000123", 1100701234561, "0100"])  # line 2 is blank
        sheet.write_datetime(2, 4, at("2013-06-01 08:30"), day)
        sheet.write_datetime(2, 5, at("2013-06-03"), day)
        sheet.write_row(2, 6, ["J45.0", 0.5333])
        sheet.write_row(3, 0, [4801, "A2", "x", 100, "", "", "", ""])  # a spreadsheet took the zeros
    read = read_claims(told.getvalue(), INPATIENT)
    assert read.encoding == "xlsx"
    [row] = read.rows.rows(named=True)
    assert (row["_line"], row["hospital"], row["an"], row["person"]) == (3, "04801", "000123", "1100701234561")
    assert (row["admitted_at"], row["discharged_at"]) == (at("2013-06-01 08:30"), at("2013-06-03"))
    assert (row["principal_diagnosis"], row["rw"]) == ("J45.0", Decimal("0.5333"))
    assert (4, "hospital", "hospital", "aside", "") in read.faults.rows()


def test_a_broken_workbook_is_refused() -> None:
    with pytest.raises(ClaimsError, match=r"claims\.file\.unreadable"):
        read_claims(b"PK\x03\x04 no workbook", INPATIENT, "a.xlsx")


def test_every_rule_has_words_for_the_load_and_for_the_list() -> None:
    assert {f"claims.row.{rule}" for rule in Rule} <= set(codes())
    assert set(Rule) <= set(RULES)
    assert {rule for rule in Rule if rule.startswith("form_")} == BOUNCES


def test_no_row_of_a_form_that_bounced_is_among_the_rows() -> None:
    lines = [form(hospital="10705", day=f"2013-06-{n:02d}", smoke="1" if n % 2 else "") for n in range(1, 11)]
    read = read_claims(text_of("risk-screening", lines).encode(), layout("risk-screening"))
    assert [d.day for d in read.rows["day"]] == [1, 3, 5, 7, 9]
    assert set(read.faults["hospital"]) == {"10705"}
