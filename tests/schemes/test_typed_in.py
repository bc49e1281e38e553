"""The newer inputs: facts, last year, activities, adjustments, indices, last year's money, receivables."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from samrit.allocation import Activity
from samrit.schemes import Receivable, find_inputs
from schemes.building import write_csv
from schemes.desk import Desk

SIGNED = ("สมชาย", "2009-04-15")
PEOPLE = ("org", "district_code", "uc_population", "referral_population")
FACTS = ("item", "org", "unit", "fact", "value", "author", "entered_on")
ADJUSTMENTS = ("org", "item", "kind", "amount_baht", "reason", "author", "entered_on", "approved_by", "approved_on")
NURSES = ("P1", "90001", "00001", "nurses", 2, *SIGNED)
WEIGHED = ("P1", "90001", "00001", "people", "4,500", *SIGNED)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path, "nhso-2552")
    made.write("populations", PEOPLE, ("90001", "4101", 1000, 3000), ("90002", "4102", 2000, 0))
    return made


@pytest.fixture
def practice(tmp_path: Path) -> Desk:
    made = Desk(tmp_path, "uk-qof")
    made.write("populations", ("org", "district_code", "list_size"), ("A0001", "4101", 9103))
    return made


@pytest.fixture
def qof(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "qof-2557")


def test_people_of_two_bases_and_a_blank_one_takes_the_other(desk: Desk) -> None:
    """nhso-2552 A7: without an entry a hospital has its own contracting population; 0 keeps it out of the pool."""
    desk.write("populations", PEOPLE, ("90001", "4101", 1000, ""), ("90002", "4102", 2000, 0))
    assert [dict(p.people) for p in desk.read().populations] == [
        {"uc": 1000, "referral_uc": 1000},
        {"uc": 2000, "referral_uc": 0},
    ]


def test_a_wrong_number_is_told_at_its_own_column(desk: Desk) -> None:
    desk.write("populations", PEOPLE, ("90001", "4101", 1000, "many"))
    assert desk.refused_once() == ("schemes.population.number", "populations.csv", 2, "referral_population")


def test_the_missing_column_of_people_is_told(desk: Desk) -> None:
    desk.write("populations", ("org", "district_code", "referral_population"), ("90001", "4101", 1000))
    found = desk.refused()
    assert [(p.code, p.where.field) for p in found] == [("reference.column.missing", "uc_population")]


def test_facts_are_read_as_the_pack_says(desk: Desk) -> None:
    hospital = [
        ("R1", "90001", "", "certificate", "ha", *SIGNED),
        ("R1", "90001", "", "certificate_until", "2009-06-30", *SIGNED),
        ("R1", "90001", "", "hai_score", "3.25", *SIGNED),
        ("R1", "90001", "", "quality_centre", "yes", *SIGNED),
    ]
    desk.write("facts", FACTS, NURSES, WEIGHED, *hospital)
    assert desk.read().facts == {
        ("P1", "90001"): {"00001": {"nurses": Decimal(2), "people": Decimal(4500)}},
        ("R1", "90001"): {
            "": {
                "certificate": "ha",
                "certificate_until": date(2009, 6, 30),
                "hai_score": Decimal("3.25"),
                "quality_centre": True,
            }
        },
    }


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (("P1", "90001", "", "nurses", 1, *SIGNED), "schemes.fact.unit", "unit"),
        (("R1", "90001", "00001", "hai_score", 1, *SIGNED), "schemes.fact.no_unit", "unit"),
        (("P1", "90001", "00001", "nurse", 1, *SIGNED), "schemes.fact.unknown", "fact"),
        (("P2", "90001", "", "nurses", 1, *SIGNED), "schemes.fact.none", "item"),
        (("P9", "90001", "", "nurses", 1, *SIGNED), "schemes.item.unknown", "item"),
        (("P1", "90009", "00001", "people", 1, *SIGNED), "schemes.payee.unknown", "org"),
        (("R1", "90002", "", "hai_score", 1, *SIGNED), "schemes.payee.pool", "org"),
        (("P1", "90001", "00001", "nurses", "two", *SIGNED), "schemes.input.number", "value"),
        (("P1", "90001", "00001", "nurses", "", *SIGNED), "schemes.input.number", "value"),
        (("R1", "90001", "", "certificate", "iso", *SIGNED), "schemes.fact.word", "value"),
        (("R1", "90001", "", "quality_centre", "maybe", *SIGNED), "schemes.fact.word", "value"),
        (("R1", "90001", "", "certificate_until", "30/06/2552", *SIGNED), "reference.day.form", "value"),
        (("P1", "90001", "00001", "people", 4500, *SIGNED), "schemes.input.repeated", ""),
        (("R1", "90001", "", "hai_score", 1, "", "2009-04-15"), "schemes.input.author", "author"),
    ],
)
def test_a_wrong_fact_is_refused_at_its_line_and_column(
    desk: Desk, row: Sequence[object], code: str, field: str
) -> None:
    desk.write("facts", FACTS, WEIGHED, row)
    assert desk.refused_once() == (code, "facts.csv", 3, field)


def test_a_unit_without_the_fact_that_weighs_it_is_told(desk: Desk) -> None:
    desk.write("facts", FACTS, WEIGHED, NURSES, ("P1", "90001", "00002", "nurses", 1, *SIGNED))
    assert desk.refused_once() == ("schemes.fact.weight", "facts.csv", 4, "unit")


def test_a_near_word_is_offered(desk: Desk) -> None:
    desk.write("facts", FACTS, ("R1", "90001", "", "certificate", "ha_step2", *SIGNED))
    assert "'ha_step_2'" in desk.refused()[0].en


def test_an_item_of_facts_takes_no_result(desk: Desk) -> None:
    desk.write("entries", ("item", "org", "value", "author", "entered_on"), ("R1", "90001", 5, *SIGNED))
    assert desk.refused_once() == ("schemes.entry.facts", "entries.csv", 2, "item")


def test_a_level_that_the_rule_does_not_know_is_refused_and_the_good_ones_are_said(desk: Desk) -> None:
    desk.write("entries", ("item", "org", "value", "author", "entered_on"), ("R3", "90001", "2.5", *SIGNED))
    (found,) = desk.refused()
    assert (found.code, found.where.field) == ("schemes.entry.range", "value")
    assert "0-5" in found.en


def test_activities(desk: Desk) -> None:
    desk.write("activities", ("org", "hospitals", "beds", "units"), ("90001", 1, 120, 9))
    assert desk.read().activities == {"90001": Activity(1, 120, 9)}


@pytest.mark.parametrize(("beds", "code"), [("", "schemes.input.whole"), ("1.5", "schemes.input.whole")])
def test_beds_are_whole_numbers_that_must_be_there(desk: Desk, beds: str, code: str) -> None:
    desk.write("activities", ("org", "hospitals", "beds", "units"), ("90001", 1, beds, 9))
    assert desk.refused_once() == (code, "activities.csv", 2, "beds")


def test_last_year_is_a_value_or_a_and_b_by_the_formula_of_the_item(qof: Desk) -> None:
    """2.1 is a ratio, 2.6 a percentage."""
    rows = (("2.1", "11033", 150, 100, ""), ("2.6", "11033", 30, 40, ""), ("3.1", "11033", "", "", "61.5"))
    qof.write("last", ("item", "org", "a", "b", "value"), *rows, ("1.1", "11033", 0, 0, ""))
    assert qof.read().last == {
        ("2.1", "11033"): Decimal("1.5"),
        ("2.6", "11033"): Decimal(75),
        ("3.1", "11033"): Decimal("61.5"),
    }


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (("2.6", "11033", 1, "", ""), "schemes.last.shape", "value"),
        (("2.6", "11033", 1, 2, 50), "schemes.last.shape", "value"),
        (("2.6", "11033", "1.5", 2, ""), "schemes.cube.whole", "a"),
        (("2.7", "11033", 1, 2, ""), "schemes.item.unknown", "item"),
        (("2.1", "11033", 1, 2, ""), "schemes.input.repeated", ""),
    ],
)
def test_a_wrong_value_of_last_year_is_refused(qof: Desk, row: Sequence[object], code: str, field: str) -> None:
    qof.write("last", ("item", "org", "a", "b", "value"), ("2.1", "11033", 150, 100, ""), row)
    assert qof.refused_once() == (code, "last.csv", 3, field)


def test_adjustments_are_pending_until_somebody_else_approves_them(qof: Desk) -> None:
    row = ("11033", "2.6", "appeal", "-1,500.50", "แฟ้มมาช้า", *SIGNED)
    qof.write("adjustments", ADJUSTMENTS, (*row, "", ""), (*row, "สมหญิง", "2009-04-20"))
    pending, approved = qof.read().adjustments
    assert (pending.is_approved, approved.is_approved) == (False, True)
    assert {pending.amount, approved.amount} == {-150_050}
    assert approved.item == "2.6"


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"kind": "apeal"}, "schemes.adjustment.kind", "kind"),
        ({"amount_baht": "ten"}, "schemes.input.signed_money", "amount_baht"),
        ({"amount_baht": "10.001"}, "schemes.input.signed_money", "amount_baht"),
        ({"reason": ""}, "schemes.adjustment.reason", "reason"),
        ({"approved_by": "สมชาย"}, "schemes.adjustment.own", "approved_by"),
        ({"approved_by": ""}, "schemes.adjustment.approval", "approved_by"),
        ({"approved_on": ""}, "schemes.adjustment.approval", "approved_on"),
        ({"approved_on": "2009-04-14"}, "schemes.adjustment.before", "approved_on"),
        ({"approved_on": "20/04/2552"}, "reference.day.form", "approved_on"),
        ({"item": "2.7"}, "schemes.item.unknown", "item"),
        ({"org": "11053"}, "schemes.payee.unknown", "org"),
        ({"author": ""}, "schemes.input.author", "author"),
    ],
)
def test_a_wrong_adjustment_is_refused(qof: Desk, cells: dict[str, str], code: str, field: str) -> None:
    good = dict(zip(ADJUSTMENTS, ("11033", "2.6", "appeal", "10", "เหตุ", *SIGNED, "สมหญิง", "2009-04-20"), strict=True))
    qof.write("adjustments", ADJUSTMENTS, tuple((good | cells).values()))
    assert qof.refused_once() == (code, "adjustments.csv", 2, field)


def test_receivables_come_oldest_first_and_name_their_period(qof: Desk) -> None:
    rows = (("11033", "2556", "10.50"), ("11033", "2555", "1,000"))
    qof.write("ledger", ("org", "since", "amount_baht"), *rows)
    assert qof.read().ledger == (Receivable("11033", "2555", 100_000), Receivable("11033", "2556", 1_050))


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (("11033", "", "10"), "schemes.ledger.since", "since"),
        (("11033", "2556", "-10"), "schemes.input.money", "amount_baht"),
        (("11033", "2555", "10"), "schemes.input.repeated", ""),
    ],
)
def test_a_wrong_receivable_is_refused(qof: Desk, row: Sequence[object], code: str, field: str) -> None:
    qof.write("ledger", ("org", "since", "amount_baht"), ("11033", "2555", "1"), row)
    assert qof.refused_once() == (code, "ledger.csv", 3, field)


def test_indices_and_last_years_money(practice: Desk) -> None:
    practice.write("indices", ("org", "item", "name", "value"), ("A0001", "2.1", "prevalence", "1.25"))
    practice.write("last_paid", ("org", "amount_baht"), ("A0001", "14885.84"))
    read = practice.read()
    assert read.indices == {("A0001", "2.1", "prevalence"): Decimal("1.25")}
    assert read.last_paid == {"A0001": 1_488_584}


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (("A0001", "2.1", "prevalance", 1), "schemes.index.unknown", "name"),
        (("A0001", "", "prevalence", 1), "schemes.index.place", "item"),
        (("A0001", "2.1", "list", 1), "schemes.index.unknown", "name"),
        (("A0001", "2.1", "prevalence", ""), "schemes.input.number", "value"),
        (("A0001", "9.1", "prevalence", 1), "schemes.item.unknown", "item"),
    ],
)
def test_a_wrong_index_is_refused(practice: Desk, row: Sequence[object], code: str, field: str) -> None:
    practice.write("indices", ("org", "item", "name", "value"), row)
    assert practice.refused_once() == (code, "indices.csv", 2, field)


def test_mistakes_of_form_and_of_meaning_are_told_in_one_go(qof: Desk) -> None:
    entries = ("item", "org", "value", "author", "entered_on")
    qof.write("entries", entries, ("3.1", "11033", 101, "", "2014-04-15"), ("3.9", "11033", 5, *SIGNED))
    qof.write("cube", ("item", "org", "a"), ("2.6", "11033", 5))
    assert [(p.where.file.rpartition("/")[2], p.where.line, p.code) for p in qof.refused()] == [
        ("cube.csv", 1, "reference.column.missing"),
        ("entries.csv", 2, "schemes.input.author"),
        ("entries.csv", 2, "schemes.entry.range"),
        ("entries.csv", 3, "schemes.item.unknown"),
    ]


def test_a_broken_line_of_people_does_not_make_its_unit_unknown_elsewhere(qof: Desk) -> None:
    qof.write("populations", ("org", "district_code", "uc_population"), ("90001", "41", 2000))
    qof.write("entries", ("item", "org", "value", "author", "entered_on"), ("3.1", "90001", 5, *SIGNED))
    assert qof.refused_once() == ("schemes.population.district", "populations.csv", 2, "district_code")


def test_a_folder_of_folders_gives_each_pack_its_own(tmp_path: Path) -> None:
    write_csv(tmp_path / "cube.csv", ("item", "org", "a", "b"), [("2.6", "11033", 1, 2)])
    write_csv(tmp_path / "nhso-2552" / "facts.csv", FACTS, [NURSES])
    assert set(find_inputs(tmp_path, "qof-2557")) == {"cube"}
    assert set(find_inputs(tmp_path, "nhso-2552")) == {"facts"}
