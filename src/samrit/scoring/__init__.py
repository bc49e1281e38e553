"""Scoring: a value against bands, exact and with the distance to the next band.

>>> from decimal import Decimal
>>> from samrit.scoring import Bands, Better, band, points
>>> b1 = Bands((1, 2, 3, 4, 5), (Decimal(65), Decimal(70), Decimal(75), Decimal(80)), 2, Better.HIGHER)
>>> scored = band(Decimal("69.995"), b1)
>>> scored.score, scored.standing.value
(Decimal('3'), 'scored')
>>> points(scored, b1.max_score, Decimal(80))
Decimal('48')
>>> band(None, b1).standing.value, band(Decimal(50), None).standing.value
('no_data', 'unscored')
"""

from samrit.scoring.bands import Bands, Better
from samrit.scoring.errors import ScoringError
from samrit.scoring.score import (
    NO_DATA,
    NOT_COMPUTED,
    UNSCORED,
    Scored,
    ScoreStanding,
    band,
    points,
    share,
)

__all__ = [
    "NOT_COMPUTED",
    "NO_DATA",
    "UNSCORED",
    "Bands",
    "Better",
    "ScoreStanding",
    "Scored",
    "ScoringError",
    "band",
    "points",
    "share",
]
