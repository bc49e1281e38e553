"""Ladder: scores for what a unit has reached (certificates, steps, numbers); the best rung counts, with bonuses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samrit.problems import Problems
from samrit.scoring.conditions import Condition, all_hold, check_days, look_up
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import add_up
from samrit.scoring.known import Known
from samrit.scoring.scored import NO_DATA, UNMATCHED, Basis, Scored, ScoreStanding


@dataclass(frozen=True, slots=True)
class Rung:
    """A score that is earned when all conditions hold; the code names it in explanations."""

    code: str
    score: Decimal | int
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Bonus:
    """What is added to the score of the rung when all conditions hold."""

    code: str
    add: Decimal | int
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs in any order, bonuses and the most that both together give (`cap`, None: no limit).

    The best rung that holds counts, of equals the first; then every bonus that holds is added. When no fact that the
    ladder names is known, beside attributes of the unit, it has NO_DATA (0); when some are, but no rung holds, it is
    UNMATCHED: no score, for people to look at. A ladder of nothing but attributes always looks. Certificates are judged
    on the day `on`, with so many calendar months of grace.
    Source: nhso-2552 section 4 (P1, R1). Raises ScoringError with every mistake.

    >>> from samrit.scoring import FactTest
    >>> certified = Rung("certified", 5, (Condition("status", FactTest.IS, "certified"),))
    >>> step_2 = Rung("step_2", 4, (Condition("status", FactTest.IS, "step_2"),))
    >>> ladder = Ladder((certified, step_2))
    >>> [ladder.score(Known(facts=facts)).standing.value for facts in ({"status": "step_2"}, {"status": "other"}, {})]
    ['scored', 'unmatched', 'no_data']
    """

    rungs: tuple[Rung, ...]
    bonuses: tuple[Bonus, ...] = ()
    cap: Decimal | int | None = None
    on: date | None = None
    grace_months: int = 0

    def __post_init__(self) -> None:
        found = Problems()
        seen: set[str] = set()
        for step in self._steps():
            if not step.code or step.code in seen:
                found.add("scoring.ladder.code", code=step.code)
            seen.add(step.code)
        if not self.rungs:
            found.add("scoring.ladder.empty")
        for rung in self.rungs:
            if not (Decimal(rung.score).is_finite() and rung.score >= 0):
                found.add("scoring.ladder.score", code=rung.code)
        for bonus in self.bonuses:
            if not (Decimal(bonus.add).is_finite() and bonus.add > 0):
                found.add("scoring.ladder.bonus", code=bonus.code)
        check_days(self._conditions(), self.on, self.grace_months, found)
        if not found and self.cap is not None and not (Decimal(self.cap).is_finite() and self.cap >= self._highest()):
            found.add("scoring.ladder.cap", cap=self.cap, highest=self._highest())
        if found:
            raise ScoringError(*found)

    @property
    def best(self) -> Decimal:
        """The best rung with all bonuses, at most the cap."""
        return self._capped(add_up([self._highest(), *(bonus.add for bonus in self.bonuses)]))

    @property
    def worst(self) -> Decimal:
        """The score of the worst rung."""
        return min(Decimal(rung.score) for rung in self.rungs)

    def score(self, known: Known) -> Scored:
        """The score of the best rung that holds, with bonuses. Raises ScoringError as `holds` does."""
        named = {condition.fact for condition in self._conditions()}
        reported = named - known.attributes.keys()
        if (reported or not named) and all(look_up(known, fact) is None for fact in reported):
            return NO_DATA
        held = [rung for rung in self.rungs if all_hold(rung.when, known, self.on, self.grace_months)]
        if not held:
            return UNMATCHED
        rung = max(held, key=lambda rung: rung.score)  # of equals max gives the first
        added = [bonus for bonus in self.bonuses if all_hold(bonus.when, known, self.on, self.grace_months)]
        total = add_up([rung.score, *(bonus.add for bonus in added)])
        basis: Basis = (("rung", rung.code), *(("bonus", bonus.code) for bonus in added))
        if self.cap is not None and total > self.cap:
            basis = (*basis, ("cap", self.cap))
        return Scored(self._capped(total), ScoreStanding.SCORED, basis=basis)

    def _capped(self, total: Decimal) -> Decimal:
        return total if self.cap is None else min(total, Decimal(self.cap))

    def _highest(self) -> Decimal:
        return max(Decimal(rung.score) for rung in self.rungs)

    def _steps(self) -> tuple[Rung | Bonus, ...]:
        return (*self.rungs, *self.bonuses)

    def _conditions(self) -> Iterator[Condition]:
        return (condition for step in self._steps() for condition in step.when)
