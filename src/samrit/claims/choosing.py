"""What is declared beside the files: which source stands when two tell of one thing, which services are paid singly."""

from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path

from samrit.authored import Model, read
from samrit.claims.errors import ClaimsError
from samrit.problems import nearest, problem


class Source(StrEnum):
    """Where a row of a view with two sources comes from; the text of its column `source`."""

    F43 = "f43"
    CLAIMS = "claims"


class Precedence(Model):
    """Per view the sources in the order in which they stand: the first that tells of a thing."""

    admissions: tuple[Source, ...]
    screenings: tuple[Source, ...]

    def preferring(self, facts: str, first: Source) -> "Precedence":
        """The same with one source first for a view. Raises ClaimsError for a view that has one source only."""
        if facts not in type(self).model_fields:
            good = list(type(self).model_fields)
            near = nearest(facts, good) or "-"
            raise ClaimsError(problem("claims.precedence.unknown", found=facts, near=near, good=", ".join(good)))
        order = (first, *(source for source in Source if source is not first))
        return self.model_copy(update={facts: order})

    def as_dict(self) -> dict[str, list[str]]:
        """View -> the names of its sources, the one that stands first."""
        return {facts: [source.value for source in getattr(self, facts)] for facts in type(self).model_fields}


class PaidService(Model):
    """A service that is paid item by item, and the measure by which a pool pays for it too."""

    service: str
    measure: str
    th: str
    en: str


class _Services(Model):
    services: tuple[PaidService, ...]


@cache
def usual_precedence() -> Precedence:
    """The precedence of a home that has said nothing: the 43 files stand."""
    return read(_file("precedence.yaml"), Precedence, "precedence.yaml")


@cache
def paid_services() -> tuple[PaidService, ...]:
    """The services that are paid item by item, as declared."""
    return read(_file("services.yaml"), _Services, "services.yaml").services


def paid_service(service: str) -> PaidService:
    """The declared service of that name. Raises ClaimsError for one that no measure is declared for.

    >>> paid_service("cervical").measure
    'cervical_screening_coverage'
    """
    declared = {of.service: of for of in paid_services()}
    if service not in declared:
        near = nearest(service, declared) or "-"
        raise ClaimsError(problem("claims.service.unknown", found=service, near=near, good=", ".join(declared)))
    return declared[service]


def _file(name: str) -> Path:
    return Path(str(resources.files("samrit.claims").joinpath(name)))
