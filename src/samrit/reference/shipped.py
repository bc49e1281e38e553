"""The register that comes with Samrit; what it holds, from where and what is missing stands in `data/README.md`."""

from functools import cache

from samrit.reference.areas import read_shipped
from samrit.reference.org import FacilityRow
from samrit.reference.register import Register


@cache
def shipped_register() -> Register:
    """The shipped register: 1,680 facilities, all open-ended, whole for the units of Loei that could be read.

    >>> from datetime import date
    >>> shipped_register().contracting_unit("04676", date(2013, 10, 1))
    '10705'
    """
    return Register(
        FacilityRow(
            hospcode=row["hospcode"],
            hostype=row["hostype"],
            service_level=row["service_level"],
            size=row["size"],
            cup=row["cup"],
            district_code=row["district_code"],
            province_code=row["province_code"],
            health_region=row["health_region"],
            name_th=row["name_th"],
        )
        for row in read_shipped("facilities.csv")
    )
