"""Values of formulas: exact, null in gives null out, division by zero gives no value."""

import ast
import decimal
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.formula import Formula, FormulaError, parse, round_half_up

PERCENT = parse("(A/B)x100")


def value(formula: Formula, **values: Decimal | int | None) -> Decimal:
    found = formula.evaluate(values)
    assert found is not None
    return found


def test_one_third_shows_33_3333() -> None:
    assert str(round_half_up(value(PERCENT, A=1, B=3), 4)) == "33.3333"


def test_two_thirds_show_66_6667() -> None:
    assert str(round_half_up(value(PERCENT, A=Decimal(2), B=Decimal(3)), 4)) == "66.6667"


def test_division_before_the_product_loses_nothing() -> None:
    assert value(parse("(A/B)x3"), A=1, B=3) == 1
    assert value(parse("A/B/B*9"), A=1, B=3) == 1


def test_no_denominator_gives_no_value() -> None:
    assert PERCENT.evaluate({"A": 0, "B": 0}) is None
    assert PERCENT.evaluate({"A": Decimal(5), "B": Decimal("0.00")}) is None


@pytest.mark.parametrize("text", ["1 + A/B", "A/B + 1", "1 x (A/B)", "-(A/B)", "1/(A/B)", "0 x (A/B)", "A/(B-B)"])
def test_division_by_zero_anywhere_gives_no_value(text: str) -> None:
    assert parse(text).evaluate({"A": 1, "B": 0}) is None


def test_zero_numerator_is_zero_and_not_missing() -> None:
    assert PERCENT.evaluate({"A": 0, "B": 8}) == 0


@pytest.mark.parametrize("missing", ["A", "B"])
def test_missing_operand_gives_no_value(missing: str) -> None:
    assert PERCENT.evaluate({"A": Decimal(1), "B": Decimal(1), missing: None}) is None
    assert parse("A x 0 + B").evaluate({"A": Decimal(1), "B": Decimal(1), missing: None}) is None


def test_missing_operand_that_is_not_used_does_not_matter() -> None:
    assert PERCENT.evaluate({"A": 1, "B": 2, "C": None}) == 50


def test_operand_without_an_entry_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(FormulaError) as caught:
        PERCENT.evaluate({})
    assert [(p.code, p.en.split()[-1]) for p in caught.value.problems] == [
        ("formula.value.missing", "A"),
        ("formula.value.missing", "B"),
    ]


@pytest.mark.parametrize(
    "bad",
    [0.5, "1", Decimal("NaN"), Decimal("Infinity"), Decimal("1E+999999"), Decimal("1E-60"), 10**60, Decimal("1" * 61)],
)
def test_value_that_cannot_be_exact_or_bounded_is_refused(bad: Decimal) -> None:
    with pytest.raises(FormulaError) as caught:
        PERCENT.evaluate({"A": bad, "B": 1})
    assert [p.code for p in caught.value.problems] == ["formula.value.unusable"]


def test_sixty_digits_are_still_used() -> None:
    assert value(parse("A-B"), A=10**59, B=10**59 - 1) == 1
    assert value(parse("A"), A=Decimal("1E-59")) == Decimal("1E-59")


def test_caller_context_changes_nothing() -> None:
    with decimal.localcontext(prec=2, rounding=decimal.ROUND_UP) as context:
        context.traps[decimal.Inexact] = True
        context.traps[decimal.Rounded] = True
        assert round_half_up(value(PERCENT, A=123456, B=700000), 4) == Decimal("17.6366")
        assert round_half_up(Decimal("123456.785"), 2) == Decimal("123456.79")


def test_context_of_the_caller_is_left_as_it_was() -> None:
    before = decimal.getcontext().copy()
    value(PERCENT, A=2, B=3)
    assert decimal.getcontext().flags == before.flags
    assert decimal.getcontext().prec == before.prec


def test_fifty_digits_are_given() -> None:
    assert str(value(parse("A/B"), A=1, B=3)) == "0." + "3" * 50


def test_value_just_below_the_half_is_not_lifted_by_the_cut_to_fifty_digits() -> None:
    just_below = value(parse("A-B"), A=Decimal("0.005"), B=Decimal("1E-58"))
    assert round_half_up(just_below, 2) == 0
    assert round_half_up(value(parse("A-B"), A=Decimal("0.005"), B=0), 2) == Decimal("0.01")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 + 3 x 4", 14),
        ("(2 + 3) x 4", 20),
        ("20 - 5 - 3", 12),
        ("20 - (5 - 3)", 18),
        ("24 / 4 / 2", 3),
        ("24 / (4 / 2)", 12),
        ("24 / 4 x 2", 12),
        ("-2 x 3", -6),
        ("2 x -3", -6),
        ("2 - -3", 5),
        ("-(2 + 3)", -5),
        ("7", 7),
    ],
)
def test_signs_bind_as_at_school(text: str, expected: int) -> None:
    assert parse(text).evaluate({}) == expected


def test_shapes_of_real_templates() -> None:
    assert value(parse("((A-B)/A)x100"), A=80, B=60) == 25  # reduction
    assert value(parse("((A-B)/B)x100"), A=80, B=64) == 25  # growth
    assert value(parse("(A x 100,000)/B"), A=3, B=200000) == Decimal("1.5")
    composite = parse("M = (B/A*100)*40/100 + (F/E*100)*30/100 + (J/I*100)*30/100")
    # 80 % x 0.4 + 50 % x 0.3 + 100 % x 0.3 = 32 + 15 + 30
    assert value(composite, A=10, B=8, E=2, F=1, I=7, J=7) == 77


def test_long_product_of_large_values_ends_soon() -> None:
    text = "x".join("A" * 250)
    started = time.perf_counter()
    value(parse(text), A=10**59 + 1)
    value(parse("+".join(["1/A", "1/B"] * 62)), A=10**59 + 1, B=10**59 + 3)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("given_value", "places", "shown"),
    [
        ("69.994", 2, "69.99"),
        ("69.995", 2, "70.00"),
        ("-0.005", 2, "-0.01"),
        ("2.5", 0, "3"),
        ("1E+60", 4, "1" + "0" * 60 + ".0000"),
        ("0", 4, "0.0000"),
    ],
)
def test_rounding_half_up_is_away_from_zero(given_value: str, places: int, shown: str) -> None:
    assert f"{round_half_up(Decimal(given_value), places):f}" == shown


@pytest.mark.parametrize(("bad", "places"), [("NaN", 2), ("Infinity", 2), ("1", -1), ("1", 51)])
def test_rounding_that_makes_no_sense_is_refused(bad: str, places: int) -> None:
    with pytest.raises(FormulaError) as caught:
        round_half_up(Decimal(bad), places)
    assert caught.value.problems[0].code == "formula.rounding"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("(A/B)x100", "A หารด้วย B แล้วคูณด้วย 100"),
        ("A x 100,000 / B", "A คูณด้วย 100,000 แล้วหารด้วย B"),
        ("A/(Bx100)", "A หารด้วย (B คูณด้วย 100)"),
        ("((A-B)/A)x100", "(A ลบด้วย B) หารด้วย A แล้วคูณด้วย 100"),
        ("A - (B + C)", "A ลบด้วย (B บวกด้วย C)"),
        ("(A - B) + C", "A ลบด้วย B แล้วบวกด้วย C"),
        ("0.4 x A + 0.6 x B", "(0.4 คูณด้วย A) บวกด้วย (0.6 คูณด้วย B)"),
        ("-A + -(A/B)", "ค่าลบของ A บวกด้วย ค่าลบของ (A หารด้วย B)"),
        ("M = A/B", "M เท่ากับ A หารด้วย B"),
    ],
)
def test_formula_is_read_back_in_thai(text: str, reading: str) -> None:
    assert parse(text).read_back_th() == reading


def _by_python(node: ast.AST, values: dict[str, int]) -> Fraction | None:
    """A second opinion: Python's own grammar, walked with fractions."""
    if isinstance(node, ast.Constant):
        return Fraction(node.value)
    if isinstance(node, ast.Name):
        return Fraction(values[node.id])
    if isinstance(node, ast.UnaryOp):
        inner = _by_python(node.operand, values)
        return None if inner is None else -inner
    assert isinstance(node, ast.BinOp)
    left, right = _by_python(node.left, values), _by_python(node.right, values)
    if left is None or right is None or (isinstance(node.op, ast.Div) and right == 0):
        return None
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    return left * right if isinstance(node.op, ast.Mult) else left / right


ATOMS = st.one_of(st.sampled_from("ABC"), st.integers(0, 20).map(str))
TEXTS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map("".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-({text})"),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(TEXTS.filter(lambda t: not any(s in t for s in ("--", "+-", "*-", "/-"))), st.tuples(*[st.integers(-9, 9)] * 3))
def test_random_formulas_agree_with_a_second_reading(text: str, numbers: tuple[int, int, int]) -> None:
    values = dict(zip("ABC", numbers, strict=True))
    expected = _by_python(ast.parse(text, mode="eval").body, values)
    found = parse(text).evaluate(values)
    if expected is None or found is None:
        assert found is expected
    else:
        assert abs(Fraction(found) - expected) <= abs(expected) * Fraction(1, 10**49)
