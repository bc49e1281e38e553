"""What a snapshot is made from beside packages and logs: all claims received, by hospital, and the precedence."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samrit.claims import Precedence
from samrit.warehouse.claims.binding import LinkedClaims
from samrit.warehouse.claims.parsing import ParsedClaims, parse_claims
from samrit.warehouse.claims.preferring import current_precedence
from samrit.warehouse.claims.receiving import claims_receipts
from samrit.warehouse.claims.standing import StandingClaims, link_claims, stand_claims
from samrit.warehouse.home import Home


@dataclass(frozen=True)
class ClaimsAtRest:
    """The parsed files and the linked lines of every hospital; both empty while nothing was received."""

    parsed: tuple[ParsedClaims, ...]
    hospitals: dict[str, LinkedClaims]
    precedence: Precedence

    @property
    def links(self) -> list[Path]:
        """The links of all hospitals."""
        return [claims.links for claims in self.hospitals.values()]

    @property
    def standings(self) -> list[StandingClaims]:
        """The standing lines of all hospitals."""
        return [claims.standing for claims in self.hospitals.values()]

    def manifest(self) -> dict[str, Any]:
        """What a snapshot says of it: files by kind, names by hospital, the precedence; {} while there is nothing."""
        if not self.parsed:
            return {}
        files: dict[str, list[str]] = {}
        for file in self.parsed:
            files.setdefault(file.receipt.kind, []).append(file.receipt.sha256)
        names = {h: {"standing": c.standing.name, "links": c.links.stem} for h, c in self.hospitals.items()}
        return {"files": files, "hospitals": names, "precedence": self.precedence.as_dict()}


def gather_claims(home: Home, facility_links: Mapping[str, Path]) -> ClaimsAtRest:
    """All files received so far; facility_links: HOSPCODE -> links of its 43 files."""
    parsed = tuple(parse_claims(home, receipt) for receipt in claims_receipts(home))
    precedence = current_precedence(home)
    hospitals = {
        standing.hospital: LinkedClaims(
            standing, link_claims(home, standing, facility_links.get(standing.hospital)), precedence
        )
        for standing in stand_claims(home, parsed)
    }
    return ClaimsAtRest(parsed, hospitals, precedence)
