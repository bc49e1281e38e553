"""Evaluate a pack: counts -> scores -> payments, for the units of a province or of the whole region."""

from collections.abc import Sequence
from dataclasses import dataclass

from samrit.problems import problem
from samrit.schemes.errors import SchemesError
from samrit.schemes.excellence import Winner, pay_excellence
from samrit.schemes.pack import Pack
from samrit.schemes.payees import Payee
from samrit.schemes.payments import PaymentLine, pay_by_rate, pay_from_pool, sum_up
from samrit.schemes.scores import Counts, ScoreLine, score_items


@dataclass(frozen=True)
class Evaluation:
    """Scores and payments of all units of a run."""

    scores: tuple[ScoreLine, ...]
    payments: tuple[PaymentLine, ...]

    def amount(self, org: str, component: str) -> int:
        """Satang of one component of one unit; 0 when there is no such line."""
        return sum(p.amount for p in self.payments if p.org == org and p.component == component)


def evaluate(
    pack: Pack, counts: Counts, payees: Sequence[Payee], whole: str, winners: Sequence[Winner] = ()
) -> Evaluation:
    """Scores and payments; `whole` names the sums. counts: (item, org) -> Counted.

    Raises SchemesError when a rule needs the whole region and the payees are not the whole region, and NotConserved
    when a sum does not add up.
    """
    _refuse_half_a_region(pack, payees, winners)
    orgs = sorted({p.org for p in payees} | {org for _, org in counts})
    scores = score_items(pack, counts, orgs)
    lines = {p.org: {line.item: line for line in scores if line.org == p.org} for p in payees}
    payments: list[PaymentLine] = []
    if pack.scheme.money.rule == "open_rate":
        for payee in payees:
            payments += pay_by_rate(pack, payee, lines[payee.org])
    else:
        payments += pay_from_pool(pack, payees, lines)
    if winners:
        payments += pay_excellence(pack, payees, winners, whole)
    return Evaluation(scores, (*payments, *sum_up(pack, payments, payees, whole)))


def _refuse_half_a_region(pack: Pack, payees: Sequence[Payee], winners: Sequence[Winner]) -> None:
    """Closed pool and excellence divide the region's money: they run on all its people or not at all."""
    rules = ["closed_pool"] if pack.scheme.money.rule == "closed_pool" else []
    rules += ["excellence"] if winners else []
    people = sum(p.population for p in payees)
    region = pack.scheme.region
    if rules and people != region.population.value:
        raise SchemesError(
            problem(
                "schemes.money.needs_region",
                rule=", ".join(rules),
                region=region.code,
                people=f"{people:,}",
                wanted=f"{region.population.value:,}",
            )
        )
    unknown = sorted({w.org for w in winners} - {p.org for p in payees})
    if unknown:
        raise SchemesError(*(problem("schemes.winner.unknown", org=org) for org in unknown))
