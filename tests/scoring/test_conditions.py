"""Conditions: every test on every kind of fact, days with grace, and what is refused."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from samrit.scoring import Condition, Fact, FactTest, Known, Norm, ScoringError, holds
from samrit.scoring.conditions import add_months
from scoring.reasons import codes_of

MARCH = date(2009, 3, 31)
NUMBER, TEXT, TRUTH, DAY = Decimal(3), "step_2", True, date(2009, 1, 1)
SD_10 = Norm(9, Fraction(70), Fraction(100))


def fact_holds(fact: Fact, test: FactTest, operand: Fact | tuple[Fact, ...] | None) -> bool:
    return holds(Condition("x", test, operand), Known(facts={"x": fact}), MARCH)


@pytest.mark.parametrize(
    ("test", "below", "at", "above"),
    [
        (FactTest.ABOVE, False, False, True),
        (FactTest.AT_LEAST, False, True, True),
        (FactTest.BELOW, True, False, False),
        (FactTest.AT_MOST, True, True, False),
        (FactTest.IS, False, True, False),
    ],
)
def test_numbers_are_compared_with_the_operand(test: FactTest, below: bool, at: bool, above: bool) -> None:
    assert [fact_holds(Decimal(x), test, Decimal(5000)) for x in ("4999.99", "5000.0", "5000.01")] == [below, at, above]


@pytest.mark.parametrize(
    ("test", "below", "at", "above"),
    [
        (FactTest.Z_ABOVE, False, False, True),
        (FactTest.Z_AT_LEAST, False, True, True),
        (FactTest.Z_BELOW, True, False, False),
        (FactTest.Z_AT_MOST, True, True, False),
    ],
)
def test_numbers_are_compared_with_the_spread_of_their_group(
    test: FactTest, below: bool, at: bool, above: bool
) -> None:
    made = [
        holds(Condition("hai", test, Decimal(-1)), Known(facts={"hai": Decimal(x)}, norms={"hai": SD_10}))
        for x in ("59.99", "60", "60.01")
    ]
    assert made == [below, at, above]


def test_norm_of_the_value_has_no_name_and_that_of_a_member_has_its_own() -> None:
    other = Norm(9, Fraction(0), Fraction(1))
    known = Known(Decimal(70), last=Decimal(1), norms={"": SD_10, "value": other, "last": other})
    assert holds(Condition("value", FactTest.Z_AT_MOST, Decimal(0)), known)
    assert holds(Condition("last", FactTest.Z_AT_LEAST, Decimal(1)), known)


@pytest.mark.parametrize("fact", [NUMBER, TEXT, TRUTH, DAY, False])
def test_a_fact_is_itself_and_one_of_a_list_with_itself(fact: Fact) -> None:
    other = {Decimal: Decimal(4), str: "other", bool: not fact, date: date(2009, 1, 2)}[type(fact)]
    assert fact_holds(fact, FactTest.IS, fact)
    assert not fact_holds(fact, FactTest.IS, other)
    assert fact_holds(fact, FactTest.ONE_OF, (other, fact))
    assert not fact_holds(fact, FactTest.ONE_OF, (other,))


@pytest.mark.parametrize("test", list(FactTest))
def test_absent_fact_makes_every_test_false(test: FactTest) -> None:
    operand = {FactTest.ONE_OF: ("a",), FactTest.VALID: None, FactTest.EXPIRED: None}.get(test, Decimal(0))
    for fact in ("x", "value", "last", "change", "cases"):
        assert holds(Condition(fact, test, operand), Known(facts={"y": Decimal(1)}), MARCH) is False


def test_members_are_facts_and_win_over_facts_of_their_name() -> None:
    wrong = Decimal(99)
    facts = {"value": wrong, "last": wrong, "change": wrong, "cases": wrong}
    known = Known(Decimal(5), Decimal(2), 30, facts)
    expected = {"value": 5, "last": 2, "change": 3, "cases": 30}
    for fact, number in expected.items():
        assert holds(Condition(fact, FactTest.IS, Decimal(number)), known)
    assert holds(Condition("cases", FactTest.AT_LEAST, Decimal("29.5")), Known(cases=Decimal("29.5")))


@pytest.mark.parametrize(
    ("until", "grace", "valid"),
    [
        (date(2009, 3, 30), 0, False),
        (date(2009, 3, 31), 0, True),
        (date(2009, 4, 1), 0, True),
        (date(2008, 10, 1), 6, True),
        (date(2008, 9, 30), 6, False),  # six calendar months later is 30 March
        (date(2008, 10, 1), 5, False),
        (date(2009, 1, 31), 2, True),
    ],
)
def test_certificate_is_valid_to_its_last_day_and_the_months_of_grace(until: date, grace: int, valid: bool) -> None:
    known = Known(facts={"until": until})
    assert holds(Condition("until", FactTest.VALID), known, MARCH, grace) is valid
    assert holds(Condition("until", FactTest.EXPIRED), known, MARCH, grace) is not valid


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2008, 8, 31), 6, date(2009, 2, 28)),
        (date(2007, 8, 31), 6, date(2008, 2, 29)),
        (date(2008, 8, 31), 1, date(2008, 9, 30)),
        (date(2008, 12, 31), 1, date(2009, 1, 31)),
        (date(2008, 1, 15), 11, date(2008, 12, 15)),
        (date(2008, 1, 31), 24, date(2010, 1, 31)),
        (date(2008, 6, 30), 6, date(2008, 12, 30)),
        (date(2008, 2, 29), 0, date(2008, 2, 29)),
        (date(9999, 11, 30), 0, date(9999, 11, 30)),
        (date(9999, 10, 31), 1, date(9999, 11, 30)),
        (date(9999, 11, 15), 1, date(9999, 12, 15)),
        (date(9999, 12, 15), 0, date(9999, 12, 15)),
        (date(9999, 12, 15), 1, date.max),
        (date(9999, 12, 31), 6, date.max),
        (date(9998, 12, 31), 12, date.max),
    ],
)
def test_months_are_calendar_months_and_the_day_is_held_back_to_the_end_of_a_shorter_one(
    day: date, months: int, later: date
) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize("test", [FactTest.VALID, FactTest.EXPIRED])
def test_judging_a_day_needs_the_day_of_judging(test: FactTest) -> None:
    assert codes_of(lambda: holds(Condition("x", test), Known(facts={"x": DAY}))) == ["scoring.condition.day"]


def test_spread_without_a_norm_is_refused() -> None:
    condition = Condition("hai", FactTest.Z_ABOVE, Decimal(1))
    known = Known(Decimal(3), facts={"hai": NUMBER}, norms={"": SD_10})
    assert codes_of(lambda: holds(condition, known)) == ["scoring.norm.missing"]


@pytest.mark.parametrize(
    ("fact", "test", "operand", "kind"),
    [
        (TEXT, FactTest.ABOVE, Decimal(1), "a number"),
        (TRUTH, FactTest.AT_LEAST, Decimal(1), "a number"),
        (Decimal("NaN"), FactTest.IS, Decimal(1), "a number"),
        (DAY, FactTest.Z_BELOW, Decimal(1), "a number"),
        (NUMBER, FactTest.IS, "3", "a text"),
        (TRUTH, FactTest.ONE_OF, ("a", "b"), "a text"),
        (NUMBER, FactTest.IS, True, "true or false"),
        (TEXT, FactTest.VALID, None, "a day"),
        (datetime(2009, 1, 1), FactTest.EXPIRED, None, "a day"),  # noqa: DTZ001 (a day with a time is no day)
        (NUMBER, FactTest.IS, DAY, "a day"),
        (3, FactTest.IS, NUMBER, "a number"),
    ],
)
def test_fact_that_does_not_fit_is_named_but_not_told(
    fact: Fact, test: FactTest, operand: Fact | tuple[Fact, ...] | None, kind: str
) -> None:
    with pytest.raises(ScoringError) as caught:
        holds(Condition("secret", test, operand), Known(facts={"secret": fact}), MARCH)
    (problem,) = caught.value.problems
    assert problem.code == "scoring.condition.fact"
    assert problem.en == f"Fact 'secret' does not fit condition '{test.value}'; it must be {kind}"
    th = {"a number": "ตัวเลข", "a text": "ข้อความ", "true or false": "จริงหรือเท็จ", "a day": "วันที่"}[kind]
    assert problem.th == f"ข้อมูล 'secret' ใช้กับเงื่อนไข '{test.value}' ไม่ได้ ต้องเป็น{th}"
    assert TEXT not in str(problem)


def test_value_that_is_no_number_is_refused_as_a_fact() -> None:
    condition = Condition("value", FactTest.ABOVE, Decimal(1))
    assert codes_of(lambda: holds(condition, Known(Decimal("Infinity")))) == ["scoring.condition.fact"]


@pytest.mark.parametrize(
    ("fact", "test", "operand"),
    [
        ("", FactTest.IS, True),
        ("x", FactTest.IS, None),
        ("x", FactTest.IS, ("a",)),
        ("x", FactTest.IS, Decimal("NaN")),
        ("x", FactTest.ONE_OF, ()),
        ("x", FactTest.ONE_OF, "a"),
        ("x", FactTest.ONE_OF, None),
        ("x", FactTest.ONE_OF, ("a", Decimal(1))),
        ("x", FactTest.ONE_OF, (None,)),
        ("x", FactTest.ABOVE, "1"),
        ("x", FactTest.AT_MOST, None),
        ("x", FactTest.BELOW, True),
        ("x", FactTest.AT_LEAST, Decimal("Infinity")),
        ("x", FactTest.Z_ABOVE, date(2009, 1, 1)),
        ("x", FactTest.VALID, date(2009, 1, 1)),
        ("x", FactTest.EXPIRED, True),
    ],
)
def test_condition_that_cannot_be_is_refused(fact: str, test: FactTest, operand: Fact | None) -> None:
    assert codes_of(lambda: Condition(fact, test, operand)) == ["scoring.condition.operand"]
