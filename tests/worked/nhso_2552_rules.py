"""The scores of NHSO 2552 as rules: P1, R1 and the scores by mean and SD, as its section 4 says."""

from datetime import date
from decimal import Decimal

from samrit.scoring import Bonus, Condition, FactTest, Ladder, NormBands, Rung

JUDGED = date(2009, 3, 31)  # March 2552
GRACE = 6

Z_SCORES = [
    ("-2.01", 0),
    ("-2", 1),
    ("-1.01", 1),
    ("-1", 2),
    ("-0.01", 2),
    ("0", 3),
    ("0.99", 3),
    ("1", 4),
    ("1.99", 4),
    ("2", 5),
    ("7", 5),
]
"""Section 4: z < -2: 0; [-2,-1): 1; [-1,0): 2; [0,1): 3; [1,2): 4; >= 2: 5."""

VALID, EXPIRED, IS = FactTest.VALID, FactTest.EXPIRED, FactTest.IS


def above(fact: str, number: int) -> Condition:
    """The fact is above the number."""
    return Condition(fact, FactTest.ABOVE, Decimal(number))


def at_least(fact: str, number: int) -> Condition:
    """The fact is the number or above it."""
    return Condition(fact, FactTest.AT_LEAST, Decimal(number))


def step(status: str, test: FactTest) -> tuple[Condition, ...]:
    """The hospital has this HA status, and its certificate is valid or expired."""
    return (Condition("ha", IS, status), Condition("ha_until", test))


# value: population per full-time registered nurse; none without a nurse
P1 = Ladder(
    rungs=(
        Rung("below_5000", 4, (Condition("value", FactTest.BELOW, Decimal(5000)),)),
        Rung("5000_to_10000", 3, (at_least("value", 5000), Condition("value", FactTest.AT_MOST, Decimal(10000)))),
        Rung("above_10000", 2, (above("value", 10000),)),
        Rung("no_nurse", 0, (Condition("nurses", IS, Decimal(0)),)),
    ),
    bonuses=(Bonus("nurse_practitioner", 1, (Condition("nurse_practitioner", IS, True), above("nurses", 0))),),
    cap=5,
)

HAI = (
    Rung("hai_above_1", 4, (Condition("hai", FactTest.Z_ABOVE, Decimal(1)),)),
    Rung("hai_between", 3, (Condition("hai", FactTest.Z_AT_LEAST, Decimal(-1)),)),
    Rung("hai_below_1", 2, (Condition("hai", FactTest.Z_AT_LEAST, Decimal(-2)),)),
    Rung("hai_below_2", 1, (Condition("hai", FactTest.Z_BELOW, Decimal(-2)),)),
)
REGULAR = (
    Rung("ha_certified", 5, step("certified", VALID)),
    Rung("tqc", 5, (Condition("tqc_until", VALID),)),
    Rung("ha_expired", 4, step("certified", EXPIRED)),
    Rung("step_2", 4, step("step_2", VALID)),
    Rung("step_2_expired", 3, step("step_2", EXPIRED)),
    Rung("hph_valid", 3, (Condition("hai_hph_until", VALID),)),  # no row of its own: at least that of the expired one
    Rung("hph_expired", 3, (Condition("hai_hph_until", EXPIRED),)),
    Rung("step_1", 2, step("step_1", VALID)),
    Rung("step_1_expired", 1, step("step_1", EXPIRED)),
    *HAI,
    Rung("hnqa_10", 3, (at_least("hnqa_units", 10),)),
    Rung("hnqa_4", 2, (at_least("hnqa_units", 4),)),
    Rung("nursing_office", 3, (Condition("nursing_office", IS, True),)),
    Rung("nobody", 0, (Condition("responsible_person", IS, False),)),
    Rung("no_centre", 0, (Condition("quality_centre", IS, False),)),
    Rung("no_interest", 0, (Condition("interested", IS, False),)),
)
PROPOSED = (
    Rung("iso_9001", 3, (Condition("iso_9001", IS, True),)),
    Rung("hph_health_department", 2, (Condition("hph_health_department", IS, True),)),
)
R1 = Ladder(REGULAR, on=JUDGED, grace_months=GRACE)
R1_WITH_PROPOSALS = Ladder(REGULAR + PROPOSED, on=JUDGED, grace_months=GRACE)

BY_SPREAD = NormBands()
