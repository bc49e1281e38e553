"""Worth: what another score or another count of one unit would bring it, in satang.

The whole run is evaluated again with that one figure changed and nothing else. Where units are compared or share a pot
it is an estimate, for the others will move too.
"""

from dataclasses import replace
from decimal import Decimal

from samrit.schemes.authoring.pools import ClosedPool, RelativeToMean
from samrit.schemes.evaluating import evaluate
from samrit.schemes.explaining.asked import Subject
from samrit.schemes.paying import pay
from samrit.schemes.scores import Counted
from samrit.scoring import RollUp, roll_up_scores


def worth_of(subject: Subject, then: Counted) -> int:
    """Satang that the unit earns more when it has that: the whole run evaluated again."""
    of = subject.run.materials
    org = subject.payee.org
    changed = replace(of, counts={**of.counts, (subject.item.item, org): then})
    return evaluate(changed).amount(org, "earned") - subject.amount("earned")


def worth_of_score(subject: Subject, score_then: Decimal) -> int:
    """Satang that the unit earns more with that score: all pools paid again."""
    of, org = subject.run.materials, subject.payee.org
    scores = subject.run.evaluation.scores.with_score(org, subject.item.item, score_then)
    paid = pay(of.pack, of.payees, scores, of.inputs, of.whole).lines
    return paid.amounts.get((org, "earned"), 0) - subject.amount("earned")


def rolled_with(subject: Subject, unit: str, score_then: Decimal) -> Decimal | None:
    """The score of the payee when one of its primary units had that score."""
    of = subject.item.parts
    assert of is not None
    facts = subject.run.inputs.facts.get((subject.item.item, subject.payee.org), {})
    parts = []
    for part in subject.run.evaluation.parts:
        if (part.org, part.item) == (subject.payee.org, subject.item.item):
            weight = facts.get(part.unit, {}).get(of.weight)
            own = score_then if part.unit == unit else part.scored.score
            parts.append((own, weight if isinstance(weight, Decimal) else Decimal(0)))
    return roll_up_scores(parts, RollUp(of.roll_up))


def is_estimate(subject: Subject) -> bool:
    """True where the money or the score of a unit depends on the others."""
    return bool(subject.pack.norms(subject.item)) or isinstance(subject.pool, ClosedPool | RelativeToMean)
