"""Spark answers what DuckDB answers: every measure in every cell, and every construct that a measure may use.

The constructs are tried on rows with nulls, leap days, Thai text and negatives. Needs the extra `spark` and Java 17;
takes two minutes, so the extra `test` does not bring it:
pip install -e '.[test,spark]' && python -m pytest tests/portability
"""

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlglot
from typer.testing import CliRunner

from samrit.cli.app import app
from samrit.demo import write_demo
from samrit.logs import log_kind
from samrit.measures import Engine, MeasuresError, SparkEngine, When, compile_measure, count, measure, measure_ids
from samrit.measures.compiling import DIALECT
from samrit.measures.functions import expand
from samrit.measures.letters import write_letters
from samrit.measures.planning import Form
from samrit.measures.portable import ALLOWED, refused
from samrit.measures.spark import start_spark
from samrit.reference import Period, ReferralNetwork, Register, Zone, shipped_register
from samrit.warehouse import Home, Snapshot, load, load_logs
from second_opinion.samrit_adapter import register_of
from second_opinion.worlds import World, build_world

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install -e '.[test,spark]'")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java 17, and there is no java here", allow_module_level=True)

# A few rows are worked on faster without generated code and with one partition; the answers are the same.
SMALL = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
DEMO_FACILITIES = ("11036", "11447")
YEAR = Period(date(2013, 4, 1), date(2014, 3, 31))
# the census day of the year, of two of its months, and one that moves with its period
WHENS = [
    When(YEAR, date(2013, 10, 1)),
    When(Period(date(2013, 4, 1), date(2013, 4, 30)), date(2013, 10, 1)),
    When(Period(date(2014, 2, 1), date(2014, 2, 28)), date(2013, 10, 1)),
    When(Period(date(2012, 2, 29), date(2013, 2, 28)), date(2012, 2, 29)),
]
ONE_BY_ONE = ("ht_controlled", "data_exchange_use", "case_mix_index")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    session = start_spark(settings=SMALL)
    yield session
    session.stop()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A random world of the year, and in its zips some facilities of a demo of few people."""
    folder = tmp_path_factory.mktemp("world")
    made = build_world(1, folder)
    demo = write_demo(folder / "demo", people=600)
    made.zips.extend(path for path in demo if path.name[4:9] in DEMO_FACILITIES)
    return made


@pytest.fixture(scope="module")
def snapshot(world: World, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    home = Home(tmp_path_factory.mktemp("home"))
    loaded = load(home, world.zips).snapshot
    for kind, log in world.logs:
        loaded = load_logs(home, log_kind(kind), [log]).snapshot
    return loaded


@pytest.fixture(scope="module")
def register(world: World) -> Register:
    """The world's organisation table, and of the shipped register the facilities of the demo that it does not have."""
    own = list(register_of(world.organisations).rows)
    more = set(DEMO_FACILITIES) - {row.hospcode for row in own}
    return Register([*own, *(row for row in shipped_register().rows if row.hospcode in more)])


@pytest.fixture(scope="module")
def engines(snapshot: Snapshot, register: Register, world: World, spark: Any) -> Iterator[tuple[Engine, SparkEngine]]:
    network = ReferralNetwork(tuple(Zone(**zone) for zone in world.zones), tuple(world.agreements))
    with Engine(snapshot, register, network) as duckdb, SparkEngine(snapshot, register, network, spark) as on_spark:
        yield duckdb, on_spark


@pytest.mark.parametrize("name", measure_ids())
def test_every_measure_has_the_same_cells_on_both(engines: tuple[Engine, SparkEngine], name: str) -> None:
    duckdb, on_spark = engines
    of = measure(name)
    compiled = compile_measure(of, of.parameters)

    right = count(duckdb, compiled, WHENS, remember=False)

    assert count(on_spark, compiled, WHENS) == right
    # and there is something to agree on
    assert {cell.letter for cell in right} >= {"b"}
    assert len({cell.facility for cell in right}) > 1


@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_the_literal_form_has_the_same_cells_on_both(engines: tuple[Engine, SparkEngine], name: str) -> None:
    duckdb, on_spark = engines
    of = measure(name)
    compiled = compile_measure(of, of.parameters)

    assert count(on_spark, compiled, WHENS, Form.LITERAL) == count(duckdb, compiled, WHENS, remember=False) != []


def test_a_row_that_only_one_engine_sees_would_show(
    engines: tuple[Engine, SparkEngine], snapshot: Snapshot, spark: Any
) -> None:
    """The comparison above can fail: without the register, places have no contracting unit."""
    of = measure("ht_controlled")
    compiled = compile_measure(of, of.parameters)
    with SparkEngine(snapshot, Register([]), session=spark) as poorer:
        assert count(poorer, compiled, WHENS[:1]) != count(engines[0], compiled, WHENS[:1], remember=False)


# One row each: id, text, two dates, two numbers, a decimal, a truth value, a time.
ROWS = (
    ("1", "'I10'", "'2012-02-29'", "'2013-02-28'", "5", "-3", "'1.50'", "TRUE", "'2014-01-01 08:00:00'"),
    ("2", "'เบาหวาน'", "'2016-02-29'", "'2012-02-29'", "-5", "3", "'-2.25'", "FALSE", "'2012-02-29 23:59:59'"),
    ("3", "''", "'1900-03-01'", "'2000-02-29'", "0", "0", "'0'", "TRUE", "'2000-01-01 00:00:00'"),
    ("4", "NULL", "NULL", "'2014-03-31'", "NULL", "1", "NULL", "NULL", "NULL"),
    ("5", "' e11 %_\\x '", "'2013-12-31'", "NULL", "2147483647", "NULL", "'9999999.99'", "FALSE", "NULL"),
    ("6", "'ก้'", "'2000-02-29'", "'2001-03-01'", "7", "-7", "'0.01'", "TRUE", "'2000-02-29 12:00:00'"),
    ("7", "'It''s'", "'2014-01-01'", "'2013-12-31'", "7", "2", "'2.50'", "TRUE", "'2014-01-01 00:00:00'"),
    ("8", "'I10'", "'2014-01-01'", "'2014-01-01'", "1", "1", "'2.50'", "FALSE", "'2014-01-01 00:00:01'"),
)
COLUMNS = {
    "id": "BIGINT", "t": "VARCHAR", "d": "DATE", "e": "DATE", "n": "BIGINT", "m": "BIGINT", "x": "DECIMAL(9, 2)",
    "f": "BOOLEAN", "w": "TIMESTAMP",
}  # fmt: skip
ODD = " UNION ALL ".join(
    "SELECT "
    + ", ".join(f"CAST({cell} AS {of}) AS {name}" for cell, (name, of) in zip(row, COLUMNS.items(), strict=True))
    for row in ROWS
)
EXPRESSIONS = """
n + m
n - m
n * m
-n
- -n
abs(n)
abs(x)
x + x
x * x
x - 1
x * 1.5
x * n
x * CAST('0.027' AS DECIMAL(38, 9))
CAST(x AS DECIMAL(38, 9)) - CAST('0.000000001' AS DECIMAL(38, 9))
n = m AND f
NOT f
f OR n > 0
n > m OR t = 'I10'
n >= m
x <= n
t IS NULL
t IS NOT NULL
f IS TRUE
f IS NOT TRUE
t IS DISTINCT FROM 'I10'
n IS NOT DISTINCT FROM m
n BETWEEN -5 AND 5
d BETWEEN DATE '2012-02-29' AND DATE '2014-01-01'
t IN ('I10', 'เบาหวาน')
t NOT IN ('I10', '')
n IN (1, NULL)
t LIKE 'I%'
t LIKE '%าห%'
t LIKE ' e__ %'
t NOT LIKE '%1%'
t LIKE '%''%'
t < 'ก'
t > 'I1'
d < e
w > DATE '2014-01-01'
d BETWEEN CAST(w AS DATE) AND e
d + 1
d - 366
year(d) * 10000 + month(d) * 100 + day(d)
year(w)
date_diff('day', d, e)
date_diff('day', CAST(w AS DATE), e)
age_on(d, e)
age_on(e, d)
years_before(d, 1)
years_before(d, 4)
years_before(e, 100)
in_codelist(t, 'ht')
is_code(t, 'uc')
coalesce(t, 'ไม่มี')
coalesce(n, m, 0)
coalesce(n, 1.5)
nullif(t, '')
nullif(n, 0)
greatest(n, m, 3)
least(n, m)
least(n, x)
greatest(d, e)
least(t, 'ก')
substring(t, 1, 3)
substring(t, 1, 0)
substring(t, 1)
left(t, 2)
left(t, 0)
left(t, 100)
right(t, 2)
right(t, 0)
length(t)
upper(t)
lower(t)
upper('aßñก')
lower(upper(t) || 'İI')
trim(t)
replace(t, 'I', 'ก')
replace(t, '', 'x')
replace(t, '1', '')
starts_with(t, 'I1')
starts_with(t, '')
starts_with(t, t)
t || 'x'
t || NULL
CAST(n AS VARCHAR) || t
CAST(d AS VARCHAR)
CAST(x AS VARCHAR)
CAST(w AS DATE)
CAST(length(t) AS INT)
CAST('-12' AS INT)
CAST(' 12 ' AS BIGINT)
CAST('1.235' AS DECIMAL(9, 2))
CAST('-1.235' AS DECIMAL(9, 2))
CAST('2012-02-29' AS DATE)
CAST(NULL AS BIGINT)
CASE WHEN n > 0 THEN 'บวก' WHEN n < 0 THEN 'ลบ' END
CASE n WHEN 7 THEN 1 ELSE 0 END
CASE WHEN n > 0 THEN n ELSE x END
if(n > 0, 'a', NULL)
'a\\b'
length('a\\nb')
row_number() OVER (ORDER BY t, id)
row_number() OVER (ORDER BY t DESC, id)
row_number() OVER (PARTITION BY t ORDER BY d, id)
row_number() OVER (ORDER BY d NULLS FIRST, id)
row_number() OVER (ORDER BY d DESC NULLS FIRST, id)
rank() OVER (ORDER BY t)
rank() OVER (ORDER BY n DESC)
lag(n) OVER (ORDER BY id)
lag(n, 2) OVER (ORDER BY id)
lag(n, 1, -1) OVER (ORDER BY id)
lead(t, 1, '') OVER (ORDER BY d, id)
lag(t) OVER (PARTITION BY f ORDER BY id)
count(*) OVER (PARTITION BY t)
count(n) OVER (ORDER BY id)
sum(n) OVER (ORDER BY t)
min(d) OVER (PARTITION BY f ORDER BY id)
max(t) OVER (PARTITION BY f)
""".strip().splitlines()
QUERIES = """
SELECT count(*), count(n), count(DISTINCT n), sum(n), min(n), max(n), sum(x), min(t), max(t), min(d), max(w) FROM odd
SELECT count(*), sum(n), max(t), min(d) FROM odd WHERE id < 0
SELECT t, count(*), sum(n) FROM odd GROUP BY t
SELECT t, count(*) FROM odd GROUP BY t HAVING count(*) > 1
SELECT left(t, 1), count(DISTINCT m) FROM odd GROUP BY left(t, 1)
SELECT min(f), max(f) FROM odd
SELECT DISTINCT t, f FROM odd
SELECT t, f, array_agg(id) AS row_ids FROM odd GROUP BY t, f HAVING count(*) = 1
SELECT sum(CASE WHEN f THEN 1 ELSE 0 END) FROM odd
SELECT id FROM odd WHERE n <> 7
SELECT id FROM odd WHERE t NOT IN ('I10')
SELECT id FROM odd WHERE t NOT IN (SELECT t FROM odd)
SELECT id FROM odd WHERE t NOT IN (SELECT t FROM odd WHERE t IS NOT NULL AND id < 4)
SELECT id FROM odd WHERE n IN (SELECT m FROM odd)
SELECT id FROM odd WHERE f OR n NOT IN (SELECT m FROM odd WHERE m > 0)
SELECT id FROM odd WHERE NOT (f OR n NOT IN (SELECT m FROM odd))
SELECT o.id FROM odd AS o WHERE n NOT IN (SELECT i.m FROM odd AS i WHERE i.t = o.t)
SELECT o.id FROM odd AS o WHERE EXISTS (SELECT 1 FROM odd AS i WHERE i.t = o.t AND i.id <> o.id)
SELECT o.id FROM odd AS o WHERE NOT EXISTS (SELECT 1 FROM odd AS i WHERE i.d < o.d AND i.id <> o.id)
SELECT o.id FROM odd AS o WHERE f OR EXISTS (SELECT 1 FROM odd AS i WHERE i.n > o.m)
SELECT o.id FROM odd AS o WHERE (SELECT count(*) FROM odd AS i WHERE i.d < o.d) = 1
SELECT o.id, (SELECT count(*) FROM odd AS i WHERE i.t = o.t) FROM odd AS o
SELECT o.id, (SELECT max(i.d) FROM odd AS i WHERE i.t = o.t) FROM odd AS o
SELECT t FROM odd GROUP BY t HAVING count(*) = (SELECT max(n) FROM odd WHERE n < 3)
SELECT a.id, b.id FROM odd AS a JOIN odd AS b ON a.t = b.t
SELECT a.id, b.id FROM odd AS a LEFT JOIN odd AS b ON a.n = b.m AND b.id > 2
SELECT id, a.t, b.n FROM odd AS a JOIN odd AS b USING (id)
SELECT t, a.id, b.id FROM odd AS a LEFT JOIN odd AS b USING (t)
SELECT a.id, b.id FROM odd AS a JOIN odd AS b ON a.d BETWEEN b.e AND b.d
SELECT a.id, b.id FROM odd AS a JOIN odd AS b ON TRUE
WITH w AS (SELECT t, count(*) AS c FROM odd GROUP BY t) SELECT id, w.c FROM odd JOIN w ON w.t = odd.t
SELECT id FROM odd UNION SELECT n FROM odd
SELECT n, t FROM odd UNION ALL SELECT m, t FROM odd
SELECT q.person_id FROM (SELECT id AS person_id FROM odd) AS q WHERE q.person_id > 3
SELECT * FROM odd WHERE id = 2
SELECT id AS คน FROM odd AS minus
SELECT t, rank() OVER (ORDER BY count(*)) FROM odd GROUP BY t
""".strip().splitlines()
TRIED = [*(f"SELECT id, {expression} AS v FROM odd" for expression in EXPRESSIONS), *QUERIES]


@pytest.fixture(scope="module")
def odd(spark: Any) -> Iterator[tuple[Engine, SparkEngine]]:
    """Both engines with the odd rows as the table `odd`."""
    with Engine(None, Register([])) as duckdb, SparkEngine(None, Register([]), session=spark) as on_spark:
        for engine in (duckdb, on_spark):
            engine.make_table("odd", ODD)
        yield duckdb, on_spark


def rows(engine: Engine | SparkEngine, sql: str) -> list[str]:
    """The rows in a fixed order; the same number in another type is the same."""
    return sorted(repr([_plain(cell) for cell in row]) for row in engine.rows(sql))


def _plain(cell: object) -> object:
    return cell.normalize() + 0 if isinstance(cell, Decimal) else Decimal(cell) if type(cell) is int else cell


def tree_of(text: str) -> Any:
    return sqlglot.parse_one(text, dialect=DIALECT)


@pytest.mark.parametrize("text", TRIED)
def test_a_construct_that_may_be_used_answers_alike(odd: tuple[Engine, SparkEngine], text: str) -> None:
    tree = tree_of(text)
    assert list(refused(tree)) == []
    written = write_letters(expand(tree)).sql(dialect=DIALECT)

    assert rows(odd[1], written) == rows(odd[0], written)


def test_every_construct_of_the_subset_is_tried() -> None:
    tried = {type(node) for text in TRIED for node in tree_of(text).walk()}

    # a $name is a literal or a column before any engine sees it
    assert {of.__name__ for of in ALLOWED - tried} == {"Placeholder"}


DIFFERENT = (
    "SELECT id FROM odd WHERE t LIKE '%\\%'",
    "SELECT id, left(t, n) FROM odd WHERE n < 0",
    "SELECT id FROM odd WHERE (n IN (SELECT m FROM odd)) IS NULL",
    "SELECT upper('ß')",
    "SELECT id, d - e FROM odd",
    "SELECT id, CAST(x AS INT) FROM odd",
    "SELECT date_diff('year', DATE '2012-12-31', DATE '2013-01-01')",
)


@pytest.mark.parametrize("text", DIFFERENT)
def test_what_answers_otherwise_is_told_apart_here(odd: tuple[Engine, SparkEngine], text: str) -> None:
    """The comparison can fail, and each of these is refused or written out before an engine sees it."""
    assert rows(odd[0], text) != rows(odd[1], text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT id, CAST('12.7' AS INT) AS v FROM odd",
        "SELECT id, CAST('2012' AS DATE) AS v FROM odd",
        "SELECT id, n * n * n AS v FROM odd",
        "SELECT id, CAST(t AS INT) AS v FROM odd",
    ],
)
def test_of_what_no_one_can_tell_one_engine_at_least_stops(odd: tuple[Engine, SparkEngine], text: str) -> None:
    """Malformed text and numbers beyond measure: never two answers."""
    stopped = 0
    for engine in odd:
        try:
            engine.rows(text)
        except Exception:  # each engine has errors of its own
            stopped += 1
    assert stopped >= 1


def test_a_session_of_ones_own_is_set_and_left_running(spark: Any) -> None:
    spark.conf.set("spark.sql.ansi.enabled", "false")
    with SparkEngine(None, Register([]), session=spark) as engine:
        assert engine.rows("SELECT 1") == [(1,)]
    assert spark.conf.get("spark.sql.ansi.enabled") == "true"
    assert spark.sql("SELECT 2").collect() == [(2,)]


def test_without_pyspark_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MeasuresError, match=r"samrit\[spark\]"):
        SparkEngine(None, Register([]))


def test_the_command_counts_on_spark_what_it_counts_on_duckdb(snapshot: Snapshot, spark: Any) -> None:
    asked = ["measures", "count", "dm_retina_exam", "--period", "2013-04-01..2014-03-31", "--census", "2013-10-01"]
    asked += ["--format", "csv", "--home", str(snapshot.home.path)]
    right, on_spark = (CliRunner().invoke(app, [*asked, *more]) for more in ([], ["--engine", "spark"]))

    assert (right.exit_code, on_spark.exit_code) == (0, 0)
    assert on_spark.output == right.output
    assert right.output.count("\n") > 2
