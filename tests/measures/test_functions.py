"""Own functions against Python, and every shipped part as Spark SQL."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel

from measures.building import compiled
from samrit.measures.codelists import codelist, codelist_names
from samrit.measures.compiling import PERIOD_NAMES
from samrit.measures.definition import measure, measure_ids
from samrit.measures.engine import Engine, text
from samrit.measures.functions import WrongUseError, expand
from samrit.reference import Register

SEEDS = range(4)
PAIRS = 400


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(None, Register([])) as made:
        yield made


def run(engine: Engine, expression: str, columns: str, rows: list[tuple[str, ...]]) -> list[object]:
    """The expanded expression over rows of SQL literals, in their order."""
    tree = sqlglot.parse_one(f"SELECT {expression} AS made FROM given", dialect="duckdb")
    assert isinstance(tree, exp.Query)
    [made] = expand(tree).selects
    values = ", ".join(f"({n}, {', '.join(row)})" for n, row in enumerate(rows))
    sql = f"SELECT {made.sql(dialect='duckdb')} FROM (VALUES {values}) AS given(n, {columns}) ORDER BY n"
    return [value for (value,) in engine.rows(sql)]


def day(value: date) -> str:
    return f"DATE '{value.isoformat()}'"


def random_days(chance: random.Random, count: int) -> list[date]:
    """Days of 1900 to 2100, every third near the end of a February or of a year."""
    days = []
    for n in range(count):
        year = chance.randint(1900, 2100)
        edge = chance.choice([date(year, 2, 28), date(year, 3, 1), date(year, 12, 31), date(year, 1, 1)])
        near = edge + timedelta(days=chance.randint(-1, 1))
        days.append(near if n % 3 == 0 else date(year, 1, 1) + timedelta(days=chance.randint(0, 364)))
    return days


def years_between(birth: date, on: date) -> int:
    """Completed years as people count them: birthdays that have come, one on 1 March when there is no 29 February."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


@pytest.mark.parametrize("seed", SEEDS)
def test_age_on_is_the_completed_years(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)
    pairs = list(zip(random_days(chance, PAIRS), random_days(chance, PAIRS), strict=True))
    pairs += [(on.replace(year=2001 + seed) if on.month != 2 else on, on) for _, on in pairs[:50]]

    found = run(engine, "age_on(birth, on_day)", "birth, on_day", [(day(b), day(o)) for b, o in pairs])

    assert found == [years_between(b, o) for b, o in pairs]


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(2000, 2, 29), date(2001, 2, 28), 0),
        (date(2000, 2, 29), date(2001, 3, 1), 1),
        (date(2000, 2, 29), date(2004, 2, 28), 3),
        (date(2000, 2, 29), date(2004, 2, 29), 4),
        (date(2000, 3, 1), date(2004, 2, 29), 3),
        (date(1998, 10, 1), date(2013, 10, 1), 15),
        (date(1998, 10, 2), date(2013, 10, 1), 14),
        (date(2013, 10, 1), date(2013, 10, 1), 0),
        # born the day after, and later in the same year: not yet 0, so no lower limit of 0 is reached
        (date(2013, 10, 2), date(2013, 10, 1), -1),
        (date(2013, 12, 31), date(2013, 10, 1), -1),
        (date(2014, 9, 30), date(2013, 10, 1), -1),
        (date(2014, 10, 1), date(2013, 10, 1), -1),
        (date(2014, 10, 2), date(2013, 10, 1), -2),
    ],
)
def test_age_on_at_its_edges(engine: Engine, birth: date, on: date, age: int) -> None:
    assert run(engine, "age_on(birth, on_day)", "birth, on_day", [(day(birth), day(on))]) == [age]


def test_no_birth_date_is_no_age(engine: Engine) -> None:
    assert run(engine, "age_on(birth, on_day)", "birth, on_day", [("CAST(NULL AS DATE)", day(date(2013, 1, 1)))]) == [
        None
    ]


def same_day_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)


@pytest.mark.parametrize("years", [0, 1, 2, 4, 5, 13])
def test_years_before_keeps_month_and_day(engine: Engine, years: int) -> None:
    days = [*random_days(random.Random(years), PAIRS), date(2000, 2, 29), date(2012, 2, 29), date(2013, 2, 28)]

    found = run(engine, f"years_before(on_day, {years})", "on_day", [(day(d),) for d in days])

    assert found == [same_day_before(d, years) for d in days]


def test_functions_may_stand_inside_each_other(engine: Engine) -> None:
    found = run(
        engine,
        "age_on(years_before(birth, 1), years_before(on_day, 2))",
        "birth, on_day",
        [(day(date(2000, 5, 1)), day(date(2013, 5, 1))), (day(date(2000, 5, 2)), day(date(2013, 5, 1)))],
    )

    assert found == [12, 11]


def random_codes(chance: random.Random, name: str) -> list[str]:
    """Codes around a list: its prefixes with one sign more or less, other codes, blank."""
    codes = []
    for prefix in codelist(name):
        codes += [prefix, prefix[:-1], prefix + chance.choice("019XZ"), prefix[::-1], "Z" + prefix]
    codes += ["".join(chance.choices("AEIJ019", k=chance.randint(0, 5))) for _ in range(100)]
    return codes


@pytest.mark.parametrize("name", codelist_names())
def test_in_codelist_is_a_prefix_and_is_code_the_whole_code(engine: Engine, name: str) -> None:
    codes = random_codes(random.Random(7), name)
    rows = [(text(code),) for code in codes]

    inside = [c.startswith(codelist(name)) for c in codes]
    assert run(engine, f"in_codelist(code, '{name}')", "code", rows) == inside
    assert run(engine, f"NOT in_codelist(code, '{name}')", "code", rows) == [not is_in for is_in in inside]
    assert run(engine, f"is_code(code, '{name}')", "code", rows) == [c in codelist(name) for c in codes]


def test_a_longer_list_does_not_take_the_shorter_code(engine: Engine) -> None:
    # S7.1: E10 is not in a list that has only E100
    codes = ["E10", "E100", "E1001", "e100", ""]

    found = run(engine, "in_codelist(code, 'dm_short_term')", "code", [(text(c),) for c in codes])

    assert found == [False, True, True, False, False]


def test_a_negated_call_keeps_its_brackets(engine: Engine) -> None:
    rows = [(text("E100"),), (text("I10"),), (text("J45"),)]

    assert run(engine, "NOT in_codelist(code, 'dm') AND NOT is_code(code, 'ht')", "code", rows) == [False, False, True]


def test_some_list_has_prefixes_of_several_lengths() -> None:
    """Else the brackets around the tests of the lengths would not be tried above."""
    assert any(len({len(prefix) for prefix in codelist(name)}) > 1 for name in codelist_names())


def test_every_codelist_has_normalised_prefixes_without_repeats() -> None:
    for name in codelist_names():
        prefixes = codelist(name)
        assert prefixes
        assert len(set(prefixes)) == len(prefixes), name
        assert all(p and p == "".join(c for c in p.upper() if c.isascii() and c.isalnum()) for p in prefixes), name


def test_an_unknown_codelist_is_no_file() -> None:
    for name in ("no_such_list", "../codelists/dm", "README"):
        with pytest.raises(KeyError):
            codelist(name)


@pytest.mark.parametrize(
    "call",
    [
        "age_on(d)",
        "age_on(d, d, d)",
        "years_before(d, e)",
        "years_before(d, 1 + 1)",
        "in_codelist(d, 'no_such_list')",
        "in_codelist(d, e)",
        "is_code(d, 'no_such_list')",
        "age_on(d, is_code(d, 'no_such_list'))",
    ],
)
def test_a_wrong_call_is_told_with_its_node(call: str) -> None:
    tree = sqlglot.parse_one(f"SELECT {call} FROM given", dialect="duckdb")
    assert isinstance(tree, exp.Query)

    with pytest.raises(WrongUseError) as error:
        expand(tree)
    assert isinstance(error.value.node, exp.Anonymous)


@pytest.mark.parametrize("name", measure_ids())
def test_a_shipped_measure_can_be_written_for_spark(name: str) -> None:
    made = compiled(measure(name))
    for part in (made.a, made.b):
        sql = part.literal(dict.fromkeys(PERIOD_NAMES, date(2013, 4, 1)))
        [spark] = sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
        # and it can be read back there
        assert isinstance(sqlglot.parse_one(spark, dialect="spark"), exp.Query)
