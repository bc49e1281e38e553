"""Scoring: what is known of an item at a unit -> a score, exact, with what it stands on and the way to the next step.

>>> from decimal import Decimal
>>> from samrit.scoring import Bands, Better, Known, band, points, score
>>> b1 = Bands((1, 2, 3, 4, 5), (Decimal(65), Decimal(70), Decimal(75), Decimal(80)), 2, Better.HIGHER)
>>> scored = score(Known(Decimal("69.995")), b1)
>>> scored.score, scored.standing.value
(Decimal('3'), 'scored')
>>> points(scored, b1.max_score, Decimal(80))
Decimal('48')
>>> band(None, b1).standing.value, band(Decimal(50), None).standing.value
('no_data', 'unscored')

What is looked at: `known` (value, last year, cases, facts), `norm` (mean and SD of the group), `conditions`.
The rules: `bands`, `levels`, `norm_bands`, `ladder`, `linear`, `improvement`, `conditional`; `few` guards any of them,
`rule` is the one door, `rolling` makes one score of many, `scored` is what comes out.
"""

from samrit.scoring.bands import Bands, Better, band
from samrit.scoring.conditional import Branch, Conditional
from samrit.scoring.conditions import Condition, FactTest, holds
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import round_to
from samrit.scoring.few import Few, FewThen
from samrit.scoring.improvement import Change, Improvement
from samrit.scoring.known import Fact, Known
from samrit.scoring.ladder import Bonus, Ladder, Rung
from samrit.scoring.levels import Levels
from samrit.scoring.linear import Linear
from samrit.scoring.norm import Norm, Spread, norm_of
from samrit.scoring.norm_bands import NormBands
from samrit.scoring.rolling import RollUp, count_left_out, roll_up_scores
from samrit.scoring.rule import Marker, Rule, best_of, marker_of, score, worst_of
from samrit.scoring.scored import (
    NO_DATA,
    NOT_COMPUTED,
    UNMATCHED,
    UNSCORED,
    Mark,
    Scored,
    ScoreStanding,
    points,
    points_of,
    share,
)

__all__ = [
    "NOT_COMPUTED",
    "NO_DATA",
    "UNMATCHED",
    "UNSCORED",
    "Bands",
    "Better",
    "Bonus",
    "Branch",
    "Change",
    "Condition",
    "Conditional",
    "Fact",
    "FactTest",
    "Few",
    "FewThen",
    "Improvement",
    "Known",
    "Ladder",
    "Levels",
    "Linear",
    "Mark",
    "Marker",
    "Norm",
    "NormBands",
    "RollUp",
    "Rule",
    "Rung",
    "ScoreStanding",
    "Scored",
    "ScoringError",
    "Spread",
    "band",
    "best_of",
    "count_left_out",
    "holds",
    "marker_of",
    "norm_of",
    "points",
    "points_of",
    "roll_up_scores",
    "round_to",
    "score",
    "share",
    "worst_of",
]
