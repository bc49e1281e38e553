"""Import an organisation file: all of it or nothing, every mistake with its line.

The columns of COLUMNS up to health_region must be there (their cells may be blank, but for hospcode); the rest is
optional. What one row says is read first; then the rows are checked against each other and against the area tables.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from samrit.problems import Problem, Problems, Where
from samrit.reference.areas import Areas, shipped_areas
from samrit.reference.org import HOSTYPES, FacilityRow, OrgLevel, is_hospcode
from samrit.reference.refused import ReferenceRefused
from samrit.reference.register import COLUMNS, Register, fill_areas
from samrit.reference.rows import facility_row, read_flag, read_open_day
from samrit.reference.sheet import Line, read_sheet

REQUIRED = COLUMNS[: COLUMNS.index("health_region") + 1]
OPTIONAL = COLUMNS[len(REQUIRED) :]
Value = TypeVar("Value")


@dataclass(frozen=True)
class _Read:
    """A row that could be read, with the line it stands on."""

    line: int
    row: FacilityRow


def read_org_file(path: Path, base: Register | None = None) -> tuple[Register, list[Problem]]:
    """The register that the file makes, with the warnings about it.

    `path`: CSV (UTF-8 with or without its mark, or cp874; commas) or XLSX (first sheet), columns by name in any case:
    hospcode, hostype, service_level, size, cup, district_code, province_code, health_region must be there; sends_43 and
    smart_health_id_target (0 or 1, blank = 1), name_th, name_en, valid_from, valid_to (ISO days, blank = open) may be.
    `base`: None = the file is the whole table; else its rows replace the base's rows of the same hospcode.

    Raises ReferenceRefused with every problem found, warnings too, when at least one is an error.
    """
    problems = Problems()
    shown = str(path)
    lines = read_sheet(path, REQUIRED, OPTIONAL, problems)
    read = [made for line in lines if (made := _read_row(line, shown, problems)) is not None]
    _check_repeats(read, shown, problems)
    new = {made.row.hospcode for made in read}
    kept = [row for row in base.rows if row.hospcode not in new] if base else []
    areas = base.areas if base else shipped_areas()
    for made in read:
        _check_areas(made, areas, shown, problems)
    written = {line.cells["hospcode"] for line in lines}
    _check_cups(read, kept, written, shown, problems)
    if problems.has_errors:
        raise ReferenceRefused(*problems.sorted())
    return Register([*kept, *(made.row for made in read)], areas), problems.sorted()


def _read_row(line: Line, shown: str, problems: Problems) -> _Read | None:
    """The row of a line, or None when one of its own cells is wrong."""
    before = len(problems)
    cells = line.cells

    def where(field: str) -> Where:
        return Where(file=shown, line=line.number, field=field)

    def read(reader: Callable[[Mapping[str, str], str, Where], Value], field: str) -> Value | None:
        try:
            return reader(cells, field, where(field))
        except ReferenceRefused as refused:
            problems.extend(refused.problems)
            return None

    hospcode, hostype = cells["hospcode"], cells["hostype"]
    if not hospcode:
        problems.add("reference.hospcode.blank", where("hospcode"))
    for field in ("hospcode", "cup"):
        if cells[field] and not is_hospcode(cells[field]):
            problems.add("reference.hospcode.form", where(field), found=cells[field])
    if len(hostype) == 1 and f"0{hostype}" in HOSTYPES:
        problems.add("reference.hostype.zero", where("hostype"), found=hostype)
    for field in ("sends_43", "smart_health_id_target"):
        read(read_flag, field)
    valid_from, valid_to = read(read_open_day, "valid_from"), read(read_open_day, "valid_to")
    if valid_from and valid_to and valid_to < valid_from:
        problems.add("reference.dates.backwards", where("valid_to"), start=valid_from, end=valid_to)
    if len(problems) > before:
        return None
    if hostype and hostype not in HOSTYPES:
        problems.add("reference.hostype.unknown", where("hostype"), found=hostype)
    return _Read(line.number, facility_row(cells))


def _check_repeats(read: Iterable[_Read], shown: str, problems: Problems) -> None:
    """A facility may stand more than once, but not twice for the same day."""
    earlier: dict[str, list[_Read]] = {}
    for made in read:
        row = made.row
        for other in earlier.setdefault(row.hospcode, []):
            if row.valid_from <= other.row.valid_to and other.row.valid_from <= row.valid_to:
                where = Where(file=shown, line=made.line, field="hospcode")
                problems.add("reference.hospcode.overlap", where, found=row.hospcode, first=other.line)
                break
        earlier[row.hospcode].append(made)


def _check_areas(made: _Read, areas: Areas, shown: str, problems: Problems) -> None:
    """District within province within region, as far as the area tables know the codes."""
    row = fill_areas(made.row, areas)
    codes = {
        "district_code": (OrgLevel.DISTRICT, row.district_code),
        "province_code": (OrgLevel.PROVINCE, row.province_code),
        "health_region": (OrgLevel.REGION, row.health_region),
    }
    for field, (level, code) in codes.items():
        if code and code not in areas.of(level):
            problems.add("reference.area.unknown", Where(file=shown, line=made.line, field=field), found=code)
    district, province = areas.districts.get(row.district_code), areas.provinces.get(row.province_code)
    if district and district.inside != row.province_code:
        where = Where(file=shown, line=made.line, field="province_code")
        facts = {"district": district.code, "expected": district.inside, "found": row.province_code}
        problems.add("reference.district.province", where, **facts)
    if province and province.inside != row.health_region:
        where = Where(file=shown, line=made.line, field="health_region")
        facts = {"province": province.code, "expected": province.inside, "found": row.health_region}
        problems.add("reference.province.region", where, **facts)


def _check_cups(read: list[_Read], kept: list[FacilityRow], written: set[str], shown: str, problems: Problems) -> None:
    """A cup must be in the table (a row with a mistake of its own counts) and should not have another cup itself.

    A kept row of the base is told at the line of the cup that it names, when the file gave that one another cup.
    """
    table = [*kept, *(made.row for made in read)]
    known = {row.hospcode for row in table} | written
    others: dict[str, list[tuple[FacilityRow, str]]] = {}
    for row in table:
        if row.cup and row.cup != row.hospcode:
            others.setdefault(row.hospcode, []).append((row, row.cup))

    def tell_chain(row: FacilityRow, where: Where) -> None:
        for further, cup in others.get(row.cup, []):
            if row.cup != row.hospcode and row.valid_from <= further.valid_to and further.valid_from <= row.valid_to:
                facts = {"hospcode": row.hospcode, "found": row.cup, "further": cup}
                problems.add("reference.cup.chained", where, **facts)
                break

    lines = {made.row.hospcode: made.line for made in read}
    for made in read:
        where = Where(file=shown, line=made.line, field="cup")
        if made.row.cup and made.row.cup not in known:
            problems.add("reference.cup.unknown", where, found=made.row.cup)
        tell_chain(made.row, where)
    for row in kept:
        if row.cup in lines:
            tell_chain(row, Where(file=shown, line=lines[row.cup], field="cup"))
