"""The product against the second opinion on random data, and the proof that this data can tell right from wrong.

The product is reached through `second_opinion.samrit_adapter`. SAMRIT_SEEDS=40 in the environment asks about 40 worlds.
"""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from second_opinion import existence, measures, reading
from second_opinion.existence import updated
from second_opinion.mistakes import MISTAKES, Mistake
from second_opinion.mistakes_of_measures import MISTAKES_OF_MEASURES
from second_opinion.worlds import (
    LEVELS,
    SEEDS,
    Answers,
    World,
    ask,
    ask_counts,
    build_world,
    differences_of_reading,
    values_of,
)

STAYS_OVER_PEOPLE = (
    *("asthma_patient_admission_rate", "dm_patient_admission_rate", "ht_patient_admission_rate"),
    *("asthma_admission_rate", "dm_short_term_admission_rate", "ht_admission_rate"),
)


@pytest.mark.parametrize("measure", measures.MEASURES)
@pytest.mark.parametrize("seed", SEEDS)
def test_product_counts_what_the_second_opinion_counts(
    seed: int,
    measure: str,
    world_of: Callable[[int], World],
    right_answers: dict[int, Answers],
    product_of: Callable[[int], Any],
) -> None:
    # All periods of a world in one call and each in its own are two ways through the product: even and odd seeds.
    periods = world_of(seed).periods
    counted = dict(product_of(seed).counts(measure, periods, LEVELS, together=seed % 2 == 0))
    assert counted == {
        (days, level): values_of(measure, right_answers[seed].counts[measure, days, level])
        for days in periods
        for level in LEVELS
    }


@pytest.mark.parametrize(
    ("measure", "params"),
    [
        ("health_risk_screening_coverage", {"age_min": "15"}),
        ("health_risk_screening_coverage", {"missing_card": "uc"}),
        ("cervical_screening_coverage", {"ages": [["36"], ["45"]]}),
        ("cervical_screening_coverage", {"missing_card": "uc"}),
        ("asthma_admission_rate", {"date_used": "admission", "missing_card": "uc"}),
        ("dm_short_term_admission_rate", {"age_min": "35"}),
        ("ht_admission_rate", {"date_used": "admission"}),
        ("dm_readmission_28_days", {"days": "27"}),
        ("ht_readmission_28_days", {"days": "0"}),
        ("cervical_screening_cumulative", {"age_min": "31", "age_max": "59", "years": "1"}),
        ("p1_oral_examination", {"age_min": "7", "age_max": "7"}),
        ("p1_sealant", {"age_min": "6", "age_max": "6"}),
        ("dm_ht_screening", {"age_min": "30", "age_max": "60"}),
        ("asthma_patient_admission_rate", {"date_used": "admission", "missing_card": "uc"}),
        ("dm_patient_admission_rate", {"age_min": "35"}),
        ("dm_patient_admission_rate", {"date_used": "admission"}),
        ("ht_patient_admission_rate", {"age_min": "60", "missing_card": "uc"}),
        ("ht_controlled", {"readings": "1"}),
        ("ht_controlled", {"readings": "3"}),
        ("chronic_home_visit", {"visits": "2"}),
        ("depression_access", {"age_min": "35", "prevalence": "0.5"}),
        ("referrals_out_of_region_heart", {"without_result": "drop"}),
        ("referrals_out_of_zone_all", {"without_result": "drop"}),
        ("data_exchange_use", {"topics": [["DX11"], ["DX02"], ["DX11"]]}),
    ],
)
def test_product_reads_parameters_alike(
    measure: str,
    params: dict[str, Any],
    world_of: Callable[[int], World],
    standing_of: Callable[[int], Any],
    right_answers: dict[int, Answers],
    product_of: Callable[[int], Any],
) -> None:
    changed = False
    for seed in SEEDS[:3]:
        world, days = world_of(seed), world_of(seed).periods[0]
        counts = dict(ask_counts(world, [measure], standing_of(seed), params))
        counted = dict(product_of(seed).counts(measure, [days], LEVELS, params, together=True))
        for level in LEVELS:
            right = values_of(measure, counts[measure, days, level], params)
            assert counted[days, level] == right, f"seed {seed}"
            changed |= right != values_of(measure, right_answers[seed].counts[measure, days, level])
    assert changed, "the parameter changes nothing on these worlds"


@pytest.mark.parametrize("seed", SEEDS)
def test_product_counts_the_months_that_passed(
    seed: int, world_of: Callable[[int], World], standing_of: Callable[[int], Any], product_of: Callable[[int], Any]
) -> None:
    # Only the shorter and longer periods of a world tell the two rules apart.
    world, measure, params = world_of(seed), "data_exchange_use", {"denominator_months": "elapsed"}
    counts = dict(ask_counts(world, [measure], standing_of(seed), params))
    counted = dict(product_of(seed).counts(measure, world.periods, LEVELS, params, together=True))
    assert counted == {
        (days, level): values_of(measure, counts[measure, days, level], params)
        for days in world.periods
        for level in LEVELS
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_product_keeps_voids_and_sets_aside_the_same_rows(
    seed: int, right_answers: dict[int, Answers], product_of: Callable[[int], Any]
) -> None:
    counts, faults = right_answers[seed].reading
    its_counts, its_faults = product_of(seed).reading()
    assert differences_of_reading(counts, faults, its_counts, its_faults) == []
    assert product_of(seed).log_faults() == right_answers[seed].log_faults


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.title for mistake in MISTAKES])
def test_wrong_reading_of_the_book_shows_on_these_seeds(
    mistake: Mistake,
    monkeypatch: pytest.MonkeyPatch,
    world_of: Callable[[int], World],
    right_answers: dict[int, Answers],
    standing_of: Callable[[int], Any],
) -> None:
    rows = standing_of if mistake.leaves_rows else lambda seed: existence.standing(world_of(seed).zips)
    make(mistake, monkeypatch)
    assert any(
        (mistake.is_of_reading and reading.reading(world_of(seed).zips) != right_answers[seed].reading)
        or any(
            counted != right_answers[seed].counts[question]
            for question, counted in ask_counts(world_of(seed), rows=rows(seed))
        )
        for seed in SEEDS
    )


@pytest.mark.parametrize("mistake", MISTAKES_OF_MEASURES, ids=[mistake.title for mistake in MISTAKES_OF_MEASURES])
def test_wrong_reading_of_a_measure_shows_in_it(
    mistake: Mistake,
    monkeypatch: pytest.MonkeyPatch,
    world_of: Callable[[int], World],
    right_answers: dict[int, Answers],
    standing_of: Callable[[int], Any],
) -> None:
    make(mistake, monkeypatch)
    unseen = set(mistake.measures)
    for seed in SEEDS:
        if not unseen:
            break
        for question, counted in ask_counts(world_of(seed), tuple(unseen), standing_of(seed)):
            if counted != right_answers[seed].counts[question]:
                unseen.discard(question[0])
    assert unseen == set()


def make(mistake: Mistake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the wrong function at its places."""
    for owner, name in mistake.places:
        monkeypatch.setattr(owner, name, mistake.wrong)


def test_counts_are_neither_nothing_nor_all(right_answers: dict[int, Answers]) -> None:
    # Over the seeds every measure must have many in B and, for people, some in A and some not.
    for measure in measures.MEASURES:
        parts = [
            pair
            for answers in right_answers.values()
            for (counted, _, _), organisations in answers.counts.items()
            if counted == measure
            for pair in organisations.values()
        ]
        a, b = sum(pair[0] for pair in parts), sum(pair[1] for pair in parts)
        assert a > 50, measure
        assert b > 50, measure
        ratios = (*STAYS_OVER_PEOPLE, "op_primary_to_hospital_ratio", "case_mix_index")
        assert measure in ratios or a < 0.8 * float(b), measure


def test_order_of_the_zips_given_does_not_matter(
    world_of: Callable[[int], World], right_answers: dict[int, Answers]
) -> None:
    world = world_of(0)
    assert ask(dataclasses.replace(world, zips=world.zips[::-1])) == right_answers[0]


def test_same_seed_makes_the_same_bytes(tmp_path: Path, world_of: Callable[[int], World]) -> None:
    first, second = world_of(1), build_world(1, tmp_path)
    assert first.organisations == second.organisations
    one, other = ([(path.name, path.read_bytes()) for path in world.zips] for world in (first, second))
    assert one == other


@pytest.mark.parametrize("seed", SEEDS)
def test_no_tie_is_left_that_the_book_does_not_settle(seed: int, standing_of: Callable[[int], Any]) -> None:
    # Two deliveries or pressures of one place on one day can stand under two writings of the day: no rule decides.
    tables = standing_of(seed)
    for table, columns in {"LABOR": ("BDATE", "GRAVIDA"), "CHRONICFU": ("DATE_SERV",)}.items():
        rows = tables[table].values()
        seen = [
            (row.text["HOSPCODE"], row.text["PID"], *(str(row.value[column])[:10] for column in columns), updated(row))
            for row in rows
            if all(row.value[column] is not None for column in columns)
        ]
        assert len(seen) == len(set(seen)), table
