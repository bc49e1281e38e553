"""Event: something that happens to a person on a day, which the facility where it happens writes down."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from samrit.demo.chance import Chance
from samrit.demo.days import Span
from samrit.demo.desk import Desk, Patient
from samrit.demo.places import Facility, Province
from samrit.demo.traits import Traits


@dataclass(frozen=True, slots=True)
class Event(ABC):
    """What happens on a day; it may last until a later one."""

    day: date

    @property
    def until(self) -> date:
        """The last day of it."""
        return self.day

    @abstractmethod
    def record(self, desk: Desk, patient: Patient) -> None:
        """Write it down at the desk of the facility where it happens."""


@dataclass(frozen=True, slots=True)
class Town:
    """Where a person's life is decided: home facility, province, traits of the district, the home's own chance.

    elsewhere: facilities of other areas that its people go to now and then; far_hospitals: the hospitals among them.
    """

    home: Facility
    province: Province
    traits: Traits
    span: Span
    chance: Chance
    elsewhere: tuple[str, ...] = ()
    far_hospitals: tuple[str, ...] = ()

    @property
    def hospital(self) -> str:
        """The hospital of the contracting unit."""
        return self.home.hospital

    @property
    def referral(self) -> str:
        """The hospital of the province that takes the difficult ones."""
        return self.province.referral


Happening = tuple[str, Event]
"""(hospcode, event)"""

Happenings = Iterator[Happening]
