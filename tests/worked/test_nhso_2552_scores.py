"""NHSO 2552, section 4: every row of the printed tables P1 and R1, their edges, and the scores by mean and SD."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from samrit.scoring import Better, Fact, Known, Ladder, Norm, NormBands, ScoreStanding, norm_of
from worked.nhso_2552_rules import BY_SPREAD, P1, R1, R1_WITH_PROPOSALS, Z_SCORES
from worked.qof_2557_tables import rows

VALID, EXPIRED = date(2009, 3, 31), date(2008, 9, 30)  # the latter: over on 30 March with six months of grace
REGION = [Decimal(60), Decimal(80)]  # mean 70, SD 10


def hospital(**facts: Fact | None) -> Known:
    norm = norm_of(REGION)
    assert norm is not None
    return Known(facts={name: fact for name, fact in facts.items() if fact is not None}, norms={"hai": norm})


def unit(value: str | None, nurses: int, practitioner: bool = False) -> Known:
    facts: dict[str, Fact] = {"nurses": Decimal(nurses), "nurse_practitioner": practitioner}
    return Known(None if value is None else Decimal(value), facts=facts)


TABLE = [(row["code"], row["condition"], row["score"]) for row in rows("nhso2552_score_tables.csv")]
# what the condition of each row says, once or more; the ladder that knows the row
UNITS: dict[tuple[str, str], list[Known]] = {
    ("P1", "population per full-time registered nurse below 5000"): [unit("4999", 1), unit("0", 3)],
    ("P1", "population per nurse 5000 to 10000 inclusive"): [unit("5000", 1), unit("7500", 2), unit("10000", 1)],
    ("P1", "population per nurse above 10000"): [unit("10000.01", 1), unit("60000", 1)],
    ("P1", "no full-time registered nurse"): [unit(None, 0), unit(None, 0, practitioner=True)],
    ("R1", "HA or TQC certified and not expired"): [
        hospital(ha="certified", ha_until=VALID),
        hospital(tqc_until=VALID),
    ],
    ("R1", "HA certified but expired"): [hospital(ha="certified", ha_until=EXPIRED)],
    ("R1", "HA step 2 and not expired"): [hospital(ha="step_2", ha_until=VALID)],
    ("R1", "HAI score > mean + 1 SD"): [hospital(hai=Decimal("80.01")), hospital(hai=Decimal(100))],
    ("R1", "HA step 2 or HAI-certified HPH but expired"): [
        hospital(ha="step_2", ha_until=EXPIRED),
        hospital(hai_hph_until=EXPIRED),
    ],
    ("R1", "HAI score between mean - 1 SD and mean + 1 SD"): [
        hospital(hai=Decimal(60)),
        hospital(hai=Decimal(70)),
        hospital(hai=Decimal(80)),
    ],
    ("R1", "HNQA 10 units"): [hospital(hnqa_units=Decimal(10)), hospital(hnqa_units=Decimal(12))],
    ("R1", "HA step 1 and not expired"): [hospital(ha="step_1", ha_until=VALID)],
    ("R1", "HAI score between mean - 2 SD and mean - 1 SD"): [
        hospital(hai=Decimal(50)),
        hospital(hai=Decimal("59.99")),
    ],
    ("R1", "HNQA 4 units"): [hospital(hnqa_units=Decimal(4)), hospital(hnqa_units=Decimal(9))],
    ("R1", "HA step 1 but expired"): [hospital(ha="step_1", ha_until=EXPIRED)],
    ("R1", "HAI score < mean - 2 SD"): [hospital(hai=Decimal("49.99")), hospital(hai=Decimal(0))],
    ("R1", "no responsible person or quality centre or no interest"): [
        hospital(responsible_person=False),
        hospital(quality_centre=False),
        hospital(interested=False),
    ],
    ("R1", "ISO 9001:2000 certified"): [hospital(iso_9001=True)],
    ("R1", "HPH by Department of Health"): [hospital(hph_health_department=True)],
    ("R1", "passed the nursing-office assessment"): [hospital(nursing_office=True)],
}
BONUS = ("P1", "the nurse is a nurse practitioner")


def test_every_printed_row_is_tried() -> None:
    assert {(code, condition) for code, condition, _ in TABLE} == {*UNITS, BONUS}
    assert len(TABLE) == 21


@pytest.mark.parametrize(
    ("code", "condition", "score"), [row for row in TABLE if row[:2] != BONUS], ids=lambda text: text
)
def test_who_fits_a_row_earns_its_score(code: str, condition: str, score: str) -> None:
    """Section 4, tables P1 and R1; the rows of ISO and HPH stand in the ladder with the proposals."""
    ladder = P1 if code == "P1" else R1_WITH_PROPOSALS
    for known in UNITS[code, condition]:
        scored = ladder.score(known)
        assert (scored.score, scored.standing) == (int(score), ScoreStanding.SCORED)


@pytest.mark.parametrize(("value", "score"), [("4999", 5), ("5000", 4), ("10000", 4), ("10001", 3)])
def test_nurse_practitioner_adds_one(value: str, score: int) -> None:
    """Section 4: a nurse practitioner adds 1, at most 5."""
    added = next(score for code, condition, score in TABLE if (code, condition) == BONUS)
    plain = P1.score(unit(value, 2)).score
    assert plain is not None
    assert P1.score(unit(value, 2, practitioner=True)).score == plain + int(added) == score
    assert P1.best == 5


def test_without_a_nurse_nothing_is_added() -> None:
    """Section 4: with no nurse the score is 0 and nothing is added."""
    assert P1.score(unit(None, 0, practitioner=True)).basis == (("rung", "no_nurse"),)


@pytest.mark.parametrize(("value", "score"), [("4999.99", 4), ("5000", 3), ("10000", 3), ("10000.01", 2)])
def test_edges_of_the_nurse_ratio(value: str, score: int) -> None:
    """Section 4: exactly 5,000 is 3; exactly 10,000 is 3."""
    assert P1.score(unit(value, 1)).score == score


def test_highest_of_the_satisfied_rows_counts() -> None:
    """Section 4: R1 takes the highest score among satisfied conditions."""
    known = hospital(ha="step_1", ha_until=EXPIRED, hai=Decimal("80.01"), hnqa_units=Decimal(10), quality_centre=False)
    assert (R1.score(known).score, R1.score(known).basis) == (4, (("rung", "hai_above_1"),))


@pytest.mark.parametrize(("until", "score"), [(date(2009, 3, 31), 5), (date(2008, 10, 1), 5), (date(2008, 9, 30), 4)])
def test_certificate_has_six_months_of_grace_to_the_end_of_march_2552(until: date, score: int) -> None:
    """Section 4: judged at March 2552, 6 months are granted while a hospital waits for its next survey."""
    assert R1.score(hospital(ha="certified", ha_until=until)).score == score


def test_without_grace_the_certificate_ends_on_its_day() -> None:
    """Section 4: `grace_months` is a parameter."""
    strict = Ladder(R1.rungs, on=R1.on, grace_months=0)
    days = (date(2009, 3, 31), date(2009, 3, 30))
    assert [strict.score(hospital(ha="certified", ha_until=day)).score for day in days] == [5, 4]


@pytest.mark.parametrize(
    ("hai", "score"),
    [("80", 3), ("80.0001", 4), ("60", 3), ("59.9999", 2), ("50", 2), ("49.9999", 1)],
)
def test_edges_of_the_hai_score(hai: str, score: int) -> None:
    """Section 4: equality with mean+1SD is 3, with mean-1SD 3, with mean-2SD 2."""
    assert R1.score(hospital(hai=Decimal(hai))).score == score


def test_four_nursing_units_are_needed() -> None:
    """Section 4: HNQA 10 / 4 means at least that many units."""
    assert R1.score(hospital(hnqa_units=Decimal(3))).standing is ScoreStanding.UNMATCHED


def test_valid_hai_certified_hph_earns_at_least_what_the_expired_one_does() -> None:
    """Section 4: it has no row of its own."""
    assert R1.score(hospital(hai_hph_until=VALID)).score == 3


def test_proposals_count_only_where_they_are_switched_on() -> None:
    """Section 4: only ISO and HPH are worded as proposals, off by default; the nursing office is on."""
    for fact in ("iso_9001", "hph_health_department"):
        assert R1.score(hospital(**{fact: True}, quality_centre=True)).standing is ScoreStanding.UNMATCHED
    assert R1.score(hospital(nursing_office=True)).score == 3


def test_quality_centre_that_was_never_assessed_is_listed_and_not_scored() -> None:
    """Section 4: it matches no row: no value, listed, not scored silently."""
    scored = R1.score(hospital(quality_centre=True, responsible_person=True, interested=True))
    assert (scored.score, scored.standing) == (None, ScoreStanding.UNMATCHED)


@pytest.mark.parametrize(("z", "score"), Z_SCORES)
def test_scores_by_mean_and_spread(z: str, score: int) -> None:
    """Section 4: z < -2: 0; [-2,-1): 1; [-1,0): 2; [0,1): 3; [1,2): 4; >= 2: 5; the sign turned for lower-is-better."""
    norms = {"": Norm(9, Fraction(70), Fraction(100))}
    assert BY_SPREAD.score(Known(70 + 10 * Decimal(z), norms=norms)).score == score
    assert NormBands(better=Better.LOWER).score(Known(70 - 10 * Decimal(z), norms=norms)).score == score


def test_spread_is_that_of_all_units_of_the_region_and_those_without_a_value_score_zero() -> None:
    """Section 4: population SD; units without a value are left out of mean and SD and score 0."""
    norm = norm_of([*REGION, None])
    assert norm == Norm(2, Fraction(70), Fraction(100))
    assert norm is not None
    scored = BY_SPREAD.score(Known(norms={"": norm}))
    assert (scored.score, scored.standing) == (0, ScoreStanding.NO_DATA)


def test_without_spread_all_units_score_three() -> None:
    """Section 4: SD = 0 gives 3 to all."""
    norm = norm_of([Decimal(5)] * 4)
    assert norm is not None
    assert BY_SPREAD.score(Known(Decimal(5), norms={"": norm})).score == 3
