"""Life: everything that happens to a person in and around the period, and where."""

from dataclasses import dataclass

from samrit.demo.admissions import admissions
from samrit.demo.children import child_care
from samrit.demo.chronic import chronic_care
from samrit.demo.community import community_care
from samrit.demo.desk import Desk, Patient
from samrit.demo.disability import disability_care
from samrit.demo.event import Event, Happenings, Town
from samrit.demo.mouth import oral_care
from samrit.demo.people import Person
from samrit.demo.referrals import referrals
from samrit.demo.screening import screenings
from samrit.demo.visits import visits

CARE = (chronic_care, admissions, visits, screenings, child_care, oral_care, disability_care, community_care, referrals)


@dataclass(frozen=True, slots=True)
class OtherHome(Event):
    """Another facility has the person among its residents; being enrolled there is all that happens.

    typearea: as it should be; stated: as that facility writes it.
    """

    typearea: str
    stated: str

    def record(self, desk: Desk, patient: Patient) -> None:
        """Nothing beyond the register rows."""


def live(person: Person, town: Town) -> Happenings:
    """The events of a person, none before the birth and none after death or departure."""
    for care in CARE:
        for at, event in care(person, town):
            if within_life(person, event):
                yield at, event


def within_life(person: Person, event: Event) -> bool:
    """True for an event that the person can have had: from the birth on, ended by the last day here."""
    return person.birth <= event.day and event.until <= person.last_day
