"""Results of data that end before the days after a period that still decide it are cut off (DEFINITIONS S9.4)."""

from datetime import date
from pathlib import Path

import pytest

from measures.building import CENSUS, a_case, load_rows, made_up, standard_register
from samrit.measures import Engine, Measure, MeasuresError, When, find_cut_off, find_data_end, measure
from samrit.reference import Period

STAY = {"HOSPCODE": "11053", "PID": "P1", "AN": "A1"}


def marks(folder: Path, last_day: str, of: Measure, *ends: date, **given: int) -> list[str]:
    """The ends of the periods that are marked, in a home whose last stay ends on a day."""
    stay = STAY | {"DATETIME_ADMIT": "20130601080000", "DATETIME_DISCH": f"{last_day}080000"}
    snapshot = load_rows(folder, a_case(ADMISSION=[stay]))
    whens = [When(Period(date(2013, 4, 1), end), CENSUS) for end in ends]
    with Engine(snapshot, standard_register()) as engine:
        found = list(find_cut_off(engine, of, of.with_parameters(dict(given)), whens))
    assert {problem.code for problem in found} <= {"measures.cut_off"}
    return [problem.where.field.split("..")[1] for problem in found]


def test_data_must_reach_28_days_after_the_period(tmp_path: Path) -> None:
    """Data end on 28 July: 28 days after 30 June, 27 after 1 July."""
    ends = (date(2013, 6, 30), date(2013, 7, 1))

    assert marks(tmp_path, "20130728", measure("dm_readmission_28_days"), *ends) == ["2013-07-01"]


def test_the_parameter_says_for_how_many_days(tmp_path: Path) -> None:
    ends = (date(2013, 7, 18), date(2013, 7, 19))

    assert marks(tmp_path, "20130728", measure("ht_readmission_28_days"), *ends, days=10) == ["2013-07-19"]


def test_a_measure_that_does_not_look_ahead_is_never_marked(tmp_path: Path) -> None:
    assert marks(tmp_path, "20130728", measure("ht_admission_rate"), date(2014, 3, 31)) == []


def test_without_data_the_result_is_cut_off() -> None:
    with Engine(None, standard_register()) as engine:
        of = measure("dm_readmission_28_days")
        when = When(Period(date(2013, 4, 1), date(2013, 4, 30)), CENSUS)

        assert find_data_end(engine) is None
        assert len(list(find_cut_off(engine, of, of.parameters, [when]))) == 1


def test_data_do_not_end_after_the_newest_package_was_made(tmp_path: Path) -> None:
    stay = STAY | {"DATETIME_ADMIT": "20130601080000", "DATETIME_DISCH": "20130602080000"}
    snapshot = load_rows(tmp_path, a_case(ADMISSION=[stay], SERVICE=[{"PID": "P1", "DATE_SERV": "20130803"}]))
    with Engine(snapshot, standard_register()) as engine:
        assert snapshot.newest is not None
        assert find_data_end(engine) == min(date(2013, 8, 3), snapshot.newest)


@pytest.mark.parametrize(
    ("parameters", "code"),
    [({"weeks": 4}, "measures.parameter.unknown"), ({"days": "many"}, "measures.parameter.value")],
)
def test_a_follow_up_names_a_parameter_that_is_a_number_of_days(parameters: dict[str, object], code: str) -> None:
    with pytest.raises(MeasuresError) as refused:
        made_up(follow_up_days="days", parameters=parameters)

    assert [(p.code, p.where.field) for p in refused.value.problems] == [
        (code, "follow_up_days"),
    ]
