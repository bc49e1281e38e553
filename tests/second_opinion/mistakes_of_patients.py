"""Wrong readings of what is found in a stay (P4 to P6, 2.2 to 2.4) and in chronic patients (2.5, 2.6, 4.5)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from second_opinion import admissions, chronic, codes, persons, store
from second_opinion.mistakes import Mistake, as_if_all_were_updated_at_once, larger_code_wins
from second_opinion.reading import Row

DAY = timedelta(days=1)
DM, HT, ASTHMA = "dm_patient_admission_rate", "ht_patient_admission_rate", "asthma_patient_admission_rate"

RATES = ("asthma_admission_rate", "dm_short_term_admission_rate", "ht_admission_rate")
OF_HT = (HT, "ht_admission_rate")

# The right readings, kept before anything is replaced.
day_of = persons.day_of
is_ht, choose_principal = admissions.is_ht, admissions.choose_principal
find_admissions = admissions.find_admissions
make_parts = admissions.Diagnoses


def injury_does_not_matter(stay: admissions.Diagnoses) -> bool:
    return is_ht(make_parts(stay.principal, stay.comorbidities, ()))


def injury_as_comorbidity_only(stay: admissions.Diagnoses) -> bool:
    return is_ht(make_parts(stay.principal, stay.comorbidities, stay.comorbidities))


def injury_takes_the_retina_too(stay: admissions.Diagnoses) -> bool:
    injured = any(codes.in_list(code, codes.INJURY) for code in stay.all)
    return is_ht(stay) and not (codes.in_list(stay.principal, codes.HT_RETINA) and injured)


def stroke_alone_is_ht(stay: admissions.Diagnoses) -> bool:
    return is_ht(stay) or codes.in_list(stay.principal, codes.HT_STROKE)


def retina_alone_is_ht(stay: admissions.Diagnoses) -> bool:
    return is_ht(stay) or codes.in_list(stay.principal, codes.HT_RETINA)


def any_other_type_is_comorbidity(stay: admissions.Diagnoses) -> bool:
    return is_ht(make_parts(stay.principal, stay.all, stay.all))


def principal_ht_only(stay: admissions.Diagnoses) -> bool:
    return codes.in_list(stay.principal, codes.HT_PRINCIPAL)


def encephalopathy_is_none(stay: admissions.Diagnoses) -> bool:
    return is_ht(stay) and not codes.in_list(stay.principal, ("I674",))


def larger_principal_wins(rows: list[Row]) -> str | None:
    found = [codes.normalise(row.text["DIAGCODE"]) for row in rows if row.value.get("DIAGTYPE") == "1"]
    return max(found, default=None)


def any_type_is_principal(rows: list[Row]) -> str | None:
    return choose_principal(rows) or min((codes.normalise(row.text["DIAGCODE"]) for row in rows), default=None)


def eight_and_nine_are_examinations(row: Row) -> bool:
    return row.value.get("RETINA") is not None


def normal_retina_only(row: Row) -> bool:
    return row.value.get("RETINA") == "1"


def any_pressure_is_plausible(row: Row) -> Any:
    sbp, dbp = row.value.get("SBP"), row.value.get("DBP")
    return None if sbp is None or dbp is None else (sbp, dbp)


def treated_whenever_found(row: Row, census: date) -> bool:
    return row.value.get("TYPEDISCH") == "03"


def treated_on_the_day_too(row: Row, census: date) -> bool:
    return store.is_between(day_of(row, "DATE_DIAG"), date.min, census) and row.value.get("TYPEDISCH") == "03"


def left_patients_too(row: Row, census: date) -> bool:
    return store.is_between(day_of(row, "DATE_DIAG"), date.min, census - DAY)


Asked = Callable[[admissions.Diagnoses], bool]


def change_stays(of: store.Store, change: Callable[[Row], Row]) -> store.Store:
    """The store with other rows of ADMISSION."""
    rows = {key: change(row) for key, row in of.tables.get("ADMISSION", {}).items()}
    return replace(of, tables={**of.tables, "ADMISSION": rows})


def the_patient_must_be_uc(of: store.Store, params: store.Params, group: Asked) -> store.Counted:
    return [person for person in find_admissions(of, params, group) if of.people.is_uc(person)]


def a_stay_of_any_right(of: store.Store, params: store.Params, group: Asked) -> store.Counted:
    return find_admissions(
        change_stays(of, lambda row: replace(row, value={**row.value, "INSTYPE": "0100"})), params, group
    )


def the_day_of_admission_decides(of: store.Store, params: store.Params, group: Asked) -> store.Counted:
    return find_admissions(of, {**params, "date_used": "admission"}, group)


def aged_on_the_census_day(of: store.Store, params: store.Params, group: Asked) -> store.Counted:
    age_min = int(params.get("age_min", 15))
    stays = find_admissions(of, {**params, "age_min": "0"}, group)
    return [person for person in stays if store.is_aged_on_census(of, person, age_min)]


def a_patient_counts_once(of: store.Store, params: store.Params, group: Asked) -> store.Counted:
    return list(dict.fromkeys(find_admissions(of, params, group)))


MISTAKES_OF_PATIENTS = [
    *(
        Mistake(wrong, ((admissions, "find_admissions"),), (DM, HT, ASTHMA, *RATES))
        for wrong in (
            *(the_patient_must_be_uc, a_stay_of_any_right, the_day_of_admission_decides, aged_on_the_census_day),
            a_patient_counts_once,
        )
    ),
    Mistake(larger_code_wins, ((chronic, "latest_then_smaller"),), ("ht_controlled",)),
    Mistake(injury_does_not_matter, ((admissions, "is_ht"),), OF_HT),
    Mistake(injury_as_comorbidity_only, ((admissions, "is_ht"),), OF_HT),
    Mistake(injury_takes_the_retina_too, ((admissions, "is_ht"),), OF_HT),
    Mistake(stroke_alone_is_ht, ((admissions, "is_ht"),), OF_HT),
    Mistake(retina_alone_is_ht, ((admissions, "is_ht"),), OF_HT),
    Mistake(any_other_type_is_comorbidity, ((admissions, "is_ht"),), OF_HT),
    Mistake(principal_ht_only, ((admissions, "is_ht"),), OF_HT),
    Mistake(encephalopathy_is_none, ((admissions, "is_ht"),), OF_HT),
    Mistake(larger_principal_wins, ((admissions, "choose_principal"),), (DM, HT, ASTHMA, *RATES)),
    Mistake(as_if_all_were_updated_at_once, ((admissions, "updated"),), (DM, HT, ASTHMA, *RATES)),
    Mistake(any_type_is_principal, ((admissions, "choose_principal"),), (DM, HT, ASTHMA, *RATES)),
    Mistake(eight_and_nine_are_examinations, ((chronic, "retina_was_examined"),), ("dm_retina_exam",)),
    Mistake(normal_retina_only, ((chronic, "retina_was_examined"),), ("dm_retina_exam",)),
    Mistake(any_pressure_is_plausible, ((chronic, "read_pressure"),), ("ht_controlled",)),
    Mistake(treated_whenever_found, ((chronic, "is_still_treated"),), ("chronic_home_visit",)),
    Mistake(treated_on_the_day_too, ((chronic, "is_still_treated"),), ("chronic_home_visit",)),
    Mistake(left_patients_too, ((chronic, "is_still_treated"),), ("chronic_home_visit",)),
]
