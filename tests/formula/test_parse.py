"""Reading formulas: what is understood, and what is refused with its column."""

import time

import pytest

from samrit.formula import MAX_DEPTH, MAX_LENGTH, FormulaError, parse
from samrit.problems import Where


def refusal(text: str) -> tuple[str, str]:
    """Code and English words of the one problem."""
    with pytest.raises(FormulaError) as caught:
        parse(text)
    (found,) = caught.value.problems
    return found.code, found.en


@pytest.mark.parametrize(
    "text",
    [
        "(A/B)x100",
        "(A/B)X100",
        "(A/B)×100",
        "(A/B)*100",
        "( A ÷ B ) x ๑๐๐",
        "（Ａ／Ｂ）×１００",
        "A x 100 / B",
        "Ax100/B",
        "(A\u200b/B)\u00a0x\n100",
    ],
)
def test_spellings_of_a_percentage_are_one_formula(text: str) -> None:
    formula = parse(text)
    assert formula.names == ("A", "B")
    assert formula.evaluate({"A": 1, "B": 4}) == 25


def test_thousand_separators_between_groups_of_three_are_read() -> None:
    assert parse("100,000").evaluate({}) == 100000
    assert parse("1,234,567.50").evaluate({}) * 2 == 2469135
    assert parse("๑,๐๐๐").evaluate({}) == 1000


@pytest.mark.parametrize("number", ["1,00", "0,001", "1,0000", "1000,000", "1,", "1.", "1.2.3", "1.000,5", "1,,000"])
def test_number_with_two_readings_is_refused(number: str) -> None:
    code, en = refusal(f"A x {number}")
    assert code == "formula.number"
    assert en.startswith("Column 5:")
    assert f"'{number}'" in en


def test_letters_stand_side_by_side_with_times() -> None:
    assert parse("AXB").names == ("A", "B")
    assert parse("AxBxC").evaluate({"A": 2, "B": 3, "C": 5}) == 30


def test_named_parameter_is_read_with_and_without_spaces() -> None:
    assert parse("A x prevalence / national_prevalence").names == ("A", "prevalence", "national_prevalence")
    assert parse("prevalencex100").evaluate({"prevalence": 2}) == 200
    assert parse("x_rays x 2", named=("x_rays",)).names == ("x_rays",)


def test_repeated_names_are_listed_once_in_order_of_writing() -> None:
    assert parse("(B-A)/B").names == ("B", "A")


def test_name_of_the_result_is_no_operand() -> None:
    formula = parse("M = (B/A*100)*40/100 + (F/E*100)*30/100 + (J/I*100)*30/100")
    assert formula.result == "M"
    assert formula.names == ("B", "A", "F", "E", "J", "I")
    assert refusal("M = M + 1")[0] == "formula.result.used"


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("A B", "formula.operator.expected", 3),
        ("A 100", "formula.operator.expected", 3),
        ("(A B)", "formula.operator.expected", 4),
        ("A(B)", "formula.operator.expected", 2),
        ("A + = B", "formula.value.expected", 5),
        ("A + B = C", "formula.operator.expected", 7),
        ("A **  2", "formula.value.expected", 4),
        ("9**9**9", "formula.value.expected", 3),
        ("A + + B", "formula.value.expected", 5),
        ("--A", "formula.value.expected", 2),
        ("()", "formula.value.expected", 2),
        ("A /", "formula.unfinished", 4),
        ("(A/B", "formula.bracket.open", 1),
        ("(A/(B+1)", "formula.bracket.open", 1),
        ("A/B)x100", "formula.bracket.close", 4),
        ("A ^ 2", "formula.sign.unknown", 3),
        ("A % B", "formula.operator.expected", 5),
        ("A > B > C", "formula.operator.expected", 7),
        ("(A > B) + 1", "formula.condition.unwanted", 9),
        ("-(A > B)", "formula.condition.unwanted", 1),
        ("(A > B)%", "formula.condition.unwanted", 8),
        ("(A > B) > 1", "formula.condition.unwanted", 9),
        ("A/B x 100%", "formula.percent", 10),
        ("sum()", "formula.value.expected", 5),
        ("sum(A", "formula.bracket.open", 4),
        ("abs(A, B)", "formula.call.arguments", 8),
        ("if(A > 1, B)", "formula.call.arguments", 1),
        ("if(A, B, C)", "formula.condition.wanted", 4),
        ("all(A > 1, B)", "formula.condition.wanted", 12),
        ("sum(A, B > 1)", "formula.condition.unwanted", 8),
        ("count(A > 1, B)", "formula.condition.wanted", 14),
        ("count(A, B > 1)", "formula.condition.unwanted", 10),
        ("round(A, B)", "formula.call.places", 10),
        ("round(A, 11)", "formula.call.places", 10),
        ("round(A, 0.5)", "formula.call.places", 10),
        ("max(1,000)", "formula.number.in_call", 5),
        ("sum(A, (1,000 + B))", "formula.number.in_call", 9),
        ("prev(A+B)", "formula.name.unknown", 1),
        ("child(067)", "formula.name.unknown", 1),
        ("units(A)", "formula.name.unknown", 1),
        ("A, B", "formula.operator.expected", 2),
        ("A'", "formula.sign.unknown", 2),
        (".5 x A", "formula.sign.unknown", 1),
        ("A x ผลงาน", "formula.sign.unknown", 5),
        ("A/b", "formula.name.unknown", 3),
        ("AB", "formula.name.unknown", 1),
        ("A1 + B", "formula.name.unknown", 1),
        ("SUM A", "formula.name.unknown", 1),
        ("A x __import__", "formula.name.unknown", 5),
        ("A + 1e5", "formula.name.unknown", 6),
    ],
)
def test_mistake_is_shown_with_its_column(text: str, code: str, column: int) -> None:
    found, en = refusal(text)
    assert found == code
    assert en.startswith(f"Column {column}:")


@pytest.mark.parametrize(
    ("text", "near"), [("A/b", "B"), ("A x prevalense", "prevalence"), ("A x Population", "population")]
)
def test_nearest_good_name_is_offered(text: str, near: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.problems[0].hint.endswith(f": {near}")


def test_good_names_are_listed_when_none_is_near() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("A x zzz")
    assert "A-W, Y, Z, national_prevalence" in caught.value.problems[0].hint


def test_all_unknown_names_and_signs_are_shown_together_as_typed() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("a + 1,00 ^ B ? foo")
    assert [p.code for p in caught.value.problems] == [
        "formula.name.unknown",
        "formula.number",
        "formula.sign.unknown",
        "formula.sign.unknown",
        "formula.name.unknown",
    ]
    assert "'×'" in refusal("A × × B")[1]


def test_problem_carries_the_place_that_the_caller_gave() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("A/", where=Where(file="measure.yaml", line=5))
    assert str(caught.value.problems[0].where) == "measure.yaml:5"


@pytest.mark.parametrize("text", ["", "   ", "M ="])
def test_empty_formula_is_refused(text: str) -> None:
    assert refusal(text)[0] == "formula.empty"


def test_length_at_the_limit_is_read_and_one_more_is_refused() -> None:
    assert parse("A".ljust(MAX_LENGTH)).names == ("A",)
    assert refusal("A".ljust(MAX_LENGTH + 1))[0] == "formula.too_long"


def test_depth_at_the_limit_is_read_and_one_more_is_refused() -> None:
    assert parse("(" * MAX_DEPTH + "A" + ")" * MAX_DEPTH).names == ("A",)
    code, en = refusal("(" * (MAX_DEPTH + 1) + "A" + ")" * (MAX_DEPTH + 1))
    assert code == "formula.too_deep"
    assert en.startswith(f"Column {MAX_DEPTH + 1}:")


def test_thirty_digits_are_read_and_one_more_is_refused() -> None:
    assert parse("9" * 30).evaluate({}) == int("9" * 30)
    assert refusal("9" * 31)[0] == "formula.number.long"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "A" + ")" * 10_000,
        "(" * 250 + "A" + ")" * 250,
        "-" * 400 + "A",
        "9**9**9**9**9",
        "9" * 1_000_000,
        "9" * 499,
        "a" * 500,
        "x" * 500,
        "1,000" * 100,
        "__import__('os').system('true')",
        "A.__class__",
        "lambda: A",
        "A if B else C",
        "A\x00B",
    ],
)
def test_hostile_formula_is_refused_fast(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(FormulaError):
        parse(text)
    assert time.perf_counter() - started < 1
