"""Admissions of a disease against the UC population (P4 to P6) or its UC patients (2.2 to 2.4), both at home."""

from collections.abc import Callable
from dataclasses import dataclass

from second_opinion.codes import (
    ASTHMA,
    DM,
    DM_SHORT_TERM,
    HT,
    HT_PRINCIPAL,
    HT_RETINA,
    HT_STROKE,
    INJURY,
    UC,
    in_list,
    normalise,
)
from second_opinion.existence import updated
from second_opinion.persons import age_on, day_of
from second_opinion.reading import Row
from second_opinion.store import (
    DAY,
    Counted,
    Params,
    Store,
    diagnosed,
    is_aged,
    registered,
    share,
    uc_persons,
    years_before,
)


@dataclass(frozen=True)
class Diagnoses:
    """What was found in one stay: principal as S8.2 (None when there is none), comorbidities, and codes of any type."""

    principal: str | None = None
    comorbidities: tuple[str, ...] = ()
    all: tuple[str, ...] = ()


def choose_principal(rows: list[Row]) -> str | None:
    """S8.2: of the DIAGTYPE 1 rows the latest D_UPDATE, tie -> smaller normalised code."""
    principal = [row for row in rows if row.value.get("DIAGTYPE") == "1"]
    if not principal:
        return None
    newest = max(updated(row) for row in principal)
    return min(normalise(row.text["DIAGCODE"]) for row in principal if updated(row) == newest)


def find_diagnoses(store: Store) -> dict[tuple[str, str], Diagnoses]:
    """S8.2: (HOSPCODE, AN) -> diagnoses; PID and DATETIME_ADMIT are not compared."""
    rows_of: dict[tuple[str, str], list[Row]] = {}
    for row in store.rows("DIAGNOSIS_IPD"):
        rows_of.setdefault((row.text["HOSPCODE"], row.text["AN"]), []).append(row)
    return {
        stay: Diagnoses(
            choose_principal(rows),
            tuple(row.text["DIAGCODE"] for row in rows if row.value.get("DIAGTYPE") == "2"),
            tuple(row.text["DIAGCODE"] for row in rows),
        )
        for stay, rows in rows_of.items()
    }


def is_asthma(stay: Diagnoses) -> bool:
    """S8.3."""
    return in_list(stay.principal, ASTHMA)


def is_dm_short_term(stay: Diagnoses) -> bool:
    """S8.3."""
    return in_list(stay.principal, DM_SHORT_TERM)


def is_dm(stay: Diagnoses) -> bool:
    """S8.3."""
    return in_list(stay.principal, DM)


def is_ht(stay: Diagnoses) -> bool:
    """S8.3: hypertension itself; a stroke with it and no injury of any type; the retina with it."""
    with_ht = any(in_list(code, HT_PRINCIPAL) for code in stay.comorbidities)
    injured = any(in_list(code, INJURY) for code in stay.all)
    return (
        in_list(stay.principal, HT_PRINCIPAL)
        or (in_list(stay.principal, HT_STROKE) and with_ht and not injured)
        or (in_list(stay.principal, HT_RETINA) and with_ht)
    )


def find_admissions(store: Store, params: Params, is_in_group: Callable[[Diagnoses], bool]) -> Counted:
    """P4: UC stays of the group discharged in the period, aged 15 on the day of admission, of people with a home."""
    people, age_min = store.people, int(params.get("age_min", 15))
    diagnoses = find_diagnoses(store)
    found = []
    for row in store.rows("ADMISSION"):
        person = people.find(row)
        admitted, discharged = day_of(row, "DATETIME_ADMIT"), day_of(row, "DATETIME_DISCH")
        if admitted is not None and discharged is not None and discharged < admitted:
            discharged = None  # S8.1: the stay has not ended
        used = admitted if params.get("date_used", "discharge") == "admission" else discharged
        if (
            person in people.homes
            and row.value.get("INSTYPE") in UC
            and is_in_group(diagnoses.get((row.text["HOSPCODE"], row.text["AN"]), Diagnoses()))
            and store.in_period(used)
            and is_aged(age_on(people.birth(person), admitted), age_min)
        ):
            found.append(person)
    return found


def count_asthma_admissions(store: Store, params: Params) -> tuple[Counted, Counted]:
    """2.2: patients are registered, or were diagnosed from one year before the census day to the day before it."""
    last_year = diagnosed(store, ASTHMA, years_before(store.census, 1), store.census - DAY)
    patients = registered(store, ASTHMA, store.census) | last_year
    b, _ = share(uc_persons(store, int(params.get("age_min", 15))), patients)
    return find_admissions(store, params, is_asthma), b


def count_dm_admissions(store: Store, params: Params) -> tuple[Counted, Counted]:
    """2.3: patients are registered."""
    b, _ = share(uc_persons(store, int(params.get("age_min", 15))), registered(store, DM, store.census))
    return find_admissions(store, params, is_dm_short_term), b


def count_ht_admissions(store: Store, params: Params) -> tuple[Counted, Counted]:
    """2.4: patients are registered; I67.4 is no register code."""
    b, _ = share(uc_persons(store, int(params.get("age_min", 15))), registered(store, HT, store.census))
    return find_admissions(store, params, is_ht), b


def count_asthma_rate(store: Store, params: Params) -> tuple[Counted, Counted]:
    """P4: stays against the UC population of the age."""
    return find_admissions(store, params, is_asthma), uc_persons(store, int(params.get("age_min", 15)))


def count_dm_short_term_rate(store: Store, params: Params) -> tuple[Counted, Counted]:
    """P5."""
    return find_admissions(store, params, is_dm_short_term), uc_persons(store, int(params.get("age_min", 15)))


def count_ht_rate(store: Store, params: Params) -> tuple[Counted, Counted]:
    """P6."""
    return find_admissions(store, params, is_ht), uc_persons(store, int(params.get("age_min", 15)))
