"""Four measures of the definition book, counted slowly: P2, 1.2, 2.3 and 2.6 (S5.4, S6 to S8, S10)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from second_opinion.existence import standing, updated
from second_opinion.persons import UC, People, Person, age_on, day_of, latest_then_smaller, link_persons
from second_opinion.reading import Row

# Code prefixes of the lists dm, dm_short_term and ht of the definition book (codelists/*.csv).
DM = ("E10", "E11", "E12", "E13", "E14")
DM_SHORT_TERM = ("E100", "E101", "E110", "E111", "E120", "E121", "E130", "E131", "E140", "E141")
HT = ("I10", "I11", "I12", "I13", "I15")

Params = Mapping[str, str]
Counted = list[Person]


@dataclass(frozen=True)
class Store:
    """What a measure counts on: standing rows, people, the closed period and the census day."""

    tables: dict[str, dict[tuple[str, ...], Row]]
    people: People
    start: date
    end: date
    census: date

    def rows(self, table: str) -> list[Row]:
        """The standing rows of a table."""
        return list(self.tables.get(table, {}).values())

    def in_period(self, day: date | None) -> bool:
        """S6.1: both ends count, null is outside."""
        return day is not None and self.start <= day <= self.end


def in_list(code: object, prefixes: tuple[str, ...]) -> bool:
    """S7.1: the normalised code starts with one of the prefixes."""
    return isinstance(code, str) and normalise(code).startswith(prefixes)


def normalise(code: str) -> str:
    """S7.1: upper case, A-Z and 0-9 only."""
    return "".join(sign for sign in code.upper() if sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def is_at_least(age: int | None, limit: int) -> bool:
    """S6.2: no age satisfies nothing."""
    return age is not None and age >= limit


def is_registered(store: Store, prefixes: tuple[str, ...]) -> set[Person]:
    """Part 3: persons with a CHRONIC row in the list, diagnosed before the census day, at any facility."""
    registered = set()
    for row in store.rows("CHRONIC"):
        diagnosed = day_of(row, "DATE_DIAG")
        if in_list(row.value["CHRONIC"], prefixes) and diagnosed is not None and diagnosed < store.census:
            registered.add(store.people.find(row))
    return registered


def uc_persons(store: Store, age_min: int) -> Counted:
    """S3.5, S6.2: UC persons of at least this age on the census day."""
    people = store.people
    return [
        person
        for person in people.winners
        if people.is_uc(person) and is_at_least(age_on(people.birth(person), store.census), age_min)
    ]


def is_complete(row: Row) -> bool:
    """P2: smoking and alcohol answered, five measures above zero, all in one row."""
    answered = all(row.value.get(column) in ("1", "2", "3", "4") for column in ("SMOKE", "ALCOHOL"))
    measured = (row.value.get(column) for column in ("WEIGHT", "HEIGHT", "WAIST_CM", "SBP_1", "DBP_1"))
    return answered and all(isinstance(number, Decimal) and number > 0 for number in measured)


def count_risk_screening(store: Store, params: Params) -> tuple[Counted, Counted]:
    """P2: UC persons of 35 and over with one complete screening in the period."""
    b = uc_persons(store, int(params.get("age_min", 35)))
    screened = {
        store.people.find(row)
        for row in store.rows("NCDSCREEN")
        if is_complete(row) and store.in_period(day_of(row, "DATE_SERV"))
    }
    return [person for person in b if person in screened], b


def count_anc_first_visit(store: Store, params: Params) -> tuple[Counted, Counted]:
    """1.2: pregnancies (1.1) delivered in the period, with a visit in weeks 1-12. One entry per pregnancy."""
    people = store.people
    deliveries: dict[tuple[Person, object], list[Row]] = {}
    for row in store.rows("LABOR"):
        if row.value["GRAVIDA"] is not None:
            deliveries.setdefault((people.find(row), row.value["GRAVIDA"]), []).append(row)
    weeks: dict[tuple[Person, object], set[int]] = {}
    for row in store.rows("ANC"):
        ga, gravida = row.value.get("GA"), row.value.get("GRAVIDA")
        if isinstance(ga, int) and gravida is not None:
            weeks.setdefault((people.find(row), gravida), set()).add(ga)
    a, b = [], []
    for pregnancy, rows in deliveries.items():
        stands = latest_then_smaller(rows, "HOSPCODE", "PID", "BDATE")
        if stands is None or not store.in_period(day_of(stands, "BDATE")) or stands.value.get("BTYPE") == "6":
            continue
        if people.is_thai_resident(pregnancy[0]):
            b.append(pregnancy[0])
            if any(1 <= ga <= 12 for ga in weeks.get(pregnancy, ())):
                a.append(pregnancy[0])
    return a, b


def find_principal(store: Store) -> dict[tuple[str, str], str]:
    """S8.2: (HOSPCODE, AN) -> normalised principal diagnosis: latest D_UPDATE, tie -> smaller normalised code."""
    rows_of: dict[tuple[str, str], list[Row]] = {}
    for row in store.rows("DIAGNOSIS_IPD"):
        if row.value.get("DIAGTYPE") == "1":
            rows_of.setdefault((row.text["HOSPCODE"], row.text["AN"]), []).append(row)
    principal = {}
    for stay, rows in rows_of.items():
        newest = max(updated(row) for row in rows)
        principal[stay] = min(normalise(row.text["DIAGCODE"]) for row in rows if updated(row) == newest)
    return principal


def count_dm_admissions(store: Store, params: Params) -> tuple[Counted, Counted]:
    """2.3: A = UC admissions for short-term complications (P5), one entry each; B = UC persons on the dm register."""
    people, age_min = store.people, int(params.get("age_min", 15))
    principal = find_principal(store)
    a = []
    for row in store.rows("ADMISSION"):
        person = people.find(row)
        admitted, discharged = day_of(row, "DATETIME_ADMIT"), day_of(row, "DATETIME_DISCH")
        if admitted is not None and discharged is not None and discharged < admitted:
            discharged = None  # S8.1: the stay has not ended
        used = admitted if params.get("date_used", "discharge") == "admission" else discharged
        if (
            person in people.homes
            and row.value.get("INSTYPE") in UC
            and in_list(principal.get((row.text["HOSPCODE"], row.text["AN"])), DM_SHORT_TERM)
            and store.in_period(used)
            and is_at_least(age_on(people.birth(person), admitted), age_min)
        ):
            a.append(person)
    registered = is_registered(store, DM)
    return a, [person for person in uc_persons(store, age_min) if person in registered]


def read_pressure(row: Row) -> tuple[Decimal, Decimal] | None:
    """2.6: (systolic, diastolic) of a plausible reading, else None."""
    sbp, dbp = row.value.get("SBP"), row.value.get("DBP")
    if not isinstance(sbp, Decimal) or not isinstance(dbp, Decimal):
        return None
    return (sbp, dbp) if 50 <= sbp <= 300 and 20 <= dbp <= 200 and dbp < sbp else None


def count_ht_controlled(store: Store, params: Params) -> tuple[Counted, Counted]:
    """2.6: Thai residents on the ht register; A = the last days with a reading are all below 140/90."""
    readings = int(params.get("readings", 2))
    people, registered = store.people, is_registered(store, HT)
    b = [person for person in people.winners if people.is_thai_resident(person) and person in registered]
    days: dict[Person, dict[date, list[Row]]] = {}
    for row in store.rows("CHRONICFU"):
        day = day_of(row, "DATE_SERV")
        if day is not None and store.in_period(day) and read_pressure(row) is not None:
            days.setdefault(people.find(row), {}).setdefault(day, []).append(row)
    a = []
    for person in b:
        own = days.get(person, {})
        last = [latest_then_smaller(own[day], "HOSPCODE", "PID") for day in sorted(own, reverse=True)[:readings]]
        pressures = [pressure for row in last if row is not None and (pressure := read_pressure(row)) is not None]
        if len(pressures) == readings and all(sbp < 140 and dbp < 90 for sbp, dbp in pressures):
            a.append(person)
    return a, b


MEASURES: dict[str, Callable[[Store, Params], tuple[Counted, Counted]]] = {
    "health_risk_screening_coverage": count_risk_screening,
    "anc_first_visit_12_weeks": count_anc_first_visit,
    "dm_patient_admission_rate": count_dm_admissions,
    "ht_controlled": count_ht_controlled,
}
MULTIPLIERS = dict.fromkeys(MEASURES, 100)  # each entry of the four says x100


def count(
    zips: Sequence[Path],
    organisations: Sequence[dict[str, str]],
    measure: str,
    start: date,
    end: date,
    census: date,
    params: Params | None = None,
    by: str = "facility",
) -> dict[str, tuple[int, int]]:
    """Organisation -> (A, B). Counted at home (S5.4); `by` is facility or contracting_unit (S5.3, person by person).

    organisations: rows with hospcode, hostype, cup, district_code ... as text, empty where unknown. Organisations
    with neither A nor B are absent; who has no contracting unit is in no unit's figures.
    """
    return count_standing(standing(zips), organisations, measure, start, end, census, params, by)


def count_standing(
    tables: dict[str, dict[tuple[str, ...], Row]],
    organisations: Sequence[dict[str, str]],
    measure: str,
    start: date,
    end: date,
    census: date,
    params: Params | None = None,
    by: str = "facility",
) -> dict[str, tuple[int, int]]:
    """As `count`, from rows that stand already."""
    params = params or {}
    people = link_persons(
        tables.get("PERSON", {}).values(),
        tables.get("CARD", {}).values(),
        organisations,
        census,
        params.get("missing_card", "not_uc"),
    )
    a, b = MEASURES[measure](Store(tables, people, start, end, census), params)
    totals: dict[str, tuple[int, int]] = {}
    for part, persons in enumerate((a, b)):
        for person in persons:
            place = people.unit(person) if by == "contracting_unit" else people.homes[person]
            if place is not None:
                so_far = totals.get(place, (0, 0))
                totals[place] = (so_far[0] + 1, so_far[1]) if part == 0 else (so_far[0], so_far[1] + 1)
    return totals
