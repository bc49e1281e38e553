"""What is known of an item at a unit -> its score: groups, facts of primary units, last year, too few cases."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from samrit.schemes import Counted, Materials, Pack, Payee, RunInputs, ScoreLine, evaluate, read_pack
from samrit.scoring import Fact

NHSO = read_pack("nhso-2552")
QOF = "qof-2557"
RISE = {
    "scoring.RISE": "{kind: improvement, change: points, lower_edges: [0, 2, 5, 10]}",
    "items.2.6.score.by": "RISE",
}
Facts = Mapping[str, Fact]


def unit(org: str, people: int = 1000, referral: int | None = None, **attributes: str) -> Payee:
    return Payee(
        org, "4201", "", "", {"uc": people, "referral_uc": people if referral is None else referral}, attributes
    )


def lines_of(
    pack: Pack, payees: list[Payee], counts: Mapping[tuple[str, str], Counted], **given: object
) -> dict[tuple[str, str], ScoreLine]:
    inputs = RunInputs(**given)  # type: ignore[arg-type]
    done = evaluate(Materials(pack, tuple(payees), "all", counts, inputs))
    return {(line.item, line.org): line for line in done.scores}


def values(item: str, **of: int) -> dict[tuple[str, str], Counted]:
    return {(item, org): Counted(None, None, Decimal(value)) for org, value in of.items()}


def test_a_norm_is_of_the_payees_of_the_pool_and_of_nobody_else() -> None:
    """10, 20, 30 have the mean 20: 2, 3, 4 by z of -1.22, 0, 1.22. A unit outside the payees neither gets a score
    nor moves the mean."""
    payees = [unit("a"), unit("b"), unit("c")]
    lines = lines_of(NHSO, payees, values("P2", a=10, b=20, c=30, outside=1000))
    scores = {org: lines["P2", org].scored for org in ("a", "b", "c", "outside")}
    assert [scores[org].score for org in ("a", "b", "c")] == [1, 3, 4]
    assert dict(scores["a"].basis)["mean"] == 20
    assert scores["outside"].standing == "unscored"


def test_lower_is_better_where_the_measure_says_so() -> None:
    lines = lines_of(NHSO, [unit("a"), unit("b"), unit("c")], values("P4", a=10, b=20, c=30))
    assert [lines["P4", org].scored.score for org in ("a", "b", "c")] == [4, 3, 1]


def test_units_without_a_value_are_left_out_of_the_mean_and_score_0() -> None:
    lines = lines_of(NHSO, [unit("a"), unit("b"), unit("c")], values("P2", a=10, b=30))
    assert dict(lines["P2", "a"].scored.basis)["n"] == 2
    assert (lines["P2", "c"].scored.score, lines["P2", "c"].scored.standing) == (0, "no_data")


def test_a_group_is_of_units_with_the_same_service_level() -> None:
    pack = read_pack("nhso-2552", {"items.R2.score.by": "Z_LEVEL"})
    payees = [unit("a", service_level="A"), unit("b", service_level="A"), unit("c", service_level="S")]
    lines = lines_of(pack, payees, values("R2", a=10, b=30, c=90))
    assert [dict(lines["R2", org].scored.basis)["n"] for org in ("a", "b", "c")] == [2, 2, 1]
    assert lines["R2", "c"].scored.score == 3  # alone in its group: SD 0 gives 3 to all


def test_a_unit_without_people_of_the_base_is_not_in_the_pool() -> None:
    lines = lines_of(NHSO, [unit("a"), unit("b", referral=0)], values("R2", a=10))
    assert ("R2", "a") in lines
    assert ("R2", "b") not in lines
    assert ("P2", "b") in lines


def test_a_payee_with_nobody_has_scores_without_money_and_moves_no_mean() -> None:
    """10 and 30: z is -1 and 1 among two. The third has 1000 and nobody: it is scored beside them, by no group."""
    payees = [unit("a"), unit("b"), unit("c", people=0)]
    lines = lines_of(NHSO, payees, values("P2", a=10, b=30, c=1000) | values("R3", c=4))
    assert [lines["P2", org].scored.score for org in ("a", "b")] == [2, 4]
    assert lines["P2", "c"].scored.standing == "unscored"
    assert lines["R3", "c"].scored.score == 4
    assert {item for item, org in lines if org == "c"} == {item for item, org in lines if org == "a"}


@pytest.mark.parametrize(
    ("facts", "score", "code"),
    [
        ({"people": 4999, "nurses": 1, "nurse_practitioners": 0}, 4, "below_5000"),
        ({"people": 5000, "nurses": 1, "nurse_practitioners": 0}, 3, "to_10000"),
        ({"people": 20000, "nurses": 2, "nurse_practitioners": 1}, 4, "to_10000"),
        ({"people": 10001, "nurses": 1, "nurse_practitioners": 0}, 2, "above_10000"),
        ({"people": 3000, "nurses": 0, "nurse_practitioners": 0}, 0, "no_nurse"),
    ],
)
def test_people_per_nurse_are_worked_out_of_the_facts(facts: dict[str, int], score: int, code: str) -> None:
    """nhso-2552 section 4, P1: the printed ladder, exactly 5,000 and 10,000 give 3, a nurse practitioner adds 1."""
    of_unit: Facts = {name: Decimal(number) for name, number in facts.items()}
    lines = lines_of(NHSO, [unit("a")], {}, facts={("P1", "a"): {"00001": of_unit}})
    assert lines["P1", "a"].scored.score == score


def test_scores_of_primary_units_are_rolled_up_by_people_and_every_unit_stays_visible() -> None:
    """4 for 3,000 people, 2 for 12,000: (12,000 + 24,000) / 15,000 = 2.4."""
    facts = {
        "00001": {"people": Decimal(3000), "nurses": Decimal(1), "nurse_practitioners": Decimal(0)},
        "00002": {"people": Decimal(12000), "nurses": Decimal(1), "nurse_practitioners": Decimal(0)},
    }
    inputs = RunInputs(facts={("P1", "a"): facts})
    done = evaluate(Materials(NHSO, (unit("a"),), inputs=inputs))
    line = next(line for line in done.scores if line.item == "P1")
    assert line.scored.score == Decimal("2.4")
    assert line.points == Decimal("24")  # weight 10
    assert [(p.unit, p.scored.score, dict(p.scored.basis)["rung"]) for p in done.parts] == [
        ("00001", 4, "below_5000"),
        ("00002", 2, "above_10000"),
    ]


def test_a_hospital_whose_facts_fit_no_rung_is_listed_and_not_scored() -> None:
    """nhso-2552 section 4: a quality centre that was never assessed has no row of its own."""
    lines = lines_of(NHSO, [unit("a"), unit("b")], {}, facts={("R1", "a"): {"": {"quality_centre": True}}})
    assert (lines["R1", "a"].scored.score, lines["R1", "a"].scored.standing) == (None, "unmatched")
    assert (lines["R1", "b"].scored.score, lines["R1", "b"].scored.standing) == (0, "no_data")
    assert lines["R1", "b"].note == "no_data; not entered"


def test_the_hai_score_is_compared_with_the_other_hospitals() -> None:
    """1, 3 and 5: mean 3, SD 1.63: 5 is above mean + 1 SD (4 points), 3 between (3), 1 below mean - 1 SD (2)."""
    facts = {("R1", org): {"": {"hai_score": Decimal(score)}} for org, score in (("a", 1), ("b", 3), ("c", 5))}
    lines = lines_of(NHSO, [unit("a"), unit("b"), unit("c")], {}, facts=facts)
    assert [lines["R1", org].scored.score for org in ("a", "b", "c")] == [2, 3, 4]


def test_a_certificate_is_judged_at_the_end_of_march_with_six_months_of_grace() -> None:
    """nhso-2552 section 4: judged on 2009-03-31; 30 September 2008 plus six months is 30 March."""
    days = {"a": date(2008, 9, 30), "b": date(2008, 10, 1)}
    facts = {("R1", org): {"": {"certificate": "ha", "certificate_until": day}} for org, day in days.items()}
    lines = lines_of(NHSO, [unit("a"), unit("b")], {}, facts=facts)
    assert [lines["R1", org].scored.score for org in ("a", "b")] == [4, 5]


@pytest.mark.parametrize(("now", "score"), [("69.9", 1), ("70", 2), ("72", 3), ("75", 4), ("80", 5)])
def test_the_increase_of_2_6_over_last_year_can_be_scored(now: str, score: int) -> None:
    """qof-2557 section 4 prints 2.6 as an increase; a site may score it so: last year 70."""
    pack = read_pack(QOF, RISE)
    of = pack.payees[0]
    counts = {("2.6", of.org): Counted(None, None, Decimal(now))}
    line = lines_of(pack, [of], counts, last={("2.6", of.org): Decimal(70)})["2.6", of.org]
    assert line.scored.score == score
    assert dict(line.scored.basis) == {"last": 70, "change": Decimal(now) - 70}
    assert line.note == "scored; improvement RISE typed_in; rate reconstructed"


def test_without_last_year_an_increase_is_not_scored() -> None:
    pack = read_pack(QOF, RISE)
    of = pack.payees[0]
    line = lines_of(pack, [of], {("2.6", of.org): Counted(None, None, Decimal(75))})["2.6", of.org]
    assert (line.scored.score, line.scored.standing) == (None, "unscored")


@pytest.mark.parametrize(("cases", "standing"), [(29, "too_few"), (30, "scored")])
def test_too_few_cases_are_not_judged(cases: int, standing: str) -> None:
    pack = read_pack("qof-2560")
    of = Payee("a", "4201", "", "", {"uc": 1000, "thai": 1200})
    counts = {("2.3", "a"): Counted(1, cases, Decimal(3))}
    line = lines_of(pack, [of], counts, last={("2.3", "a"): Decimal(4)})["2.3", "a"]
    assert line.scored.standing == standing


def test_values_with_too_few_cases_do_not_move_the_mean() -> None:
    pack = read_pack("nhso-2552", {"items.P2.few": "{least: 30, then: unscored, standing: typed_in}"})
    counts = {("P2", org): Counted(1, b, Decimal(v)) for org, b, v in (("a", 30, 10), ("b", 30, 20), ("c", 29, 900))}
    lines = lines_of(pack, [unit("a"), unit("b"), unit("c")], counts)
    assert dict(lines["P2", "a"].scored.basis)["mean"] == 15
    assert lines["P2", "c"].scored.standing == "too_few"
