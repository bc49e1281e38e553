"""The maker of facility rows: from the text cells of any table that names the columns of COLUMNS.

Blank or absent means: not known for a code or a name, yes for a list (`sends_43`, `smart_health_id_target`), open for a
day. Columns that a facility row does not have are passed over.
"""

from collections.abc import Mapping
from datetime import date

from samrit.problems import Where, problem
from samrit.reference.day import parse_day
from samrit.reference.org import FacilityRow
from samrit.reference.refused import ReferenceRefused

FLAGS = ("", "0", "1")


def facility_row(cells: Mapping[str, str]) -> FacilityRow:
    """The row that text cells make, column name -> cell. Raises ReferenceRefused for a cell that cannot be read.

    >>> facility_row({"hospcode": "11053", "hostype": "07", "sends_43": "0"}).sends_43
    False
    """
    return FacilityRow(
        hospcode=cells["hospcode"],
        hostype=cells.get("hostype", ""),
        service_level=cells.get("service_level", ""),
        size=cells.get("size", ""),
        cup=cells.get("cup", ""),
        district_code=cells.get("district_code", ""),
        province_code=cells.get("province_code", ""),
        health_region=cells.get("health_region", ""),
        sends_43=read_flag(cells, "sends_43"),
        smart_health_id_target=read_flag(cells, "smart_health_id_target"),
        name_th=cells.get("name_th", ""),
        name_en=cells.get("name_en", ""),
        valid_from=read_open_day(cells, "valid_from"),
        valid_to=read_open_day(cells, "valid_to"),
    )


def read_flag(cells: Mapping[str, str], column: str, where: Where | None = None) -> bool:
    """Whether a facility is on a list: 1 or blank is yes, 0 is no. Raises ReferenceRefused, placed at `where`."""
    text = cells.get(column, "")
    if text not in FLAGS:
        raise ReferenceRefused(problem("reference.flag.form", where or Where(field=column), found=text))
    return text != "0"


def read_open_day(cells: Mapping[str, str], column: str, where: Where | None = None) -> date:
    """The day of `valid_from` or `valid_to`; blank is open. Raises ReferenceRefused, placed at `where`."""
    text = cells.get(column, "")
    if text:
        return parse_day(text, where or Where(field=column))
    return date.min if column == "valid_from" else date.max
