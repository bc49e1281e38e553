"""What real templates need (moph-kpi.md section 4): functions, conditions, references, percents, missing values."""

import random
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.formula import (
    Formula,
    FormulaError,
    Outcome,
    Reference,
    check_formula,
    parse,
    result_unit,
    round_half_up,
)

Values = Mapping[str, Decimal | int | None]


def value(text: str, **values: int | str | None) -> Decimal | None:
    """The value of a formula to four decimals, as cases compare."""
    given: Values = {name: None if of is None else Decimal(of) for name, of in values.items()}
    found = parse(text).evaluate(given)
    return None if found is None else round_half_up(found, 4)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("A x 100 / B", {"A": 35, "B": 116}, "30.1724"),
        ("(A x 100,000)/B", {"A": 12, "B": 561_480}, "2.1372"),
        ("A-B", {"A": 3500, "B": 120}, "3380"),
        ("((A-B)/A)x100", {"A": 200, "B": 150}, "25"),
        ("((A-B)/B)x100", {"A": 200, "B": 160}, "25"),
        ("((A/B)-(C/D))/(C/D) x 100", {"A": 30, "B": 100, "C": 25, "D": 100}, "20"),
        ("sum(A, B, C) / 3", {"A": 1, "B": 2, "C": 6}, "3"),
        ("avg(A, B, C)", {"A": 1, "B": 2, "C": 6}, "3"),
        ("0.4 x A + 0.3 x B + 0.3 x C", {"A": 80, "B": 80, "C": 50}, "71"),
        ("40% x A + 30% x B + 30% x C", {"A": 80, "B": 80, "C": 50}, "71"),
        ("avg(abs(A - B), abs(C - D))", {"A": 3, "B": 5, "C": 9, "D": 5}, "3"),
        ("min(A, B) + max(A, B)", {"A": 3, "B": 5}, "8"),
        ("round(A/B, 1)", {"A": 1, "B": 8}, "0.1"),
        ("round(-A/B, 2)", {"A": 1, "B": 8}, "-0.13"),
        ("if(A >= 80, 5, if(A >= 70, 4, 3))", {"A": 79}, "4"),
        ("count(A >= 60, B >= 60, C >= 60)", {"A": 60, "B": 59, "C": 90}, "2"),
        ("all(A >= 60, B >= 60)", {"A": 60, "B": 59}, "0"),
        ("any(A >= 60, B >= 60)", {"A": 60, "B": 59}, "1"),
        ("A <> B", {"A": 1, "B": 2}, "1"),
        ("if(A = B; 1; 2)", {"A": 2, "B": 2}, "1"),
        ("max(๑๐๐, A)", {"A": 7}, "100"),
    ],
)
def test_the_shapes_of_real_templates(text: str, values: dict[str, int], expected: str) -> None:
    assert value(text, **values) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("sum(A, B)", {"A": 1, "B": None}, None),
        ("max(A, B)", {"A": 1, "B": None}, None),
        ("coalesce(A, B)", {"A": None, "B": 0}, "0"),
        ("coalesce(A, 0) + B", {"A": None, "B": 2}, "2"),
        ("count(A, B, C)", {"A": 0, "B": None, "C": 5}, "2"),
        ("sum(coalesce(A, 0), coalesce(B, 0)) / count(A, B)", {"A": 5, "B": None}, "5"),
        ("A > 1", {"A": None}, None),
        ("if(A > 1, 2, 3)", {"A": None}, None),
        ("if(B > 0, A/B, 0)", {"A": 1, "B": 0}, "0"),
        ("all(A > 1, B > 1)", {"A": None, "B": 0}, "0"),
        ("all(A > 1, B > 1)", {"A": None, "B": 2}, None),
        ("any(A > 1, B > 1)", {"A": None, "B": 2}, "1"),
        ("any(A > 1, B > 1)", {"A": None, "B": 0}, None),
        ("count(A > 1, B > 1)", {"A": None, "B": 2}, "1"),
        ("avg(A/B, C)", {"A": 1, "B": 0, "C": 5}, None),
        ("A%", {"A": None}, None),
    ],
)
def test_missing_is_never_zero_unless_the_author_says_so(
    text: str, values: dict[str, int | None], expected: str | None
) -> None:
    assert value(text, **values) == (None if expected is None else Decimal(expected))


def test_no_value_has_a_reason() -> None:
    formula = parse("(A/B)x100")
    assert formula.work_out({"A": None, "B": None}) == Outcome(None, ("A", "B"), divided_by_zero=False)
    assert formula.work_out({"A": 1, "B": 0}) == Outcome(None, (), divided_by_zero=True)
    assert formula.work_out({"A": 1, "B": 4}) == Outcome(Decimal(25))


@pytest.mark.parametrize(
    ("text", "names", "references"),
    [
        ("A - prev(A)", ("A", "prev(A)"), (Reference("prev", "A"),)),
        ("PREV( a ) x 2", ("prev(A)",), (Reference("prev", "A"),)),
        ("base('2564', A)", ("base('2564',A)",), (Reference("base", "A", "2564"),)),
        ("base(๒๕๖๔; B)", ("base('2564',B)",), (Reference("base", "B", "2564"),)),
        ("child(“067.1”) + child('067.2')", ("child('067.1')", "child('067.2')"), None),
        ("units(ผ่าน) x 100 / units(all)", ("units(passed)", "units(all)"), None),
    ],
)
def test_references_have_one_spelling(
    text: str, names: tuple[str, ...], references: tuple[Reference, ...] | None
) -> None:
    formula = parse(text)
    assert formula.names == names
    assert [reference.name for reference in formula.references] == [name for name in names if "(" in name]
    if references is not None:
        assert formula.references == references


def test_a_reference_is_given_like_a_letter() -> None:
    reduction = parse("(prev(A) - A) / prev(A) x 100")
    assert reduction.evaluate({"A": 75, "prev(A)": 100}) == 25
    assert reduction.evaluate({"A": 75, "prev(A)": None}) is None
    with pytest.raises(FormulaError) as caught:
        reduction.evaluate({"A": 75})
    assert [problem.code for problem in caught.value.problems] == ["formula.value.missing"]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("sum(A, B, C) / 3", "(ผลรวมของ A, B และ C) หารด้วย 3"),
        ("round(A/B, 2)", "(A หารด้วย B) ปัดเป็นทศนิยม 2 ตำแหน่ง"),
        ("if(A >= 80, 5, 0)", "ถ้า (A ไม่น้อยกว่า 80) ให้ใช้ 5 มิฉะนั้นให้ใช้ 0"),
        ("all(child('067.1') >= 60, child('067.2') >= 60)",
         "ทุกข้อต่อไปนี้เป็นจริง: (ผลของตัวชี้วัดย่อย 067.1 ไม่น้อยกว่า 60) และ (ผลของตัวชี้วัดย่อย 067.2 ไม่น้อยกว่า 60)"),
        ("count(A > 1, B > 1)", "จำนวนข้อที่เป็นจริงใน (A มากกว่า 1) และ (B มากกว่า 1)"),
        ("count(A, B)", "จำนวนที่มีค่าใน A และ B"),
        ("units(passed) x 100 / units(all)", "จำนวนหน่วยที่ผ่าน คูณด้วย 100 แล้วหารด้วย จำนวนหน่วยทั้งหมด"),
        ("40% x A", "ร้อยละ 40 คูณด้วย A"),
        ("A - base('2564', A)", "A ลบด้วย A ของปีฐาน 2564"),
    ],
)  # fmt: skip
def test_the_author_reads_it_back_in_thai(text: str, reading: str) -> None:
    assert parse(text).read_back_th() == reading


@pytest.mark.parametrize(
    ("text", "units", "found"),
    [
        ("(A/B)x100", {"A": "คน", "B": "คน"}, []),
        ("A + B", {"A": "แห่ง", "B": "คน"}, ["formula.unit.differs"]),
        ("A + B x C", {"A": "บาท", "B": "บาท/คน", "C": ""}, ["formula.unit.differs"]),
        ("A/B + C/D", {"A": "คน", "B": "คน", "C": "แห่ง", "D": "แห่ง"}, []),
        ("A > B", {"A": "แห่ง", "B": "คน"}, ["formula.unit.differs"]),
        ("A > 60", {"A": "แห่ง"}, []),
        ("if(A > 0, B, C)", {"A": "คน", "B": "บาท", "C": "แห่ง"}, ["formula.unit.differs"]),
        ("A/B", {"A": "คน"}, ["formula.name.undefined"]),
        ("A", {"A": "คน", "B": "คน"}, ["formula.name.unused"]),
        ("A - prev(B)", {"A": "คน", "B": "แห่ง"}, ["formula.unit.differs"]),
        ("A x prevalence", {"A": "คน"}, []),
        ("units(passed) / units(all)", {}, []),
    ],
)
def test_units_and_letters_are_checked_against_what_is_defined(
    text: str, units: dict[str, str], found: list[str]
) -> None:
    assert [problem.code for problem in check_formula(parse(text), units)] == found


def test_the_unit_of_the_result_is_told() -> None:
    units = {"A": "บาท", "B": "คน", "C": "คน"}
    assert result_unit(parse("A/B"), units) == "บาท/คน"
    assert result_unit(parse("A/B x C"), units) == "บาท"
    assert result_unit(parse("100/B"), units) == "1/คน"
    assert result_unit(parse("max(B, C)"), units) == "คน"
    assert result_unit(parse("B > C"), units) == ""
    assert result_unit(parse("-round(B, 1)"), units) == "คน"
    assert result_unit(parse("if(A > 1, B, C)%"), units) == "คน"
    assert result_unit(parse("count(A, B)"), units) == ""
    assert result_unit(parse("sum(coalesce(A, 0), 0)"), units) == "บาท"
    assert result_unit(parse("2 x 3"), units) == ""


def test_a_formula_is_a_number_or_a_condition() -> None:
    assert parse("all(A > 1, B > 1)").is_condition
    assert not parse("if(A > 1, 2, 3)").is_condition


# a slow second reading: random formulas made with their meaning in Python

Made = tuple[str, Callable[[Mapping[str, Fraction | None]], Fraction | None]]
LETTERS = "ABC"


def _both(
    work: Callable[[Fraction, Fraction], Fraction | None], one: Made, other: Made
) -> Callable[..., Fraction | None]:
    def meaning(values: Mapping[str, Fraction | None]) -> Fraction | None:
        left, right = one[1](values), other[1](values)
        return None if left is None or right is None else work(left, right)

    return meaning


def _made(draw: st.DrawFn, depth: int) -> Made:
    kinds = ["+", "-", "x", "/", "if", "coalesce", "max"] if depth else ["letter", "number"]
    kind = draw(st.sampled_from(kinds))
    if kind == "letter":
        letter = draw(st.sampled_from(LETTERS))
        return letter, lambda values: values[letter]
    if kind == "number":
        number = draw(st.integers(0, 20))
        return str(number), lambda values: Fraction(number)
    one, other = _made(draw, depth - 1), _made(draw, depth - 1)
    if kind == "coalesce":
        return f"coalesce({one[0]}, {other[0]})", lambda v: other[1](v) if one[1](v) is None else one[1](v)
    if kind == "max":
        return f"max({one[0]}, {other[0]})", _both(lambda a, b: a if a > b else b, one, other)
    if kind == "if":
        compared = _both(lambda a, b: Fraction(a < b), one, other)
        yes, no = one, other

        def chosen(values: Mapping[str, Fraction | None]) -> Fraction | None:
            holds = compared(values)
            return None if holds is None else (yes if holds else no)[1](values)

        return f"if({one[0]} < {other[0]}, {one[0]}, {other[0]})", chosen
    works: dict[str, Callable[[Fraction, Fraction], Fraction | None]] = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "x": lambda a, b: a * b,
        "/": lambda a, b: a / b if b else None,
    }
    return f"({one[0]} {kind} {other[0]})", _both(works[kind], one, other)


@st.composite
def made_formulas(draw: st.DrawFn) -> Made:
    return _made(draw, draw(st.integers(0, 3)))


@settings(max_examples=300, deadline=None)
@given(made_formulas(), st.fixed_dictionaries({letter: st.none() | st.integers(-5, 5) for letter in LETTERS}))
def test_formulas_mean_what_python_says(made: Made, values: dict[str, int | None]) -> None:
    text, meaning = made
    expected = meaning({name: None if of is None else Fraction(of) for name, of in values.items()})
    found = parse(text).evaluate(values)
    if expected is None or found is None:
        assert found is None
        assert expected is None
    else:
        assert round_half_up(found, 12) == round_half_up(
            Decimal(expected.numerator) / Decimal(expected.denominator), 12
        )


def hostile(number: int) -> str:
    """A text that means harm or nothing: deep, long, doubled, half code, noise."""
    draw = random.Random(number)
    pieces = [*"AB(),;%'x^<=", "**", ">=", "๙", "ก", "\0", "prev(", "if(", "sum(", "units(", "child('", "1,000"]
    pieces += ["9" * draw.randint(1, 40), "base('2564',A)", "__import__('os')", "lambda"]
    shapes = [
        "(" * draw.randint(1, 400),
        "max(" * draw.randint(1, 120),
        "-" * draw.randint(2, 400),
        "x".join(["999999999"] * draw.randint(2, 48)),
        "if(A>B," * draw.randint(1, 60),
        "A" + "%" * draw.randint(2, 400),
        "".join(draw.choices(pieces, k=draw.randint(1, 60))),
        " ".join(draw.choices(pieces, k=draw.randint(1, 60))),
    ]
    return draw.choice(shapes)


@pytest.mark.parametrize("number", range(300))
def test_hostile_formulas_are_refused_or_worked_out_at_once(number: int) -> None:
    started = time.process_time()
    try:
        formula: Formula | None = parse(hostile(number))
    except FormulaError:
        formula = None
    if formula is not None:
        values: Values = {name: Decimal("9" * 60) for name in formula.names}
        found = formula.evaluate(values)
        assert found is None or found.is_finite()
    assert time.process_time() - started < 2  # a bound against hanging, not a claim of speed
