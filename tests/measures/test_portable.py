"""The portable subset: every construct that may be used passes all checks, every other one is refused with its place.

Written from the list of constructs that were run on two engines (allowed: the same on both; refused: they differ, with
the reason that was seen). Most texts here are a condition or a column put into one small measure text.
"""

import pytest

from measures.building import compiled, made_up, problems_of
from samrit.measures.compiling import compile_measure
from samrit.measures.errors import MeasuresError

# One condition or one column is put in; the constructs stand on line 5 or line 3.
AS_CONDITION = """-- made up
SELECT s.person_id, s.admission_id AS counted_id, s.row_id
FROM admissions AS s
JOIN people AS p ON p.person_id = s.person_id
WHERE {}
"""
AS_COLUMN = """-- made up
SELECT t.person_id, t.counted_id, t.row_id FROM (
  SELECT s.person_id, s.admission_id AS counted_id, s.row_id, {} AS made
  FROM admissions AS s JOIN people AS p ON p.person_id = s.person_id
) AS t WHERE t.made IS NOT NULL
"""
CONDITION_LINE, COLUMN_LINE = 5, 3

ALLOWED_CONDITIONS = [
    "p.sex = '1' AND (p.nation <> '099' OR NOT p.nation = '098')",
    "s.rw > 1 AND s.rw >= 1.5 AND s.rw < 3 AND s.rw <= 2",
    "s.admitted_on BETWEEN $start AND $end",
    "s.insurance IN ('0100', '0200') AND s.drg NOT IN ('04520')",
    "s.rw IS NULL OR s.rw IS NOT NULL",
    "s.admitted_on IS DISTINCT FROM s.discharged_on",
    "s.admitted_on IS NOT DISTINCT FROM s.discharged_on",
    "s.died AND NOT s.transferred",
    "s.died = TRUE",
    "EXISTS (SELECT 1 FROM screenings AS c WHERE c.person_id = s.person_id AND c.day >= s.admitted_on)",
    "NOT EXISTS (SELECT 1 FROM screenings AS c WHERE c.person_id = s.person_id)",
    "s.person_id IN (SELECT person_id FROM chronic_register)",
    "s.person_id NOT IN (SELECT person_id FROM chronic_register WHERE diagnosed_on < $census)",
    "(SELECT count(*) FROM screenings AS c WHERE c.person_id = s.person_id) = 2",
    "CASE WHEN s.died THEN s.admitted_on ELSE s.discharged_on END BETWEEN $start AND $end",
    "CASE p.sex WHEN '1' THEN 1 WHEN '2' THEN 2 END = 1",
    "EXISTS (SELECT 1 FROM people AS i WHERE EXISTS (SELECT 1 FROM screenings AS c WHERE c.person_id = i.person_id))",
    "EXISTS (SELECT 1 FROM (SELECT c.person_id FROM screenings AS c) AS q WHERE q.person_id = s.person_id)",
    "upper(s.drg) || lower(s.drg) <> ''",
    "s.rw + 1 - 2 * s.adjrw > -1",
    "coalesce(s.rw, 0) = 0 AND nullif(s.rw, 0) IS NULL",
    "greatest(s.rw, s.adjrw) > least(s.rw, 1) AND abs(s.rw) > 0",
    "year(p.birth_date) = 2000 AND month(p.birth_date) * 100 + day(p.birth_date) = 229",
    "date_diff('day', s.admitted_on, s.discharged_on) <= 28",
    "s.admitted_on + 28 >= s.discharged_on AND s.discharged_on - 1 > $start",
    "CAST(s.admitted_at AS DATE) = s.admitted_on",
    "CAST(s.drg AS INT) > 4520 AND CAST(length(s.drg) AS INT) = 5",
    "CAST(CAST(s.drg AS INT) AS BIGINT) + CAST(s.drg AS BIGINT) > 1",
    "CAST(s.rw AS VARCHAR) = '1.000000000'",
    "CAST(s.drg AS DECIMAL(10, 4)) > 0.5",
    "substring(s.drg, 1, 2) = '04' AND left(s.drg, 2) = '04' AND right(s.drg, 1) = '0'",
    "length(s.drg) = 5 AND upper(s.drg) = lower(s.drg) AND trim(s.drg) = replace(s.drg, ' ', '')",
    "starts_with(s.principal_diagnosis, 'E1') AND s.principal_diagnosis LIKE 'E1%'",
    "s.drg || CAST(p.row_id AS VARCHAR) <> ''",
    "s.admitted_on >= DATE '2013-04-01'",
    "age_on(p.birth_date, s.admitted_on) >= 15",
    "p.birth_date > years_before($census, 5)",
    "age_on(years_before(p.birth_date, 1), years_before($census, 2)) = 3",
    "in_codelist(s.principal_diagnosis, 'dm') AND is_code(s.insurance, 'uc')",
    "IN_CODELIST(s.principal_diagnosis, 'dm')",
    "if(s.died, 1, 2) = 1",
    "s.rw IN (1, 2)",
]
ALLOWED_COLUMNS = [
    "row_number() OVER (PARTITION BY s.person_id ORDER BY s.admitted_at DESC, s.admission_id)",
    "row_number() OVER (PARTITION BY s.person_id ORDER BY s.admitted_on)",
    "rank() OVER (ORDER BY s.admitted_on DESC NULLS LAST)",
    "lag(s.discharged_on) OVER (PARTITION BY s.person_id ORDER BY s.admitted_at, s.admission_id)",
    "lead(s.admitted_on) OVER (PARTITION BY s.person_id ORDER BY s.admitted_at, s.admission_id)",
    "count(*) OVER (PARTITION BY s.person_id)",
    "sum(s.rw) OVER (PARTITION BY s.person_id)",
    "min(s.admitted_on) OVER (PARTITION BY s.person_id)",
    "max(s.admitted_on) OVER (PARTITION BY s.person_id)",
]
ALLOWED_TEXTS = [
    # GROUP BY by expression, HAVING, aggregates, array_agg for row_ids
    """SELECT s.person_id, s.person_id AS counted_id, array_agg(s.row_id) AS row_ids FROM admissions AS s
    GROUP BY s.person_id HAVING count(*) > 1 AND count(DISTINCT s.facility) = 1 AND sum(s.rw) > 1
    AND min(s.rw) < 2 AND max(s.rw) > 1 AND sum(CASE WHEN s.died THEN 1 ELSE 0 END) = 0""",
    # WITH, JOIN USING, LEFT JOIN, DISTINCT
    """WITH last AS (SELECT person_id, max(day) AS day FROM screenings GROUP BY person_id),
    late AS (SELECT person_id FROM last WHERE day > $start)
    SELECT DISTINCT p.person_id, p.person_id AS counted_id, p.row_id FROM people AS p
    JOIN last USING (person_id) LEFT JOIN late AS l ON l.person_id = p.person_id WHERE l.person_id IS NULL""",
    # UNION and UNION ALL
    """SELECT person_id, person_id AS counted_id, row_id FROM screenings
    UNION ALL SELECT person_id, person_id, row_id FROM follow_ups
    UNION SELECT person_id, person_id, row_id FROM chronic_register""",
    # a set with a name of its own and under another name, a table inside a subquery
    """SELECT residents.person_id, residents.person_id AS counted_id, r.row_id FROM residents
    JOIN (SELECT person_id, row_id FROM thai_residents) AS r ON r.person_id = residents.person_id""",
    # a column of a view may carry the name that SELECT gives to something else
    """SELECT t.person_id, t.person_id AS counted_id, t.row_id
    FROM (SELECT person_id, row_id, CASE WHEN sex = '1' THEN '2' ELSE '1' END AS sex FROM people WHERE sex <> '') AS t
    WHERE t.sex = '2'""",
    # the author's own names may be those that the engine uses around the text
    """WITH periods AS (SELECT person_id, row_id FROM people), a AS (SELECT person_id FROM periods)
    SELECT k.person_id, k.person_id AS counted_id, k.row_id FROM periods AS k JOIN a AS m ON m.person_id = k.person_id
    JOIN screenings AS key ON key.person_id = k.person_id WHERE key.day BETWEEN $start AND $end""",
]

# Construct, and a word of the reason.
REFUSED_CONDITIONS = [
    ("s.rw / 2 > 1", "Decimal"),
    ("s.row_id // 2 > 1", "truncate"),
    ("s.row_id % 2 = 1", "negatives"),
    ("mod(s.row_id, 2) = 1", "negatives"),
    ("CAST(s.rw AS DOUBLE) > 1", "cast to"),
    ("CAST(s.rw AS FLOAT) > 1", "cast to"),
    ("s.rw > 1e2", "decimal numbers"),
    ("s.discharged_on - s.admitted_on > 2", "date_diff"),
    ("$end - p.birth_date > 365", "date_diff"),
    ("coalesce(s.discharged_on, $end) - CAST(s.admitted_at AS DATE) > 2", "date_diff"),
    ("(SELECT max(c.day) FROM screenings AS c) - s.admitted_on > 2", "date_diff"),
    ("p.birth_date > $census - INTERVAL 1 YEAR", "years_before"),
    ("p.birth_date + INTERVAL 1 DAY > $census", "years_before"),
    ("p.birth_date + INTERVAL (s.row_id) DAY > $census", "years_before"),
    ("date_trunc('month', s.admitted_on) = $start", "a time in another"),
    ("date_diff('month', p.birth_date, $census) > 12", "date_diff('day'"),
    ("date_diff('year', p.birth_date, $census) > 12", "date_diff('day'"),
    ("date_diff('day', s.admitted_at, s.discharged_at) > 1", "cast to DATE"),
    ("dayofweek(s.admitted_on) = 1", "weeks"),
    ("isodow(s.admitted_on) = 1", "weeks"),
    ("week(s.admitted_on) = 1", "weeks"),
    ("weekofyear(s.admitted_on) = 1", "weeks"),
    ("extract(dow FROM s.admitted_on) = 1", "subset"),
    ("dow(s.admitted_on) = 1", "unknown function"),
    ("CAST(s.rw AS INT) > 1", "rounds"),
    ("CAST(coalesce(s.rw, 0) * 2 AS BIGINT) > 1", "rounds"),
    ("CAST(s.drg AS INT) * CAST(s.drg AS INT) > 1", "BIGINT first"),
    ("CAST(s.drg AS INT) + 1 > 1", "BIGINT first"),
    ("substr(s.drg, 0, 2) = '0'", "starts at 1"),
    ("substring(s.drg, 2, 2) = '0'", "starts at 1"),
    ("left(s.drg, -1) = '0'", "negative length"),
    ("left(s.drg, s.stay_no) = '0'", "length as a number"),
    ("s.drg LIKE s.principal_diagnosis", "pattern of LIKE"),
    ("s.drg LIKE '0\\%'", "pattern of LIKE"),
    ("(s.person_id IN (SELECT person_id FROM screenings)) IS NULL", "only inside WHERE"),
    ("CASE WHEN s.person_id IN (SELECT person_id FROM screenings) THEN 1 ELSE 0 END = 0", "only inside WHERE"),
    ("s.died = 1", "cast both to one type"),
    ("greatest(s.died, 1) IS NOT NULL", "cast both to one type"),
    ("s.stay_no", "true or false"),
    ("s.died AND s.stay_no", "true or false"),
    ("NOT s.stay_no", "true or false"),
    ("CASE WHEN s.stay_no THEN 1 END = 1", "true or false"),
    (
        "EXISTS (SELECT 1 FROM people AS i WHERE EXISTS ("
        "SELECT 1 FROM screenings AS c WHERE c.person_id = i.person_id AND c.day > s.admitted_on))",
        "right around it",
    ),
    ("substring(s.drg, 1, -1) = '0'", "negative length"),
    ("regexp_matches(s.drg, '0.*')", "slow"),
    ("s.drg SIMILAR TO '0.*'", "slow"),
    ("s.drg ~ '0.*'", "slow"),
    ("regexp_replace(s.drg, '0', '1') = '1'", "slow"),
    ("s.drg ILIKE '0%'", "subset"),
    ("s.drg GLOB '0*'", "subset"),
    ("s.drg LIKE '0!%' ESCAPE '!'", "subset"),
    ("hash(s.drg) = 1", "unknown function"),
    ("md5(s.drg) = '1'", "different values"),
    ("reverse(s.drg) = '1'", "different values"),
    ("s.admitted_on < current_date", "today"),
    ("s.admitted_on < today()", "today"),
    ("s.admitted_at < now()", "unknown function"),
    ("s.admitted_at < current_timestamp", "today"),
    ("random() < 1", "chance"),
    ("current_setting('threads') = '1'", "unknown function"),
    ("getenv('HOME') = '1'", "unknown function"),
    ("s.row_id = ANY (SELECT row_id FROM people)", "subset"),
    ("(s.row_id, s.person_id) IN (SELECT row_id, person_id FROM people)", "column by column"),
    ("(SELECT c.day FROM screenings AS c) > $start", "one count"),
    ("(SELECT max(c.day) FROM screenings AS c GROUP BY c.person_id) > $start", "one count"),
    ("TRY_CAST(s.drg AS INT) = 1", "use CAST"),
    ("CAST(s.drg AS TIMESTAMP) > s.admitted_at", "cast to"),
    ("strlen(s.drg) = 5", "unknown function"),
    ("ltrim(s.drg) = ''", "subset"),
    ("trim(s.drg, '0') = ''", "subset"),
    ("concat(s.drg, s.insurance) = ''", "subset"),
    ("s.drg || s.row_id = ''", "VARCHAR first"),
    ("s.drg || NULL = ''", "VARCHAR first"),
    ("strftime(s.admitted_on, '%Y') = '2013'", "subset"),
    ("s.drg[1:2] = '04'", "subset"),
    ("s.rw ** 2 > 1", "subset"),
    ("s.row_id & 1 = 1", "subset"),
    ("main.s.rw > 1", "subset"),
    ("p.birth_date > years_before($census, s.row_id)", "years_before(day, 2)"),
    ("age_on(p.birth_date) > 1", "2 arguments"),
    ("in_codelist(s.drg, 'dmm')", "'dm'"),
    ("in_codelist(s.drg, s.drg)", "'list'"),
    ("age_on(p.birth_date, years_before(years_before(years_before($census, 1), 1), 1)) > 1", "3 ("),
    ("s.row_id = $strat", "$start"),
    ("s.row_id = ?", "$"),
]
REFUSED_COLUMNS = [
    ("s.person_id IN (SELECT person_id FROM chronic_register)", "only inside WHERE"),
    ("EXISTS (SELECT 1 FROM chronic_register AS c WHERE c.person_id = s.person_id)", "only inside WHERE"),
    ("array_agg(s.row_id) OVER (PARTITION BY s.person_id)", "row_ids"),
    ("sum(s.rw) OVER (ORDER BY s.row_id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)", "subset"),
    ("dense_rank() OVER (ORDER BY s.row_id)", "subset"),
    ("first_value(s.row_id) OVER (ORDER BY s.row_id)", "subset"),
    ("lag(s.row_id IGNORE NULLS) OVER (ORDER BY s.row_id)", "subset"),
    ("unnest([1, 2])", "table parameter"),
    ("{'a': 1}", "subset"),
]
REFUSED_AGGREGATES = [
    ("avg(s.rw) > 1", "sum and count"),
    ("median(s.rw) > 1", "estimate"),
    ("quantile_cont(s.rw, 0.5) > 1", "estimate"),
    ("quantile_disc(s.rw, 0.5) > 1", "estimate"),
    ("stddev(s.rw) > 1", "estimate"),
    ("stddev_samp(s.rw) > 1", "estimate"),
    ("approx_count_distinct(s.rw) > 1", "estimate"),
    ("approx_quantile(s.rw, 0.5) > 1", "estimate"),
    ("first(s.rw) > 1", "order of rows"),
    ("last(s.rw) > 1", "order of rows"),
    ("any_value(s.rw) > 1", "order of rows"),
    ("arbitrary(s.rw) > 1", "unknown function"),
    ("mode(s.rw) > 1", "order of rows"),
    ("max(s.rw, 2) IS NOT NULL", "subset"),
    ("string_agg(s.drg, ',') = ''", "subset"),
    ("count(DISTINCT (s.drg, s.rw)) > 1", "column by column"),
    ("count(DISTINCT s.drg, s.rw) > 1", "one column"),
    ("count(*) FILTER (WHERE s.died) > 1", "subset"),
    ("array_agg(s.rw) IS NULL", "row_ids"),
    ("sum(CAST(s.drg AS INT)) > 1", "BIGINT first"),
    ("sum(s.died) > 1", "only numbers add up"),
]
START = "SELECT p.person_id, p.person_id AS counted_id, p.row_id FROM people AS p "
REFUSED_TEXTS = [
    (START + "ASOF JOIN screenings AS s ON s.person_id = p.person_id AND s.day >= p.birth_date", "LEFT JOIN only"),
    (START + "POSITIONAL JOIN screenings AS s", "LEFT JOIN only"),
    (START + "NATURAL JOIN screenings", "LEFT JOIN only"),
    (START + "SEMI JOIN screenings AS s ON s.person_id = p.person_id", "LEFT JOIN only"),
    (START + "ANTI JOIN screenings AS s ON s.person_id = p.person_id", "LEFT JOIN only"),
    (START + "FULL JOIN screenings AS s ON s.person_id = p.person_id", "LEFT JOIN only"),
    (START + "RIGHT JOIN screenings AS s ON s.person_id = p.person_id", "LEFT JOIN only"),
    (START + "CROSS JOIN screenings AS s", "LEFT JOIN only"),
    (START + ", screenings AS s", "ON or USING"),
    (START.replace("SELECT", "SELECT DISTINCT ON (p.sex)"), "DISTINCT ON"),
    (START + "QUALIFY row_number() OVER (ORDER BY p.row_id) = 1", "row_number"),
    (START + "USING SAMPLE 10", "order of rows"),
    (START + "TABLESAMPLE 10%", "order of rows"),
    (START + "LIMIT 10", "order of rows"),
    (START + "OFFSET 10", "order of rows"),
    (START + "ORDER BY p.row_id", "only inside OVER"),
    (START + ", LATERAL (SELECT 1 AS x) AS l", "the engine does this"),
    (START + "JOIN (VALUES (1)) AS v(x) ON v.x = p.row_id", "table parameter"),
    (START + "JOIN unnest([1]) AS v(x) ON v.x = p.row_id", "table parameter"),
    (START + "JOIN (SELECT row_id AS x FROM people) AS v(y) ON v.y = p.row_id", "subset"),
    (START + "FOR UPDATE", "subset"),
    (START.replace("SELECT", "SELECT COLUMNS('x'),"), "subset"),
    ("SELECT * EXCLUDE (sex) FROM people", "subset"),
    ("SELECT * REPLACE (sex AS nation) FROM people", "subset"),
    ("SELECT * RENAME (sex AS nation) FROM people", "subset"),
    ("WITH RECURSIVE t AS (SELECT 1 AS x) " + START + "JOIN t ON t.x = p.row_id", "RECURSIVE"),
    ("WITH t AS MATERIALIZED (SELECT 1 AS x) " + START + "JOIN t ON t.x = p.row_id", "subset"),
    ("WITH t(x) AS (SELECT 1) " + START + "JOIN t ON t.x = p.row_id", "subset"),
    ("WITH people AS (SELECT 1 AS person_id) " + START, "name of a view"),
    ("WITH People AS (SELECT 1 AS person_id) " + START, "name of a view"),
    ("WITH residents AS (SELECT 1 AS person_id) " + START, "name of a view"),
    (START + "UNION BY NAME " + START, "subset"),
    (START + "GROUP BY ALL", "subset"),
    (START + "GROUP BY 1, 2, 3", "position"),
    (START + "GROUP BY ROLLUP (p.person_id, p.row_id)", "subset"),
    (START + "PIVOT (sum(row_id) FOR sex IN (1))", "subset"),
    (START + "AT (VERSION => 1)", "subset"),
    ("SELECT p.person_id, p.person_id AS counted_id, p.row_id AS r FROM people AS p WHERE r > 1", "'r'"),
    # the name of a column that SELECT makes, used in the same query
    ("SELECT person_id, person_id AS counted_id, row_id FROM people WHERE counted_id > 1", "given in SELECT"),
    ("SELECT person_id, person_id AS counted_id FROM people GROUP BY counted_id, person_id", "given in SELECT"),
    (
        "SELECT person_id, person_id AS counted_id FROM people GROUP BY person_id HAVING counted_id > 1",
        "given in SELECT",
    ),
    ("SELECT person_id, row_id + 1 AS counted_id, counted_id + 1 AS row_id FROM people", "given in SELECT"),
]


def said(sql: str, word: str, line: int = 1) -> None:
    """Assert a refusal that tells file, line and reason."""
    found = problems_of(sql)
    assert found, "it was allowed"
    assert all(p.where.file.endswith("a.sql") and p.where.line for p in found), found
    assert any(word in f"{p.th} {p.en}" and p.where.line == line for p in found), [str(p) for p in found]


@pytest.mark.parametrize("condition", ALLOWED_CONDITIONS)
def test_an_allowed_condition_passes_every_check(condition: str) -> None:
    assert problems_of(AS_CONDITION.format(condition)) == []


@pytest.mark.parametrize("column", ALLOWED_COLUMNS)
def test_an_allowed_window_passes_every_check(column: str) -> None:
    assert problems_of(AS_COLUMN.format(column)) == []


@pytest.mark.parametrize("sql", ALLOWED_TEXTS)
def test_an_allowed_text_passes_every_check(sql: str) -> None:
    assert problems_of(sql) == []


@pytest.mark.parametrize(("condition", "word"), REFUSED_CONDITIONS)
def test_a_refused_condition_is_told_with_its_line_and_a_reason(condition: str, word: str) -> None:
    said(AS_CONDITION.format(condition), word, CONDITION_LINE)


@pytest.mark.parametrize(("column", "word"), REFUSED_COLUMNS)
def test_a_refused_column_is_told_with_its_line_and_a_reason(column: str, word: str) -> None:
    said(AS_COLUMN.replace("{}", column), word, COLUMN_LINE)


@pytest.mark.parametrize(("having", "word"), REFUSED_AGGREGATES)
def test_a_refused_aggregate_is_told_with_its_line_and_a_reason(having: str, word: str) -> None:
    sql = f"SELECT s.person_id, s.person_id AS counted_id\nFROM admissions AS s\nGROUP BY s.person_id\nHAVING {having}"
    said(sql, word, 4)


@pytest.mark.parametrize(("sql", "word"), REFUSED_TEXTS)
def test_a_refused_text_is_told_with_its_line_and_a_reason(sql: str, word: str) -> None:
    said(sql, word)


def test_every_refusal_of_a_text_is_told_at_once() -> None:
    found = problems_of(AS_CONDITION.format("s.rw / 2 > 1\n  AND md5(s.drg) = ''\n  AND s.row_id % 2 = 1"))

    assert [(p.where.line, p.code) for p in found] == [(n, "measures.sql.refused") for n in (5, 6, 7)]


def test_a_refusal_inside_a_named_set_is_told_at_the_set() -> None:
    measure = made_up("SELECT person_id, person_id AS counted_id, row_id FROM residents")
    assert compiled(measure)
    with pytest.raises(MeasuresError) as error:
        compile_measure(measure, {}, {"residents": "SELECT person_id,\n row_id FROM registrations\nLIMIT 1"})

    [found] = error.value.problems
    assert (found.where.file, found.where.line) == ("measures/catalogue/sets/residents.sql", 3)
