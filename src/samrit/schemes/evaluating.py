"""Evaluate a pack: what is known -> scores -> payments, for the units of a province or of the whole region. Pure."""

from dataclasses import dataclass

from samrit.allocation import show_satang, to_satang
from samrit.problems import Problem, Where, problem
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.pools import ClosedPool, RelativeToMean
from samrit.schemes.errors import SchemesError
from samrit.schemes.inputs import RunInputs
from samrit.schemes.materials import Materials
from samrit.schemes.paying import BasisRow, Instalment, LedgerLine, PaymentLines, pay
from samrit.schemes.score_table import ScoreTable, score_items
from samrit.schemes.scores import PartLine


@dataclass(frozen=True)
class Evaluation:
    """Scores and payments of all units of a run.

    parts: scores of primary units behind the score of a payee; ledger: what units owe, period by period; instalments:
    what is paid when; basis: figures that payments stand on; problems: what is to be told (a mean of 0).
    """

    scores: ScoreTable
    payments: PaymentLines
    parts: tuple[PartLine, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    basis: tuple[BasisRow, ...] = ()
    problems: tuple[Problem, ...] = ()

    def amount(self, org: str, component: str) -> int:
        """Satang of one component of one unit; 0 when there is no such line."""
        return self.amounts.get((org, component), 0)

    @property
    def amounts(self) -> dict[tuple[str, str], int]:
        """(unit, component) -> satang."""
        return self.payments.amounts


def evaluate(of: Materials) -> Evaluation:
    """Scores and payments.

    Raises SchemesError when a rule needs the whole region and the payees are not the whole region, when a winner is no
    payee or the pack has no excellence money; NotConserved when a sum does not add up.
    """
    check_region(of)
    pack, payees, inputs = of.pack, of.payees, of.inputs
    scores = score_items(pack, payees, of.counts, inputs.facts, inputs.last)
    paid = pay(pack, payees, scores, inputs, of.whole)
    told = (*paid.problems, *_excellence_open(of))
    return Evaluation(scores, paid.lines, scores.parts, paid.ledger, paid.instalments, paid.basis, told)


def _excellence_open(of: Materials) -> tuple[Problem, ...]:
    """Excellence money of a whole region for which no winner is entered: it is in no sum, so it is told."""
    rules, region = of.pack.scheme.money.excellence, of.pack.scheme.region
    people = sum(payee.population for payee in of.payees)
    is_region = not of.is_cut if region.people is None else people == region.people.value
    if rules is None or of.inputs.winners or not is_region:
        return ()
    amount = show_satang(to_satang(rules.region.value) + to_satang(rules.province.value))
    where = Where(file=of.pack.id, field="money.excellence")
    return (problem("schemes.excellence.open", where, amount=amount, currency=of.pack.scheme.currency.code),)


def check_region(of: Materials) -> None:
    """Raises SchemesError when a rule needs the whole region and the payees are not the whole region.

    A region whose people are printed must be met to the person; else all units of the table are the region. It can be
    called before anything is counted.
    """
    rules = needs_region(of.pack, of.inputs)
    people = sum(p.population for p in of.payees)
    region = of.pack.scheme.region
    facts = {"rule": ", ".join(rules), "region": region.code, "people": f"{people:,}"}
    if rules and region.people is not None and people != region.people.value:
        raise SchemesError(problem("schemes.money.needs_region", **facts, wanted=f"{region.people.value:,}"))
    if rules and region.people is None and of.is_cut:
        raise SchemesError(problem("schemes.money.needs_all", **facts, scheme=of.pack.id))
    found = []
    if of.inputs.winners and of.pack.scheme.money.excellence is None:
        found.append(problem("schemes.winner.no_pot", scheme=of.pack.id))
    unknown = sorted({w.org for w in of.inputs.winners} - {p.org for p in of.payees})
    found += [problem("schemes.winner.unknown", org=org) for org in unknown]
    if found:
        raise SchemesError(*found)


def needs_region(pack: Pack, inputs: RunInputs) -> list[str]:
    """The rules of a run that divide a region's money or compare its units: they run on all of it or not at all."""
    rules: list[str] = [pool.rule for pool in pack.scheme.pools if isinstance(pool, ClosedPool | RelativeToMean)]
    if any(pack.norms(item) for item in pack.scheme.items):
        rules.append("norm")
    if pack.scheme.money.support:
        rules.append("support")
    if inputs.winners:
        rules.append("excellence")
    return list(dict.fromkeys(rules))
