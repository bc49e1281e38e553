"""Wrong readings of the measures. Each must show, in every measure it names, on the random worlds.

Those of stays and of chronic patients are in `mistakes_of_patients`, those of readmission in `mistakes_of_returns`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from second_opinion import access, children, codes, measures, mothers, persons, screening, store
from second_opinion.mistakes import Mistake, larger_code_wins, wherever
from second_opinion.mistakes_of_logs import LOGS, MISTAKES_OF_LOGS
from second_opinion.mistakes_of_patients import MISTAKES_OF_PATIENTS, RATES
from second_opinion.mistakes_of_referrals import CMI, EVERY, MISTAKES_OF_REFERRALS
from second_opinion.mistakes_of_returns import MISTAKES_OF_RETURNS, RETURNS
from second_opinion.reading import Row

DAY = timedelta(days=1)
DM, HT, ASTHMA = "dm_patient_admission_rate", "ht_patient_admission_rate", "asthma_patient_admission_rate"
ANC = ("anc_five_visits", "anc_first_visit_12_weeks")
PUPILS = ("p1_oral_examination", "p1_sealant")
REGISTERS = (ASTHMA, DM, HT, "dm_retina_exam", "ht_controlled")
SCREENING = "dm_ht_screening"
CERVIX = "cervical_screening_cumulative"
CERVIX_AGES = "cervical_screening_coverage"
VISITS = "op_primary_to_hospital_ratio"
IN_PERIOD = (
    *ANC,
    *("dm_retina_exam", "ht_controlled", "chronic_home_visit", SCREENING, VISITS, *PUPILS),
    *(DM, HT, ASTHMA, "health_risk_screening_coverage", CERVIX_AGES, *RATES, *RETURNS, *LOGS),
    *(*CMI, *EVERY),
)
OF_AGES = (
    *(*PUPILS, SCREENING, CERVIX, ASTHMA, DM, HT, "depression_access", "health_risk_screening_coverage"),
    *(CERVIX_AGES, *RATES),
)

# The right readings, kept before anything is replaced.
age_on, day_of, years_before = persons.age_on, persons.day_of, store.years_before
registered, diagnosed, is_thai_resident = store.registered, store.diagnosed, persons.People.is_thai_resident
is_of_ages, uc_persons = screening.is_of_ages, store.uc_persons
has_visit, right_pressure = mothers.has_visit, screening.pressure_was_measured
is_dose, pad_vaccine = children.dose_counts, codes.pad_vaccine


def last_day_is_out(self: store.Store, day: date | None) -> bool:
    return day is not None and self.start <= day < self.end


def first_day_is_out(self: store.Store, day: date | None) -> bool:
    return day is not None and self.start < day <= self.end


def age_by_year_alone(birth: date | None, day: date | None) -> int | None:
    return None if birth is None or day is None else day.year - birth.year


def upper_age_is_out(age: int | None, first: int, last: int | None = None) -> bool:
    return age is not None and age >= first and (last is None or age < last)


def a_day_older(birth: date | None, day: date | None) -> int | None:
    return age_on(birth, day + DAY if day else None)


def any_nation_lives_here(self: persons.People, person: persons.Person) -> bool:
    return person in self.homes


def registered_on_the_day_too(of: store.Store, prefixes: tuple[str, ...], before: date) -> set[persons.Person]:
    return registered(of, prefixes, before + DAY)


def known_before_the_census_day(of: store.Store, prefixes: tuple[str, ...], before: date) -> set[persons.Person]:
    return registered(of, prefixes, of.census)


def one_disease_is_asked_for(of: store.Store, prefixes: tuple[str, ...], before: date) -> set[persons.Person]:
    return registered(of, prefixes, before) if prefixes == codes.DM else set()


def only_cases_under_treatment(of: store.Store, prefixes: tuple[str, ...], before: date) -> set[persons.Person]:
    rows = [row for row in of.rows("CHRONIC") if row.value.get("TYPEDISCH") == "03"]
    return {
        of.people.find(row)
        for row in rows
        if codes.in_list(row.value["CHRONIC"], prefixes)
        and store.is_between(day_of(row, "DATE_DIAG"), date.min, before - DAY)
    }


def principal_only(of: store.Store, prefixes: tuple[str, ...], first: date, last: date) -> set[persons.Person]:
    return find_diagnosed(of, prefixes, first, last, ("DIAGNOSIS_OPD", "DIAGNOSIS_IPD"), ("1",))


def outpatients_only(of: store.Store, prefixes: tuple[str, ...], first: date, last: date) -> set[persons.Person]:
    return find_diagnosed(of, prefixes, first, last, ("DIAGNOSIS_OPD",))


def inpatients_only(of: store.Store, prefixes: tuple[str, ...], first: date, last: date) -> set[persons.Person]:
    return find_diagnosed(of, prefixes, first, last, ("DIAGNOSIS_IPD",))


def not_on_the_first_day(of: store.Store, prefixes: tuple[str, ...], first: date, last: date) -> set[persons.Person]:
    return diagnosed(of, prefixes, first + DAY, last)


def not_on_the_last_day(of: store.Store, prefixes: tuple[str, ...], first: date, last: date) -> set[persons.Person]:
    return diagnosed(of, prefixes, first, last - DAY)


def a_day_longer(of: store.Store, prefixes: tuple[str, ...], first: date, last: date) -> set[persons.Person]:
    return diagnosed(of, prefixes, first, last + DAY)


def find_diagnosed(
    of: store.Store,
    prefixes: tuple[str, ...],
    first: date,
    last: date,
    tables: tuple[str, ...],
    kinds: tuple[str, ...] | None = None,
) -> set[persons.Person]:
    columns = {"DIAGNOSIS_OPD": "DATE_SERV", "DIAGNOSIS_IPD": "DATETIME_ADMIT"}
    return of.find_all(
        row
        for table in tables
        for row in of.rows(table)
        if codes.in_list(row.value["DIAGCODE"], prefixes)
        and store.is_between(day_of(row, columns[table]), first, last)
        and (kinds is None or row.value.get("DIAGTYPE") in kinds)
    )


def stays_must_exist(of: store.Store, prefixes: tuple[str, ...], first: date, last: date) -> set[persons.Person]:
    admitted = {(row.text["HOSPCODE"], row.text["AN"]): day_of(row, "DATETIME_ADMIT") for row in of.rows("ADMISSION")}
    inside = of.find_all(
        row
        for row in of.rows("DIAGNOSIS_IPD")
        if codes.in_list(row.value["DIAGCODE"], prefixes)
        and store.is_between(admitted.get((row.text["HOSPCODE"], row.text["AN"])), first, last)
    )
    return inside | outpatients_only(of, prefixes, first, last)


def window_ends_before_the_week(weeks: set[int], first: int, last: int) -> bool:
    return has_visit(weeks, first, last - 1)


def window_starts_after_the_week(weeks: set[int], first: int, last: int) -> bool:
    return has_visit(weeks, first + 1, last)


def week_0_is_recorded(weeks: set[int], first: int, last: int) -> bool:
    return has_visit(weeks, 0 if first == 1 else first, last)


def abortions_are_births(row: Row) -> bool:
    return True


def blank_type_is_no_birth(row: Row) -> bool:
    return row.value.get("BTYPE") not in ("6", None)


def specials_do_not_count(row: Row) -> bool:
    return row.table.name == "DIAGNOSIS_OPD" and codes.in_list(row.value["DIAGCODE"], codes.CERVICAL_DIAGNOSIS)


def diagnoses_do_not_count(row: Row) -> bool:
    return row.table.name == "SPECIALPP" and codes.in_list(row.value["PPSPECIAL"], codes.CERVICAL_SPECIAL_PP)


def results_prove_nothing(row: Row) -> bool:
    if row.table.name == "SPECIALPP":
        return codes.in_list(row.value["PPSPECIAL"], ("1B004",))
    return codes.in_list(row.value["DIAGCODE"], codes.CERVICAL_DIAGNOSIS)


def principal_evidence(row: Row) -> bool:
    return (
        row.value.get("DIAGTYPE") == "1" and codes.in_list(row.value["DIAGCODE"], codes.CERVICAL_DIAGNOSIS)
    ) or diagnoses_do_not_count(row)


def ages_of_a_range(of: store.Store, person: persons.Person, ages: set[int]) -> bool:
    return is_of_ages(of, person, set(range(min(ages), max(ages) + 1)))


def the_last_age_is_out(of: store.Store, person: persons.Person, ages: set[int]) -> bool:
    return is_of_ages(of, person, ages - {max(ages)})


def men_are_asked(of: store.Store, person: persons.Person, ages: set[int]) -> bool:
    return age_on(of.people.birth(person), of.census) in ages


def residents_of_any_right(of: store.Store, age_min: int) -> store.Counted:
    homes = of.people.homes
    return [person for person in homes if store.is_aged_on_census(of, person, age_min)]


def thai_people_only(of: store.Store, age_min: int) -> store.Counted:
    return [person for person in uc_persons(of, age_min) if is_thai_resident(of.people, person)]


def one_year_less(day: date, years: int) -> date:
    return years_before(day, years - 1)


def a_day_late(day: date, years: int) -> date:
    return years_before(day, years) + DAY


def a_day_early(day: date, years: int) -> date:
    return years_before(day, years) - DAY


def leap_day_becomes_1_march(day: date, years: int) -> date:
    asked = years_before(day, years)
    return asked + DAY if (day.month, day.day) == (2, 29) and asked.day == 28 else asked


def dose_before_birth(birth: date | None, day: date | None, end: date) -> bool:
    return birth is not None and store.is_between(day, date.min, end) and (age_on(birth, day) or 0) < 2


def dose_after_the_period(birth: date | None, day: date | None, end: date) -> bool:
    return is_dose(birth, day, date.max)


def dose_on_second_birthday(birth: date | None, day: date | None, end: date) -> bool:
    return (
        birth is not None and store.is_between(day, birth, end) and (age_on(birth, day - DAY if day else None) or 0) < 2
    )


def dose_at_any_age(birth: date | None, day: date | None, end: date) -> bool:
    return birth is not None and store.is_between(day, birth, end)


def dose_from_nine_months(birth: date | None, day: date | None, end: date) -> bool:
    return birth is not None and is_dose(birth, day, end) and day is not None and (day - birth).days >= 270


def vaccines_as_written(code: object) -> object:
    return code


def level_alone_is_a_test(row: Row) -> bool:
    level = row.value.get("BSLEVEL")
    return isinstance(level, Decimal) and level > 0


def kind_alone_is_a_test(row: Row) -> bool:
    return row.value.get("BSTEST") in ("1", "2", "3", "4")


def either_pressure_will_do(row: Row) -> bool:
    sbp, dbp = row.value.get("SBP_1"), row.value.get("DBP_1")
    return (isinstance(sbp, Decimal) and sbp > 30) or (isinstance(dbp, Decimal) and dbp > 20)


def limits_of_pressure_are_in(row: Row) -> bool:
    sbp, dbp = row.value.get("SBP_1"), row.value.get("DBP_1")
    return isinstance(sbp, Decimal) and isinstance(dbp, Decimal) and sbp >= 30 and dbp >= 20


def both_in_one_row(row: Row) -> bool:
    return level_alone_is_a_test(row) and kind_alone_is_a_test(row) and right_pressure(row)


def any_smoking_answer_is_complete(row: Row) -> bool:
    return all(isinstance(row.value.get(c), Decimal) for c in ("WEIGHT", "HEIGHT", "WAIST_CM", "SBP_1", "DBP_1"))


def visits_of_any_right(row: Row) -> bool:
    return row.value.get("SERVPLACE") == "1"


def visits_anywhere(row: Row) -> bool:
    return row.value.get("INSTYPE") in codes.UC


def right_by_prefix(row: Row) -> bool:
    return str(row.value.get("INSTYPE")).startswith("0100") and row.value.get("SERVPLACE") == "1"


def only_kind_18_is_primary(organisations: Any, facility: str) -> str:
    kind = next((unit["hostype"] for unit in organisations if unit["hospcode"] == facility), "")
    return "" if kind in ("08", "04") else kind


def any_kind_is_primary(organisations: Any, facility: str) -> str:
    return next((unit["hostype"] for unit in organisations if unit["hospcode"] == facility), "") or "18"


def any_register_number(row: Row) -> bool:
    return True


def any_qualifier(row: Row) -> bool:
    return row.value.get("QUALIFIER") is not None


def problem_must_be_known(row: Row) -> bool:
    return row.value.get("QUALIFIER") in ("0", "1", "2", "3", "4")


def last_day_is_too_late(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day < last


def visits_stay_where_they_were(of: store.Store, measure: str, things: store.Counted, by: str) -> Iterator[str | None]:
    for thing in things:
        yield thing[1] if thing[0] == "facility" else of.people.homes[thing]


def unit_of_the_unit(of: store.Store, measure: str, things: store.Counted, by: str) -> Iterator[str | None]:
    for thing in things:
        unit = persons.find_unit(of.people.organisations, thing[1])
        yield persons.find_unit(of.people.organisations, unit) if unit and by == "contracting_unit" else unit


MISTAKES_OF_MEASURES = [
    *MISTAKES_OF_LOGS,
    *MISTAKES_OF_PATIENTS,
    *MISTAKES_OF_REFERRALS,
    *MISTAKES_OF_RETURNS,
    Mistake(last_day_is_out, ((store.Store, "in_period"),), IN_PERIOD),
    Mistake(first_day_is_out, ((store.Store, "in_period"),), IN_PERIOD),
    Mistake(age_by_year_alone, wherever(persons, "age_on"), OF_AGES),
    Mistake(a_day_older, wherever(persons, "age_on"), OF_AGES),
    Mistake(upper_age_is_out, wherever(store, "is_aged"), (*PUPILS, SCREENING, CERVIX)),
    Mistake(
        any_nation_lives_here,
        ((persons.People, "is_thai_resident"),),
        (
            *(*ANC, *PUPILS, SCREENING, CERVIX, "measles_vaccine_age_1", "dm_retina_exam", "ht_controlled"),
            *("disability_icf", "chronic_home_visit", "depression_access"),
        ),
    ),
    Mistake(registered_on_the_day_too, wherever(store, "registered"), (*REGISTERS, SCREENING)),
    Mistake(only_cases_under_treatment, wherever(store, "registered"), (*REGISTERS, SCREENING)),
    Mistake(known_before_the_census_day, ((screening, "registered"),), (SCREENING,)),
    Mistake(one_disease_is_asked_for, ((screening, "registered"),), (SCREENING,)),
    Mistake(principal_only, wherever(store, "diagnosed"), (ASTHMA, "depression_access")),
    Mistake(outpatients_only, wherever(store, "diagnosed"), (ASTHMA, "depression_access")),
    Mistake(inpatients_only, wherever(store, "diagnosed"), (ASTHMA, "depression_access")),
    Mistake(not_on_the_first_day, wherever(store, "diagnosed"), (ASTHMA, "depression_access")),
    Mistake(not_on_the_last_day, wherever(store, "diagnosed"), (ASTHMA, "depression_access")),
    Mistake(a_day_longer, wherever(store, "diagnosed"), (ASTHMA, "depression_access")),
    Mistake(stays_must_exist, wherever(store, "diagnosed"), (ASTHMA, "depression_access")),
    Mistake(window_ends_before_the_week, ((mothers, "has_visit"),), ANC),
    Mistake(window_starts_after_the_week, ((mothers, "has_visit"),), ANC),
    Mistake(larger_code_wins, ((mothers, "latest_then_smaller"),), ANC),
    Mistake(week_0_is_recorded, ((mothers, "has_visit"),), ("anc_first_visit_12_weeks",)),
    Mistake(abortions_are_births, ((mothers, "is_birth"),), ANC),
    Mistake(blank_type_is_no_birth, ((mothers, "is_birth"),), ANC),
    Mistake(specials_do_not_count, ((screening, "is_cervical_evidence"),), (CERVIX, CERVIX_AGES)),
    Mistake(diagnoses_do_not_count, ((screening, "is_cervical_evidence"),), (CERVIX, CERVIX_AGES)),
    Mistake(results_prove_nothing, ((screening, "is_cervical_evidence"),), (CERVIX, CERVIX_AGES)),
    Mistake(principal_evidence, ((screening, "is_cervical_evidence"),), (CERVIX, CERVIX_AGES)),
    Mistake(ages_of_a_range, ((screening, "is_of_ages"),), (CERVIX_AGES,)),
    Mistake(the_last_age_is_out, ((screening, "is_of_ages"),), (CERVIX_AGES,)),
    Mistake(men_are_asked, ((screening, "is_of_ages"),), (CERVIX_AGES,)),
    Mistake(residents_of_any_right, wherever(store, "uc_persons"), (CERVIX_AGES, *RATES)),
    Mistake(thai_people_only, wherever(store, "uc_persons"), (CERVIX_AGES, *RATES)),
    Mistake(one_year_less, wherever(store, "years_before"), (CERVIX, ASTHMA, "measles_vaccine_age_1")),
    Mistake(a_day_late, wherever(store, "years_before"), (CERVIX, ASTHMA, "measles_vaccine_age_1")),
    Mistake(a_day_early, wherever(store, "years_before"), (CERVIX, ASTHMA, "measles_vaccine_age_1")),
    Mistake(leap_day_becomes_1_march, wherever(store, "years_before"), (CERVIX, ASTHMA, "measles_vaccine_age_1")),
    Mistake(dose_before_birth, ((children, "dose_counts"),), ("measles_vaccine_age_1",)),
    Mistake(dose_after_the_period, ((children, "dose_counts"),), ("measles_vaccine_age_1",)),
    Mistake(dose_on_second_birthday, ((children, "dose_counts"),), ("measles_vaccine_age_1",)),
    Mistake(dose_at_any_age, ((children, "dose_counts"),), ("measles_vaccine_age_1",)),
    Mistake(dose_from_nine_months, ((children, "dose_counts"),), ("measles_vaccine_age_1",)),
    Mistake(vaccines_as_written, wherever(codes, "pad_vaccine"), ("measles_vaccine_age_1",)),
    Mistake(level_alone_is_a_test, ((screening, "sugar_was_tested"),), (SCREENING,)),
    Mistake(kind_alone_is_a_test, ((screening, "sugar_was_tested"),), (SCREENING,)),
    Mistake(either_pressure_will_do, ((screening, "pressure_was_measured"),), (SCREENING,)),
    Mistake(limits_of_pressure_are_in, ((screening, "pressure_was_measured"),), (SCREENING,)),
    Mistake(both_in_one_row, ((screening, "sugar_was_tested"),), (SCREENING,)),
    Mistake(any_smoking_answer_is_complete, ((screening, "is_complete"),), ("health_risk_screening_coverage",)),
    Mistake(visits_of_any_right, ((access, "is_own_uc_visit"),), (VISITS,)),
    Mistake(visits_anywhere, ((access, "is_own_uc_visit"),), (VISITS,)),
    Mistake(right_by_prefix, ((access, "is_own_uc_visit"),), (VISITS,)),
    Mistake(only_kind_18_is_primary, ((access, "find_hostype"),), (VISITS,)),
    Mistake(any_kind_is_primary, ((access, "find_hostype"),), (VISITS,)),
    Mistake(visits_stay_where_they_were, ((measures, "find_places"),), (VISITS,)),
    Mistake(unit_of_the_unit, ((measures, "find_places"),), (VISITS,)),
    Mistake(any_register_number, ((access, "is_registered_disabled"),), ("disability_icf",)),
    Mistake(any_qualifier, ((access, "is_survey"),), ("disability_icf",)),
    Mistake(problem_must_be_known, ((access, "is_survey"),), ("disability_icf",)),
    Mistake(last_day_is_too_late, ((access, "is_between"),), ("disability_icf",)),
]
