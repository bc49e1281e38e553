"""The rows of the input views: what a count is given beside the snapshot - the register and the referral network."""

from collections.abc import Iterator
from datetime import date

from samrit.reference import OrgLevel, ReferralNetwork, Register

Row = tuple[str | bool | date, ...]


def rows_of_input(view: str, register: Register, network: ReferralNetwork) -> list[Row]:
    """The rows of an input view (`facilities`, `zones`, `agreements`), in the order of its columns."""
    match view:
        case "facilities":
            return list(_facilities(register))
        case "zones":
            return [(of.group, of.hospcode, of.zone) for of in network.zones if of.zone]
        case "agreements":
            return list(network.partners())
    raise KeyError(view)


def _facilities(register: Register) -> Iterator[Row]:
    for row in register.rows:
        above = register.parents(row.hospcode, row.valid_from)
        unit = register.contracting_unit(row.hospcode, row.valid_from) or ""
        areas = (above.get(level, "") for level in (OrgLevel.DISTRICT, OrgLevel.PROVINCE, OrgLevel.REGION))
        lists = (row.sends_43, row.smart_health_id_target)
        yield (
            *(row.hospcode, row.hostype, row.service_level, row.size, unit),
            *areas,
            *lists,
            *(row.valid_from, row.valid_to),
        )
