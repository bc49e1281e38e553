"""Materials: everything that an evaluation needs, gathered: no snapshot, no files, no clock from here on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from samrit.reference import Period
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.inputs import RunInputs
from samrit.schemes.payees import Payee
from samrit.schemes.scores import Counted


@dataclass(frozen=True)
class Materials:
    """A pack, who is paid, what was counted and what was given.

    counts: (item, org) -> Counted, typed-in entries among them, at the level of the item's pool. whole: what the sums
    are called. is_cut: the payees are not all of the table, so rules that divide or compare a region cannot run.
    period, census_day: those of the run; None, those of the pack.
    """

    pack: Pack
    payees: tuple[Payee, ...]
    whole: str = "all"
    counts: Mapping[tuple[str, str], Counted] = field(default_factory=dict)
    inputs: RunInputs = field(default_factory=RunInputs)
    is_cut: bool = False
    period: Period | None = None
    census_day: date | None = None

    @property
    def days(self) -> tuple[Period, date]:
        """Period and census day."""
        scheme = self.pack.scheme
        return self.period or scheme.period, self.census_day or date.fromisoformat(scheme.census_day)
