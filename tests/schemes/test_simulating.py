"""Scenarios beside a run: equal to a full run under the same changes; money adds up; mistakes are told by place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from samrit.reference import shipped_register
from samrit.schemes import (
    Asked,
    Counted,
    Materials,
    Payee,
    RunInputs,
    SchemesError,
    evaluate,
    materials_of,
    read_pack,
    run_scheme,
)
from samrit.schemes.authoring.figures import Standing
from samrit.schemes.scenarios import Scenario, combine, read_grids, read_scenarios, read_values
from samrit.schemes.simulating import Money, Outcome, Simulation, Totals, money_of, simulate
from samrit.scoring import Fact
from schemes.building import EVERYONE, PACK, all_at, counts, lines_of
from schemes.small_home import Small

MIXED = {p.org: {"2.6": 1 + n % 5, "1.1": 5 - n % 5, "3.1": 3} for n, p in enumerate(EVERYONE)}
CLOSED = {"pools.qof.rule": "closed_pool"}


def base(changes: Mapping[str, str] | None = None) -> Materials:
    """The whole region with scores that differ from unit to unit."""
    return Materials(read_pack("qof-2557", changes or {}), EVERYONE, "all", counts(MIXED))


def tried(values: Mapping[str, Any], of: Materials | None = None) -> Outcome:
    """The one outcome of one scenario."""
    found = simulate(of or base(), [Scenario("tried", values)])
    assert found.problems == ()
    (outcome,) = found.outcomes
    return outcome


def wrong(values: Mapping[str, Any], of: Materials | None = None) -> dict[str, str]:
    """Code -> the place of every problem of a scenario that cannot be."""
    found = simulate(of or base(), [Scenario("tried", values)])
    assert found.outcomes == ()
    return {one.code: str(one.where) for one in found.problems}


@pytest.mark.parametrize("changes", [{}, CLOSED])
@pytest.mark.parametrize("values", [{}, {"items.2.6.points.value": "60"}, {"population.uc.90001": "1500000"}])
def test_a_scenario_equal_to_the_base_changes_nothing(changes: dict[str, str], values: dict[str, str]) -> None:
    outcome = tried(values, base(changes))
    assert (outcome.gains, outcome.losses, outcome.unchanged) == ({}, {}, len(EVERYONE))
    assert outcome.before == outcome.after
    assert outcome.after.pot > 0


@pytest.mark.parametrize("rule", ["open_rate", "closed_pool"])
@pytest.mark.parametrize(
    "values",
    [
        {"scoring.B5.lower_edges.0": "40"},
        {"scoring.B1.lower_edges": "[60, 66, 71, 76]"},
        {"items.2.6.score.by": "B4", "money.netting": "floor_zero"},
        {"items.2.6.points.value": "80", "items.2.5.points.value": "40"},
        {"pools.qof.pot.amount.value": "100000000", "money.advance.rate.value": "10"},
    ],
)
def test_a_scenario_gives_what_a_full_evaluation_under_the_same_changes_gives(
    rule: str, values: dict[str, str]
) -> None:
    """The other way round: the pack is read anew with the changes, and everything is evaluated."""
    own = {"pools.qof.rule": rule}
    full = base({**own, **values})
    outcome = tried(values, base(own))
    assert outcome.after == money_of(full, evaluate(full))
    paid = lines_of(evaluate(full))
    for org, unit in outcome.after.units.items():
        assert unit.amounts["earned"] == paid[org, "earned"]
        assert unit.amounts["net"] == paid[org, "net"]


def test_a_scenario_on_a_kept_run_gives_what_a_full_run_with_that_set_gives(small: Small) -> None:
    register = shipped_register()
    values = {"scoring.B1.lower_edges": "[1, 2, 3, 4]", "scoring.B4.lower_edges.0": "1", "money.netting": "floor_zero"}
    kept = run_scheme(PACK, small.late, register, Asked("42")).run
    full = run_scheme(read_pack("qof-2557", values), small.late, register, Asked("42")).run
    runs = sorted(folder.name for folder in small.home.runs.iterdir())
    outcome = tried(values, materials_of(kept))
    paid = {(r["org"], r["component"]): int(r["amount_satang"]) for r in full.table("payments.csv")}
    had = {(r["org"], r["component"]): int(r["amount_satang"]) for r in kept.table("payments.csv")}
    assert outcome.gains
    for org in outcome.after.units:
        assert dict(outcome.after.units[org].amounts) == {n: paid[org, n] for n in outcome.after.units[org].amounts}
        assert dict(outcome.before.units[org].amounts) == {n: had[org, n] for n in outcome.before.units[org].amounts}
    assert outcome.after.owed == paid["42", "receivable"] == 0
    assert sorted(folder.name for folder in small.home.runs.iterdir()) == runs, "a scenario became a run"


def test_gains_and_losses_are_what_stays_less_when_the_pot_is_the_same() -> None:
    """Open rate: another score for an item leaves every ceiling, so the pot, as it was (qof-2557 section 5)."""
    outcome = tried({"scoring.B5.lower_edges": "[30, 55, 75, 85]"})
    paid = outcome.after.whole.amounts["earned"] - outcome.before.whole.amounts["earned"]
    assert outcome.after.pot == outcome.before.pot
    assert sum(outcome.gains.values()) + sum(outcome.losses.values()) == paid
    assert paid == outcome.before.undistributed - outcome.after.undistributed
    assert len(outcome.gains) + len(outcome.losses) + outcome.unchanged == len(EVERYONE)
    assert outcome.losses


def test_a_closed_pool_gives_to_some_what_it_takes_from_others() -> None:
    outcome = tried({"scoring.B5.lower_edges": "[40, 55, 65, 75]"}, base(CLOSED))
    assert outcome.gains
    assert sum(outcome.gains.values()) == -sum(outcome.losses.values()) > 0
    assert outcome.after.undistributed == outcome.before.undistributed == 0


def test_a_rate_that_is_doubled_doubles_the_money_of_its_item_and_grows_the_pot() -> None:
    rates = {"items.4.1.rate.value": "2.16", "domains.4.rate": "6.48"}
    one = replace(base(), counts=counts({p.org: {"4.1": 5} for p in EVERYONE}))
    outcome = tried(rates, one)
    before, after = outcome.before, outcome.after
    for p in EVERYONE:  # 1.08 baht x 100 satang x people at full marks, whole satang as it is
        assert before.units[p.org].given == 108 * p.population
        assert after.units[p.org].given == 216 * p.population
    assert after.pot - before.pot == 108 * sum(p.population for p in EVERYONE)


def test_people_and_typed_in_results_of_one_unit_change_that_unit_alone() -> None:
    org = "90001"
    people = tried({f"population.uc.{org}": "1,000,000"})
    assert list(people.losses) == [org]
    assert people.after.units[org].given * 3 == pytest.approx(people.before.units[org].given * 2, abs=3)
    assert people.after.units[org].amounts["advance"] == 2813 * 1_000_000  # 28.13 baht a head
    entry = tried({f"entries.3.1.{org}": "45/60"})  # 75 %: B5 gives 4 where the base has 70 % -> 4 -> 3
    as_entered = replace(
        base(), counts={**base().counts, ("3.1", org): Counted(45, 60, Decimal(75), Standing.TYPED_IN)}
    )
    assert entry.after == money_of(as_entered, evaluate(as_entered))
    assert set(entry.gains) == {org}


def test_grids_multiply_in_order_and_lie_over_common_values() -> None:
    grids = read_grids(["items.2.6.points.value=40,60", "scoring.B5.lower_edges=[1,2,3,4],[5,6,7,8],[10,20,30,40]"])
    made = combine(read_values(["money.netting=floor_zero", "items.2.6.points.value=1"]), grids)
    assert len(made) == 2 * 3
    assert [of.values["items.2.6.points.value"] for of in made] == ["40"] * 3 + ["60"] * 3
    assert [of.values["scoring.B5.lower_edges"] for of in made[:3]] == list(grids["scoring.B5.lower_edges"])
    assert {of.values["money.netting"] for of in made} == {"floor_zero"}
    assert made[4].name == "items.2.6.points.value=60 scoring.B5.lower_edges=[5,6,7,8]"
    assert len({of.name for of in made}) == 6


def test_several_processes_give_the_same_as_one_in_the_same_order() -> None:
    edges = ",".join(str(edge) for edge in range(1, 53))
    made = combine({}, read_grids([f"scoring.B5.lower_edges.0={edges}", "money.netting=recover,floor_zero,loud"]))
    alone, shared = simulate(base(), made), simulate(base(), made, processes=2)
    assert len(alone.outcomes) == 104  # the values of netting are two
    assert alone == shared
    assert [str(one.where) for one in shared.problems] == ["--grid money.netting"], "told once, not 52 times"


def money(*given: int) -> Money:
    """The money of units that are given so much."""
    units = {f"{n}": Totals({"earned": amount}, Decimal(0)) for n, amount in enumerate(given)}
    return Money(units, Totals({}, Decimal(0)), sum(given), 0)


@pytest.mark.parametrize(
    ("given", "tenth", "gini"),
    [
        ((5, 5, 5, 5), Fraction(1, 4), Fraction(0)),
        ((0, 0, 0, 8), Fraction(1), Fraction(3, 4)),  # one of four has all: (n - 1) / n
        ((1, 3), Fraction(3, 4), Fraction(1, 4)),  # |1 - 3| x 2 over 2 x 4 x 2
        (tuple(range(1, 12)), Fraction(11 + 10, 66), Fraction(10, 33)),  # a tenth of 11 is 2; (n - 1) / 3n of 1..n
        ((0, 0), None, None),
    ],
)
def test_concentration_is_exact(given: tuple[int, ...], tenth: Fraction | None, gini: Fraction | None) -> None:
    of = money(*given)
    assert (of.top_tenth, of.gini) == (tenth, gini)


def test_excellence_counts_as_given_and_what_nobody_wins_stays() -> None:
    from samrit.schemes import Winner  # noqa: PLC0415

    of = replace(base(), inputs=RunInputs(winners=(Winner("90001", "region"),)))
    outcome = tried({"money.excellence.region.value": "810815"}, of)
    assert outcome.changes["90001"] == 100_000_00
    assert outcome.after.pot - outcome.before.pot == 100_000_00
    assert outcome.after.undistributed == outcome.before.undistributed


@pytest.mark.parametrize(
    ("values", "code", "near"),
    [
        ({"items.2.6.pionts.value": "1"}, "schemes.set.path", "items.2.6.points"),
        ({"populaton.uc.90001": "1"}, "schemes.set.path", "population.uc.90001"),
        ({"population.cu.90001": "1"}, "schemes.set.path", "population.uc.90001"),
        ({"population.uc.9001": "1"}, "schemes.payee.unknown", "90001"),
        ({"population.uc.90001": "many"}, "schemes.input.whole", "population.uc.90001"),
        ({"population.uc.90001": "-5"}, "schemes.input.whole", "population.uc.90001"),
        ({"entries.3.11.90001": "70"}, "schemes.item.unknown", "3.1"),
        ({"entries.3.1.9001": "70"}, "schemes.payee.unknown", "90001"),
        ({"entries.3.1.90001": "101"}, "schemes.entry.range", "3.1"),
        ({"entries.3.1.90001": "x"}, "schemes.input.number", "value"),
        ({"entries.2.6.90001": "70"}, "schemes.entry.computed", "2.6"),
        ({"period": "2013-10-01..2014-09-30"}, "schemes.scenario.recount", "period"),
        ({"census_day": "2014-01-01"}, "schemes.scenario.recount", "census_day"),
        ({"items.2.6.measure": "dm_retina_exam"}, "schemes.scenario.recount", "items.2.6.measure"),
        ({"items.2.6.parameters.readings": "3"}, "schemes.scenario.recount", "items.2.6.parameters.readings"),
        ({"pools.qof.payee": "facility"}, "schemes.scenario.recount", "pools.qof.payee"),
        ({"items.3.1.entry": "number"}, "schemes.scenario.recount", "items.3.1.entry"),
        ({"items.2.6.points.value": "61"}, "schemes.domain.sum", "301"),
    ],
)
def test_a_mistake_is_told_with_what_was_meant(values: dict[str, str], code: str, near: str) -> None:
    found = simulate(base(), [Scenario("tried", values)])
    assert found.outcomes == ()
    assert [one.code for one in found.problems if one.code == code], [one.code for one in found.problems]
    assert any(near in f"{one.en} {one.where}" for one in found.problems if one.code == code)


def test_a_scenario_that_cannot_be_does_not_hide_the_next() -> None:
    made = [Scenario("bad", {"money.neting": "recover"}), Scenario("good", {"scoring.B5.lower_edges.0": "40"})]
    found = simulate(base(), made)
    assert [of.scenario.name for of in found.outcomes] == ["good"]
    assert [(one.code, str(one.where)) for one in found.problems] == [("schemes.set.path", "--set money.neting")]


def test_other_people_break_a_closed_pool_of_a_printed_region_as_they_would_in_a_run() -> None:
    org, values = "90001", {"population.uc.90001": "1400000"}
    assert wrong(values, base(CLOSED)) == {"schemes.money.needs_region": "tried"}
    outcome = tried({**values, "region.people.value": str(4_335_091 - 100_000)}, base(CLOSED))
    assert org in outcome.losses


FILE = """\
scenarios:
- name: wider
  title: {th: ช่วงกว้างขึ้น, en: Wider bands}
  set:
    scoring.B5.lower_edges: [40, 55, 65, 75]
    money.netting: floor_zero
- name: people
  population: {uc: {"90001": 1400000}}
  entries:
    "3.1": {"90002": 75}
"""


def test_a_file_holds_several_scenarios(tmp_path: Path) -> None:
    file = tmp_path / "next.yaml"
    file.write_text(FILE, encoding="utf-8")
    wider, people = read_scenarios(file)
    assert (wider.name, wider.title.th) == ("wider", "ช่วงกว้างขึ้น")
    assert wider.values == {"scoring.B5.lower_edges": ["40", "55", "65", "75"], "money.netting": "floor_zero"}
    assert people.values == {"population.uc.90001": "1400000", "entries.3.1.90002": "75"}
    assert str(people.where("entries.3.1.90002")) == "next.yaml:10 entries.3.1.90002"
    found = simulate(base(), combine({}, {}, (wider, people)))
    assert found.problems == ()
    assert found.outcomes[0].after.whole.amounts["receivable"] == 0
    assert "90001" in found.outcomes[1].losses
    assert "90002" in found.outcomes[1].gains


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("money.netting: floor_zero", "money.neting: floor_zero", ("schemes.set.path", "next.yaml:6 money.neting")),
        ("money.netting: floor_zero", "money.netting: floor", ("", "next.yaml:6 money.netting")),
        ('{"90002": 75}', '{"90002": 175}', ("schemes.entry.range", "next.yaml:10 entries.3.1.90002")),
        ('{"90001": 1400000}', '{"9001": 14}', ("schemes.payee.unknown", "next.yaml:8 population.uc.9001")),
    ],
)
def test_a_mistake_in_a_file_is_told_at_its_line(tmp_path: Path, old: str, new: str, told: tuple[str, str]) -> None:
    file = tmp_path / "next.yaml"
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    (one,) = simulate(base(), read_scenarios(file)).problems
    assert told[0] in one.code
    assert str(one.where) == told[1]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("  set:\n", "  sett:\n", 4), ("- name: people", "- name: wider", 7), ("scenarios:", "scenario:", 1)],
)
def test_a_file_that_is_none_is_refused_at_its_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    file = tmp_path / "next.yaml"
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(SchemesError) as refused:
        read_scenarios(file)
    assert line in {one.where.line for one in refused.value.problems}
    assert {one.where.file for one in refused.value.problems} == {"next.yaml"}


def test_texts_that_are_no_values_and_grids_that_are_too_many_are_refused() -> None:
    for read, texts, code in (
        (read_values, ["money.netting"], "schemes.scenario.value"),
        (read_values, ["=3"], "schemes.scenario.value"),
        (read_grids, ["money.netting"], "schemes.scenario.grid"),
        (read_grids, ["a=1,,2"], "schemes.scenario.grid"),
        (read_grids, ["a=1", "a=2"], "schemes.scenario.grid_twice"),
    ):
        with pytest.raises(SchemesError) as refused:
            read(texts)
        assert [one.code for one in refused.value.problems] == [code]
    hundred = tuple(str(n) for n in range(142))
    with pytest.raises(SchemesError, match=r"20,164"):
        combine({}, {"a": hundred, "b": hundred})


def test_the_money_of_a_scenario_is_checked_against_the_pots() -> None:
    """A simulation is refused when units are given what no pot lost."""
    from samrit.allocation import NotConserved  # noqa: PLC0415
    from samrit.schemes.simulating import check_outcome  # noqa: PLC0415

    with pytest.raises(NotConserved):
        check_outcome(Outcome(Scenario("x", {}), money(1, 2), replace(money(1, 3), pot=3)))


def test_an_empty_base_gives_nothing_to_anybody() -> None:
    outcome = tried({}, replace(base(), counts=all_at(0, EVERYONE)))
    assert outcome.after.gini is None
    assert isinstance(simulate(base(), []), Simulation)


NHSO = read_pack("nhso-2552")
HOSPITALS = tuple(
    Payee(org, "4201", org, org, {"uc": people, "referral_uc": people}) for org, people in (("H1", 1000), ("H2", 3000))
)
FACTS: dict[tuple[str, str], dict[str, dict[str, Fact]]] = {
    ("R1", "H1"): {"": {"certificate": "ha_step_1", "certificate_until": date(2010, 1, 1)}},
    ("R1", "H2"): {"": {"hnqa_units": Decimal(10)}},
    ("P1", "H1"): {"04701": {"people": Decimal(4000), "nurses": Decimal(0)}},
    ("P1", "H2"): {"04702": {"people": Decimal(6000), "nurses": Decimal(1)}},
}


def hospitals(facts: Any = FACTS) -> Materials:
    """Two hospitals that are judged by facts."""
    return Materials(NHSO, HOSPITALS, "all", {}, RunInputs(facts=facts))


def laid(changes: Mapping[tuple[str, str, str, str], Fact]) -> Any:
    """The facts with others in their place, laid by hand: (item, org, unit, name) -> fact."""
    made = {key: {unit: dict(facts) for unit, facts in units.items()} for key, units in FACTS.items()}
    for (item, org, unit, name), fact in changes.items():
        made.setdefault((item, org), {}).setdefault(unit, {})[name] = fact
    return made


@pytest.mark.parametrize(
    ("values", "same"),
    [
        ({"facts.R1.H1.certificate": "ha"}, {("R1", "H1", "", "certificate"): "ha"}),
        ({"facts.R1.H1.certificate_until": "2008-01-31"}, {("R1", "H1", "", "certificate_until"): date(2008, 1, 31)}),
        ({"facts.R1.H1.nursing_office": "yes"}, {("R1", "H1", "", "nursing_office"): True}),
        ({"facts.P1.H1.04701.nurses": "1"}, {("P1", "H1", "04701", "nurses"): Decimal(1)}),
        (
            {"facts.P1.H1.04799.nurses": "1", "facts.P1.H1.04799.people": "9,000"},
            {("P1", "H1", "04799", "nurses"): Decimal(1), ("P1", "H1", "04799", "people"): Decimal(9000)},
        ),
    ],
)
def test_a_fact_may_be_tried_and_gives_what_a_full_evaluation_with_that_fact_gives(
    values: dict[str, str], same: dict[tuple[str, str, str, str], Fact]
) -> None:
    outcome = tried(values, hospitals())
    full = hospitals(laid(same))
    assert outcome.after == money_of(full, evaluate(full))
    assert outcome.after.units["H1"].points != outcome.before.units["H1"].points


def test_a_base_is_not_touched_by_the_facts_of_a_scenario() -> None:
    of = hospitals(laid({}))
    tried({"facts.R1.H1.certificate": "ha", "facts.P1.H1.04701.nurses": "1"}, of)
    assert of.inputs.facts == FACTS


@pytest.mark.parametrize(
    ("path", "value", "code", "said"),
    [
        ("facts.R11.H1.certificate", "ha", "schemes.set.path", "'facts.R1.ORG.FACT'"),
        ("facts.R1.H1", "ha", "schemes.set.path", "'facts.R1.ORG.FACT'"),
        ("facts.R1.H1.04701.certificate", "ha", "schemes.set.path", "'facts.R1.ORG.FACT'"),
        ("facts.P1.H1.nurses", "1", "schemes.set.path", "'facts.P1.ORG.UNIT.FACT'"),
        ("facts.P1.H1..nurses", "1", "schemes.set.path", "'facts.P1.ORG.UNIT.FACT'"),
        ("fact.R1.H1.certificate", "ha", "schemes.set.path", "'facts.R1.H1.certificate'"),
        ("facts.R1.H11.certificate", "ha", "schemes.payee.unknown", "'H1'"),
        ("facts.R1.H1.certificat", "ha", "schemes.fact.unknown", "'certificate'"),
        ("facts.R1.H1.certificate", "ha_stp_1", "schemes.fact.word", "'ha_step_1'"),
        ("facts.R1.H1.certificate_until", "2552-01-31", "reference.day.buddhist", "Buddhist"),
        ("facts.P1.H1.04701.nurses", "one", "schemes.input.number", "number"),
        ("facts.P1.H1.04799.nurses", "1", "schemes.fact.weight", "'people'"),
    ],
)
def test_a_fact_that_cannot_be_is_told_at_its_path_with_the_nearest_name(
    path: str, value: str, code: str, said: str
) -> None:
    (found,) = simulate(hospitals(), [Scenario("tried", {path: value})]).problems
    assert (found.code, found.where.field) == (code, path)
    assert said in found.en


def test_facts_of_a_file_are_told_at_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "tried.yaml"
    path.write_text(
        "scenarios:\n- name: a\n  facts:\n    R1: {H1: {certificate: ha}}\n    P1:\n      H1:\n"
        "        '04701': {nurses: 2}\n        '04702': {nurse: 2}\n",
        encoding="utf-8",
    )
    (scenario,) = read_scenarios(path)
    assert dict(scenario.values) == {
        "facts.R1.H1.certificate": "ha",
        "facts.P1.H1.04701.nurses": "2",
        "facts.P1.H1.04702.nurse": "2",
    }
    (found,) = simulate(hospitals(), [scenario]).problems
    assert (found.code, found.where.file, found.where.line) == ("schemes.fact.unknown", "tried.yaml", 8)


def test_a_grid_walks_through_the_words_of_a_fact() -> None:
    found = simulate(hospitals(), combine({}, read_grids(["facts.R1.H1.certificate=ha_step_1,ha_step_2,ha"])))
    points = [of.after.units["H1"].points for of in found.outcomes]
    assert points[0] < points[1] < points[2]
    assert points[0] == found.base.units["H1"].points


def test_a_bad_grid_is_told_once_with_the_count_and_some_examples() -> None:
    """91 edges that are not below 70: one mistake 91 times, not 91 mistakes."""
    values = ",".join(str(edge) for edge in range(70, 161))
    found = simulate(base(), combine({}, read_grids([f"scoring.B1.lower_edges.0={values}"])))
    (told,) = found.problems
    assert (found.outcomes, told.code) == ((), "scoring.edges.rising")
    assert "(91 scenarios have the same mistake, such as scoring.B1.lower_edges.0=70; " in told.en
    assert told.en.endswith("scoring.B1.lower_edges.0=71; scoring.B1.lower_edges.0=72 ...)")
    assert "(ผิดแบบเดียวกัน 91 สถานการณ์ เช่น" in told.th


def test_a_grid_that_is_wrong_in_two_ways_is_told_twice_and_the_good_points_are_tried() -> None:
    grids = read_grids(["scoring.B1.lower_edges.0=60,71,72", "money.netting=recover,forget"])
    found = simulate(base(), combine({}, grids))
    assert [of.scenario.values["scoring.B1.lower_edges.0"] for of in found.outcomes] == ["60"]
    assert [p.code for p in found.problems] == ["authored.value", "scoring.edges.rising"]
    assert [p.en.count("scenarios have the same mistake") for p in found.problems] == [0, 1]


def test_a_mistake_that_all_scenarios_share_to_the_letter_is_told_as_it_is() -> None:
    found = simulate(base(), combine({"money.neting": "recover"}, read_grids(["population.uc.90001=1,2,3"])))
    (told,) = found.problems
    assert (told.code, told.where.field) == ("schemes.set.path", "money.neting")
    assert "same mistake" not in told.en
