"""The register that comes with Samrit; what it holds, from where and what is missing stands in `data/README.md`."""

from functools import cache

from samrit.reference.areas import read_shipped
from samrit.reference.register import Register
from samrit.reference.rows import facility_row


@cache
def shipped_register() -> Register:
    """The shipped register: 1,680 facilities, all open-ended, whole for the units of Loei that could be read.

    >>> from datetime import date
    >>> shipped_register().contracting_unit("04676", date(2013, 10, 1))
    '10705'
    """
    return Register(facility_row(row) for row in read_shipped("facilities.csv"))
