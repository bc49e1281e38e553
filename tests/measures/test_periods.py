"""Many periods from one text: key tables, literals and one period at a time give the same cells, and cells add up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import pytest

from measures.building import CENSUS, compiled, load_rows, made_up, months, random_case, standard_register
from samrit.measures.compiling import Compiled
from samrit.measures.counting import count
from samrit.measures.definition import measure, measure_ids
from samrit.measures.engine import Engine
from samrit.measures.errors import MeasuresError
from samrit.measures.planning import Form, When
from samrit.reference import OrgLevel, Period
from samrit.results import Cell, roll_up

YEAR = Period(date(2013, 4, 1), date(2014, 3, 31))
COUNTED = ("dm_patient_admission_rate", "ht_controlled", "anc_first_visit_12_weeks", "health_risk_screening_coverage")
PART_OF_B = [name for name in measure_ids() if measure(name).definition.a.part_of == "b"]
REGISTER = standard_register()
LEVELS = (OrgLevel.DISTRICT, OrgLevel.PROVINCE, OrgLevel.REGION, OrgLevel.COUNTRY)

ONE_CENSUS = [When(month, CENSUS) for month in months()]
MOVING_CENSUS = [When(month, month.start) for month in months()]
ROLLING_YEARS = [When(Period(m.start.replace(year=m.start.year - 1), m.end), CENSUS) for m in months()[:11]]
# milestones: the same first day, and after each quarter a census day that moves too
MILESTONES = [When(Period(YEAR.start, month.end), month.end) for month in months()[2::3]]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(load_rows(tmp_path_factory.mktemp("periods"), random_case(3)), REGISTER) as made:
        yield made


def of(name: str) -> Compiled:
    return compiled(measure(name))


@pytest.mark.parametrize("name", COUNTED)
@pytest.mark.parametrize(
    "whens",
    [ONE_CENSUS, MOVING_CENSUS, ROLLING_YEARS, MILESTONES],
    ids=["one census day", "census day moves", "rolling years", "milestones"],
)
def test_key_tables_literals_and_one_by_one_agree(engine: Engine, name: str, whens: Sequence[When]) -> None:
    made = of(name)
    lateral = count(engine, made, whens, Form.LATERAL)

    assert lateral == count(engine, made, list(reversed(whens)), Form.LITERAL)
    for when in whens[1::5]:
        assert [cell for cell in lateral if cell.period == when.period] == count(engine, made, [when])
    # and the rows are such that there is something to agree on
    assert len({cell.period for cell in lateral if cell.letter == "b"}) > len(whens) / 2
    assert {cell.letter for cell in lateral} == {"a", "b"} or whens is not ROLLING_YEARS


def test_the_census_day_moves_the_denominator(engine: Engine) -> None:
    """The rows above would also agree if the census day were ignored."""
    made = of("health_risk_screening_coverage")
    by_month = Counter[Period]()
    for cell in count(engine, made, MOVING_CENSUS):
        by_month[cell.period] += cell.amount if cell.letter == "b" else 0

    assert len(set(by_month.values())) > 1


def without_period(cells: Iterable[Cell], letter: str) -> Counter[tuple[str, ...]]:
    added = Counter[tuple[str, ...]]()
    for cell in cells:
        if cell.letter == letter:
            added[cell.facility, cell.contracting_unit, cell.sex, cell.age_band] += cell.amount
    return added


def test_events_of_the_months_add_up_to_the_year_in_every_cell(engine: Engine) -> None:
    made = of("dm_patient_admission_rate")
    year = without_period(count(engine, made, [When(YEAR, CENSUS)]), "a")

    assert sum(year.values()) > 5
    assert without_period(count(engine, made, ONE_CENSUS), "a") == year


def test_the_denominator_of_one_census_day_is_the_same_every_month(engine: Engine) -> None:
    made = of("dm_patient_admission_rate")
    cells = count(engine, made, ONE_CENSUS)
    year = without_period(count(engine, made, [When(YEAR, CENSUS)]), "b")

    for when in ONE_CENSUS:
        assert without_period([c for c in cells if c.period == when.period], "b") == year != {}


@pytest.mark.parametrize("name", PART_OF_B)
def test_a_never_exceeds_b_where_it_is_a_part(engine: Engine, name: str) -> None:
    cells = count(engine, of(name), [When(YEAR, CENSUS)])

    for level in OrgLevel:
        for line in roll_up(cells, level, REGISTER, CENSUS):
            assert 0 <= line.a <= line.b, line


@pytest.mark.parametrize("name", COUNTED)
def test_parts_sum_to_parents_over_all_levels(engine: Engine, name: str) -> None:
    cells = count(engine, of(name), [When(YEAR, CENSUS)])
    lines = {level: roll_up(cells, level, REGISTER, CENSUS) for level in OrgLevel}
    [country] = lines[OrgLevel.COUNTRY]

    for level in OrgLevel:
        assert (sum(x.a for x in lines[level]), sum(x.b for x in lines[level])) == (country.a, country.b), level
    for level in LEVELS:
        expected: dict[str, list[int]] = {}
        for line in lines[OrgLevel.FACILITY]:
            org = REGISTER.parents(line.org, CENSUS).get(level, "TH" if level is OrgLevel.COUNTRY else "")
            added = expected.setdefault(org, [0, 0])
            added[0], added[1] = added[0] + line.a, added[1] + line.b
        assert {x.org: [x.a, x.b] for x in lines[level]} == expected, level


def test_a_facility_missing_from_the_register_still_counts(engine: Engine) -> None:
    cells = count(engine, of("health_risk_screening_coverage"), [When(YEAR, CENSUS)])

    assert "99999" in {line.org for line in roll_up(cells, OrgLevel.FACILITY, REGISTER, CENSUS)}


@pytest.mark.parametrize("name", COUNTED)
def test_a_facility_that_leaves_the_register_keeps_its_counts(engine: Engine, name: str) -> None:
    """The register says which unit and district a facility belongs to; where a person lives does not depend on it."""
    made, when = of(name), When(YEAR, CENSUS)
    before = roll_up(count(engine, made, [when]), OrgLevel.FACILITY, REGISTER, CENSUS)
    fewer = standard_register(without=["04811"])

    with Engine(engine.snapshot, fewer) as other:
        assert roll_up(count(other, made, [when]), OrgLevel.FACILITY, fewer, CENSUS) == before


def test_no_period_is_no_cell(engine: Engine) -> None:
    assert count(engine, of("ht_controlled"), []) == []


def test_a_period_asked_for_twice_is_counted_once(engine: Engine) -> None:
    made, when = of("ht_controlled"), When(YEAR, CENSUS)

    assert count(engine, made, [when, when]) == count(engine, made, [when])


def test_one_period_with_two_census_days_is_refused(engine: Engine) -> None:
    """Cells know their period and not their census day: the two would be added up."""
    with pytest.raises(MeasuresError, match="two census days"):
        count(engine, of("ht_controlled"), [When(YEAR, CENSUS), When(YEAR, YEAR.start)])


def test_a_text_that_names_no_day_is_the_same_in_every_period(engine: Engine) -> None:
    cells = count(engine, compiled(made_up()), ONE_CENSUS)
    first = without_period([cell for cell in cells if cell.period == ONE_CENSUS[0].period], "a")

    assert first
    for when in ONE_CENSUS:
        of_month = [cell for cell in cells if cell.period == when.period]
        assert without_period(of_month, "a") == without_period(of_month, "b") == first
