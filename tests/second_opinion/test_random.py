"""The product against the second opinion on random data, and the proof that this data can tell right from wrong.

The product is reached through `second_opinion.samrit_adapter`: `product_count(...)` as `measures.count` and
`product_reading(zips)` as `reading.reading`. One world is asked many times: an adapter may remember it by its zips.
"""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from second_opinion import existence, measures, reading
from second_opinion.existence import updated
from second_opinion.mistakes import MISTAKES
from second_opinion.worlds import LEVELS, SEEDS, Answers, World, ask, build_world


@pytest.mark.parametrize("measure", measures.MEASURES)
@pytest.mark.parametrize("seed", SEEDS)
def test_product_counts_what_the_second_opinion_counts(
    seed: int, measure: str, world_of: Callable[[int], World], right_answers: dict[int, Answers]
) -> None:
    product = pytest.importorskip("second_opinion.samrit_adapter")
    world = world_of(seed)
    for days in world.periods:
        for level in LEVELS:
            expected = right_answers[seed].counts[measure, days, level]
            counted = product.product_count(world.zips, world.organisations, measure, *days, by=level)
            assert counted == expected, f"{days} by {level}"


@pytest.mark.parametrize(
    ("measure", "params"),
    [
        ("health_risk_screening_coverage", {"age_min": "15"}),
        ("health_risk_screening_coverage", {"missing_card": "uc"}),
        ("dm_patient_admission_rate", {"age_min": "35"}),
        ("dm_patient_admission_rate", {"date_used": "admission"}),
        ("ht_controlled", {"readings": "1"}),
        ("ht_controlled", {"readings": "3"}),
    ],
)
def test_product_reads_parameters_alike(measure: str, params: dict[str, str], world_of: Callable[[int], World]) -> None:
    product = pytest.importorskip("second_opinion.samrit_adapter")
    for seed in SEEDS[:3]:
        world = world_of(seed)
        asked = (world.zips, world.organisations, measure, *world.periods[0], params)
        assert product.product_count(*asked) == measures.count(*asked), f"seed {seed}"


@pytest.mark.parametrize("seed", SEEDS)
def test_product_keeps_voids_and_sets_aside_the_same_rows(
    seed: int, world_of: Callable[[int], World], right_answers: dict[int, Answers]
) -> None:
    product = pytest.importorskip("second_opinion.samrit_adapter")
    world = world_of(seed)
    counts, faults = right_answers[seed].reading
    its_counts, its_faults = product.product_reading(world.zips)
    assert {(name.upper(), table): its for (name, table), its in its_counts.items() if any(its)} == counts
    theirs = [(name.upper(), *rest) for name, *rest in its_faults]
    # A cell is voided or not: these must agree one by one.
    assert sorted(fault for fault in theirs if fault[4] in reading.VOIDED) == [
        fault for fault in faults if fault[4] in reading.VOIDED
    ]
    # A row aside may have several reasons: the product must give one or more of them, and no other.
    reasons = {plain(fault) for fault in faults if fault[4] in reading.ASIDE}
    given = {plain(fault) for fault in theirs if fault[4] in reading.ASIDE}
    assert given <= reasons
    assert {reason[:3] for reason in given} == {reason[:3] for reason in reasons}


def plain(fault: reading.Fault) -> reading.Fault:
    """A blank PID is one reason, in the key or not."""
    return (*fault[:4], "key_blank") if fault[4] == "pid_blank" else fault


@pytest.mark.parametrize(
    ("mistake", "places"), MISTAKES, ids=[f"{mistake.__name__}-{places[0][1]}" for mistake, places in MISTAKES]
)
def test_wrong_reading_of_the_book_shows_on_these_seeds(
    mistake: Callable[..., Any],
    places: list[tuple[Any, str]],
    monkeypatch: pytest.MonkeyPatch,
    world_of: Callable[[int], World],
    right_answers: dict[int, Answers],
) -> None:
    for owner, name in places:
        monkeypatch.setattr(owner, name, mistake)
    assert any(ask(world_of(seed)) != right_answers[seed] for seed in SEEDS)


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
        assert measure == "dm_patient_admission_rate" or a < 0.8 * b, measure


def test_order_of_the_zips_given_does_not_matter(world_of: Callable[[int], World]) -> None:
    world = world_of(0)
    assert ask(dataclasses.replace(world, zips=world.zips[::-1])) == ask(world)


def test_same_seed_makes_the_same_bytes(tmp_path: Path, world_of: Callable[[int], World]) -> None:
    first, second = world_of(1), build_world(1, tmp_path)
    assert first.organisations == second.organisations
    one, other = ([(path.name, path.read_bytes()) for path in world.zips] for world in (first, second))
    assert one == other


@pytest.mark.parametrize("seed", SEEDS)
def test_no_tie_is_left_that_the_book_does_not_settle(seed: int, world_of: Callable[[int], World]) -> None:
    # Two deliveries or pressures of one place on one day can stand under two writings of the day: no rule decides.
    tables = existence.standing(world_of(seed).zips)
    for table, columns in {"LABOR": ("BDATE", "GRAVIDA"), "CHRONICFU": ("DATE_SERV",)}.items():
        rows = tables[table].values()
        seen = [
            (row.text["HOSPCODE"], row.text["PID"], *(str(row.value[column])[:10] for column in columns), updated(row))
            for row in rows
            if all(row.value[column] is not None for column in columns)
        ]
        assert len(seen) == len(set(seen)), table
