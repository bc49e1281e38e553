"""What an explanation is about: one item of one payee of a finished run, with its line among the scores."""

from dataclasses import dataclass

from samrit.problems import Where, problem
from samrit.reference import Register
from samrit.schemes.authoring.figures import Standing
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.pools import PoolOf
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.choosing import find_payee
from samrit.schemes.errors import SchemesError
from samrit.schemes.item_scores import known_of
from samrit.schemes.materials import Materials
from samrit.schemes.payees import Payee
from samrit.schemes.running import SchemeRun
from samrit.schemes.scores import ScoreLine, is_of_pool
from samrit.scoring import Known


@dataclass(frozen=True)
class Subject:
    """One item of one payee of a run. `line` is its score line."""

    run: SchemeRun
    payee: Payee
    item: Item
    line: ScoreLine

    @property
    def pack(self) -> Pack:
        return self.run.pack

    @property
    def pool(self) -> PoolOf:
        return self.run.pack.pool(self.item)

    @property
    def people(self) -> int:
        """People of the payee in the base of the item's pool."""
        return self.payee.people.get(self.pool.people, 0)

    @property
    def people_standing(self) -> Standing:
        """How that number is known: typed in when the run was given a table of its own, else as the pack says."""
        return Standing.TYPED_IN if self.run.inputs.populations else self.pack.scheme.people[self.pool.people].standing

    @property
    def earned(self) -> int:
        """Satang of this item."""
        return self.amount(f"earned.{self.item.item}")

    def amount(self, component: str) -> int:
        """Satang of one component of the payee."""
        return self.run.evaluation.amount(self.payee.org, component)

    def known(self, unit: str = "") -> Known:
        """What the rule looked at, at the payee or at one of its primary units."""
        of = self.run.materials
        given = (of.payees, of.counts, of.inputs.facts, of.inputs.last)
        return known_of(self.pack, self.item, *given, self.payee.org, unit)


def find_subject(run: SchemeRun, register: Register, org: str, item_code: str) -> Subject:
    """The item and the payee. Raises SchemesError for an unknown one, for a payee that its pool does not pay."""
    check_asked(run.materials, register, org, item_code)
    item = run.pack.item(item_code)
    payee = next(payee for payee in run.payees if payee.org == org)
    line = next(s for s in run.evaluation.scores if (s.org, s.item) == (org, item_code))
    return Subject(run, payee, item, line)


def check_asked(of: Materials, register: Register, org: str, item_code: str) -> None:
    """Told before anything is counted: an unknown item or payee, with the nearest; a payee of other pools."""
    item = of.pack.item(item_code)
    payee = find_payee(of.pack, of.payees, org, register, of.days[1])
    pool = of.pack.pool(item)
    if not is_of_pool(payee, pool):
        base = of.pack.scheme.people[pool.people].column
        where = Where(file=of.pack.id)
        raise SchemesError(problem("schemes.payee.pool", where, org=org, item=item_code, pool=pool.id, base=base))
