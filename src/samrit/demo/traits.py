"""Traits: what makes one district better at something than another, so that districts land in different score bands."""

from collections.abc import Sequence
from dataclasses import dataclass

from samrit.demo.chance import Chance


@dataclass(frozen=True, slots=True)
class Traits:
    """Shares of one district, in percent or of 1,000; the comment of RANGES says of what."""

    anc_early: int
    anc_regular: int
    ht_controlled: int
    risk_screened: int
    sugar_tested: int
    dm_stays: int
    ht_stays: int
    asthma_stays: int
    hospital_visits: int
    measles: int
    teeth_seen: int
    teeth_sealed: int
    retina_seen: int
    icf_done: int
    home_visited: int
    cervix_screened: int
    depression_seen: int


RANGES = {
    "anc_early": (58, 96),  # first antenatal visit at 12 weeks or earlier
    "anc_regular": (72, 98),  # of those: also every later visit on schedule
    "ht_controlled": (48, 99),  # hypertension clinic: last two readings below 140/90
    "risk_screened": (88, 100),  # screened in the year, of those aged 35 and more
    "sugar_tested": (94, 100),  # of those screened: blood sugar taken as well
    "dm_stays": (8, 38),  # diabetics admitted for a short-term complication, of 1,000
    "ht_stays": (8, 40),  # hypertensives admitted for it, of 1,000
    "asthma_stays": (20, 100),  # asthmatics admitted for it, of 1,000
    "hospital_visits": (6, 44),  # of outpatient visits: at the hospital instead of the primary unit
    "measles": (87, 99),  # children with a first measles dose
    "teeth_seen": (84, 99),  # first-grade pupils with an oral examination
    "teeth_sealed": (48, 96),  # of those: sealant
    "retina_seen": (8, 92),  # diabetics with a retinal examination
    "icf_done": (5, 90),  # registered disabled surveyed
    "home_visited": (42, 92),  # chronic patients visited at home
    "cervix_screened": (66, 98),  # women 30-60 screened in five years
    "depression_seen": (11, 26),  # adults seen for depression, of 1,000 (27 of 1,000 have it, DEFINITIONS 4.6)
}
"""Lowest and highest share of each trait; percent unless said; chosen to straddle the bands of qof-2557, section 4."""


def district_traits(districts: Sequence[str], seed: int) -> dict[str, Traits]:
    """Traits of every district: evenly spread over each range, in an order of its own for each trait."""
    found: dict[str, dict[str, int]] = {district: {} for district in districts}
    for name, (low, high) in RANGES.items():
        order = Chance(seed, "trait", name).shuffle(districts)
        for rank, district in enumerate(order):
            found[district][name] = low + (high - low) * rank // max(len(order) - 1, 1)
    return {district: Traits(**values) for district, values in found.items()}
