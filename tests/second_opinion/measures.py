"""The measures of the definition book, counted slowly: all computed ones of Part 2 and Part 3 (S5.4, S10)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from second_opinion.access import count_depression, count_icf_surveys, count_outpatient_visits
from second_opinion.admissions import (
    count_asthma_admissions,
    count_asthma_rate,
    count_dm_admissions,
    count_dm_short_term_rate,
    count_ht_admissions,
    count_ht_rate,
)
from second_opinion.case_mix import count_case_mix
from second_opinion.children import count_measles_vaccine, count_oral_examination, count_sealant
from second_opinion.chronic import count_home_visits, count_ht_controlled, count_retina_exams
from second_opinion.exchange_logs import Call, Log, count_exchange_uses, count_identity_reads, read_logs
from second_opinion.existence import Key, standing
from second_opinion.mothers import count_first_visit, count_five_visits
from second_opinion.persons import find_unit, link_persons
from second_opinion.reading import Row
from second_opinion.readmissions import count_dm_readmissions, count_ht_readmissions
from second_opinion.referrals import OUT_OF_REGION, OUT_OF_ZONE
from second_opinion.screening import (
    count_cervical_coverage,
    count_cervical_screening,
    count_dm_ht_screening,
    count_risk_screening,
)
from second_opinion.store import Counted, Params, Store

Tables = Mapping[str, Mapping[Key, Row]]
Organisations = Sequence[dict[str, str]]
Totals = dict[str, tuple[Decimal | int, Decimal | int]]


@dataclass(frozen=True)
class Around:
    """What is given beside the zips: lines of logs, zones of disease groups, pairs of hospitals that agreed."""

    calls: Sequence[Call] = ()
    zones: Sequence[Mapping[str, str]] = ()
    agreements: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Measure:
    """One entry of the book: who counts as (A, B), where (home | treating | contracting, S5.4), times what."""

    count: Callable[[Store, Params], tuple[Counted, Counted]]
    multiplier: int = 100
    counted_at: str = "home"


MEASURES: dict[str, Measure] = {
    "health_risk_screening_coverage": Measure(count_risk_screening),
    "cervical_screening_coverage": Measure(count_cervical_coverage),
    "asthma_admission_rate": Measure(count_asthma_rate, multiplier=100_000),
    "dm_short_term_admission_rate": Measure(count_dm_short_term_rate, multiplier=100_000),
    "ht_admission_rate": Measure(count_ht_rate, multiplier=100_000),
    "dm_readmission_28_days": Measure(count_dm_readmissions, multiplier=1000, counted_at="treating"),
    "ht_readmission_28_days": Measure(count_ht_readmissions, multiplier=1000, counted_at="treating"),
    "anc_five_visits": Measure(count_five_visits),
    "anc_first_visit_12_weeks": Measure(count_first_visit),
    "cervical_screening_cumulative": Measure(count_cervical_screening),
    "measles_vaccine_age_1": Measure(count_measles_vaccine),
    "p1_oral_examination": Measure(count_oral_examination),
    "dm_ht_screening": Measure(count_dm_ht_screening),
    "op_primary_to_hospital_ratio": Measure(count_outpatient_visits, multiplier=1, counted_at="contracting"),
    "asthma_patient_admission_rate": Measure(count_asthma_admissions),
    "dm_patient_admission_rate": Measure(count_dm_admissions),
    "ht_patient_admission_rate": Measure(count_ht_admissions),
    "dm_retina_exam": Measure(count_retina_exams),
    "ht_controlled": Measure(count_ht_controlled),
    "disability_icf": Measure(count_icf_surveys),
    "p1_sealant": Measure(count_sealant),
    "chronic_home_visit": Measure(count_home_visits),
    "depression_access": Measure(count_depression),
    "data_exchange_use": Measure(count_exchange_uses, counted_at="treating"),
    "smart_health_id_use": Measure(count_identity_reads, counted_at="treating"),
    "case_mix_index": Measure(count_case_mix, multiplier=1, counted_at="treating"),
    **{
        f"referrals_out_of_{area}_{group}": Measure(count_group, counted_at="treating")
        for area, groups in (("region", OUT_OF_REGION), ("zone", OUT_OF_ZONE))
        for group, count_group in groups.items()
    },
}


def find_value(measure: str, a: Decimal | int, b: Decimal | int, params: Params | None = None) -> Decimal | None:
    """S10: A x multiplier / B, half up to four decimals; None without B. 4.6 expects B x prevalence patients."""
    expected = Decimal(b)
    if measure == "depression_access":
        expected *= Decimal((params or {}).get("prevalence", "0.027"))
    if expected == 0:
        return None
    return (a * MEASURES[measure].multiplier / expected).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def make_store(
    tables: Tables,
    organisations: Organisations,
    start: date,
    end: date,
    census: date,
    params: Params,
    around: Around = Around(),
) -> Store:
    """The store of a period out of rows that stand."""
    people = link_persons(
        tables.get("PERSON", {}).values(),
        tables.get("CARD", {}).values(),
        organisations,
        census,
        params.get("missing_card", "not_uc"),
    )
    return Store(tables, people, start, end, census, around.calls, around.zones, around.agreements)


def find_places(store: Store, measure: str, things: Counted, by: str) -> Iterator[str | None]:
    """S5.4: where each thing counts. `by` is facility or contracting_unit (S5.3, person by person).

    What is counted at the contracting unit of its facility is there at both levels (2.1); what is counted where it was
    treated rolls up to the unit of that facility (R5, R6).
    """
    counted_at = MEASURES[measure].counted_at
    for thing in things:
        if counted_at == "contracting" or (counted_at == "treating" and by == "contracting_unit"):
            yield find_unit(store.people.organisations, thing[1])
        elif counted_at == "treating":
            yield thing[1]
        elif by == "contracting_unit":
            yield store.people.unit(thing)
        else:
            yield store.people.homes[thing]


def weigh(thing: Sequence[str]) -> Decimal | int:
    """A thing counts one, or the weight behind its facility (066)."""
    return Decimal(thing[2]) if thing[0] == "facility" and len(thing) > 2 else 1


def total(store: Store, measure: str, parts: tuple[Counted, Counted], by: str) -> Totals:
    """Organisation -> (A, B). Organisations with neither are absent; who has no place is in no figure."""
    totals: Totals = {}
    for part, things in enumerate(parts):
        for thing, place in zip(things, find_places(store, measure, things, by), strict=True):
            if place is not None:
                a, b = totals.get(place, (0, 0))
                more = weigh(thing)
                totals[place] = (a + more, b) if part == 0 else (a, b + more)
    return totals


def count(
    zips: Sequence[Path],
    organisations: Organisations,
    measure: str,
    start: date,
    end: date,
    census: date,
    params: Params | None = None,
    by: str = "facility",
    logs: Sequence[Log] = (),
    around: Around = Around(),
) -> Totals:
    """Organisation -> (A, B).

    organisations: rows with hospcode, hostype, cup, district_code ... as text, empty where unknown.
    """
    around = replace(around, calls=read_logs(logs)[0])
    store = make_store(standing(zips), organisations, start, end, census, params or {}, around)
    return total(store, measure, MEASURES[measure].count(store, params or {}), by)
