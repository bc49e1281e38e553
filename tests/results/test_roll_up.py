"""The one roll-up: cells added up to organisations of every level, values never averaged."""

import random
from datetime import date
from decimal import Decimal

import pytest

from samrit.reference import FacilityRow, Grouping, OrgLevel, Period, Register
from samrit.results import Cell, Line, add, plain, roll_up

PERIOD = Period(date(2013, 4, 1), date(2014, 3, 31))
MONTH = Period(date(2013, 4, 1), date(2013, 4, 30))
DAY = date(2013, 10, 1)

# Two districts of one province; 04801 has its contracting unit in the other district; another province of the region.
REGISTER = Register(
    [
        FacilityRow("10705", "06", cup="10705", district_code="4201", province_code="42", health_region="8"),
        FacilityRow("04801", "18", cup="11053", district_code="4201", province_code="42", health_region="8"),
        FacilityRow("11053", "07", cup="11053", district_code="4203", province_code="42", health_region="8"),
        FacilityRow("10671", "05", cup="10671", district_code="4101", province_code="41", health_region="8"),
        FacilityRow("10670", "05", cup="10670", district_code="4001", province_code="40", health_region="7"),
    ]
)


def cell(facility: str, unit: str, letter: str, amount: int, **other: object) -> Cell:
    known = {"measure": "m", "period": PERIOD, "sex": "1", "age_band": "40-44"} | other
    return Cell(facility=facility, contracting_unit=unit, letter=letter, amount=amount, **known)  # type: ignore[arg-type]


CELLS = [
    cell("10705", "10705", "a", 1),
    cell("10705", "10705", "b", 4),
    cell("10705", "11053", "b", 2, sex="2"),
    cell("04801", "11053", "a", 8),
    cell("04801", "11053", "b", 16),
    cell("11053", "11053", "b", 32, age_band=""),
    cell("10671", "10671", "a", 64),
    cell("10670", "10670", "b", 128),
    cell("99999", "", "b", 256),
    cell("99998", "10671", "a", 512),
]


def lines(level: OrgLevel, cells: list[Cell] = CELLS, day: date = DAY) -> dict[str, tuple[int, int]]:
    made = roll_up(cells, level, REGISTER, day)
    assert all((line.measure, line.period, line.level) == ("m", PERIOD, level) for line in made)
    return {line.org: (line.a, line.b) for line in made}


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (
            OrgLevel.FACILITY,
            {
                "04801": (8, 16),
                "10670": (0, 128),
                "10671": (64, 0),
                "10705": (1, 6),
                "11053": (0, 32),
                "99998": (512, 0),
                "99999": (0, 256),
            },
        ),
        # person by person, as the cells say: not by the register
        (
            OrgLevel.CONTRACTING_UNIT,
            {"": (0, 256), "10670": (0, 128), "10671": (576, 0), "10705": (1, 4), "11053": (8, 50)},
        ),
        (OrgLevel.DISTRICT, {"": (512, 256), "4001": (0, 128), "4101": (64, 0), "4201": (9, 22), "4203": (0, 32)}),
        (OrgLevel.PROVINCE, {"": (512, 256), "40": (0, 128), "41": (64, 0), "42": (9, 54)}),
        (OrgLevel.REGION, {"": (512, 256), "7": (0, 128), "8": (73, 54)}),
        (OrgLevel.COUNTRY, {"TH": (585, 438)}),
    ],
)
def test_a_level_adds_a_and_b_of_its_cells(level: OrgLevel, expected: dict[str, tuple[int, int]]) -> None:
    assert lines(level) == expected


def test_measures_and_periods_are_kept_apart() -> None:
    cells = [
        cell("10705", "10705", "b", 1),
        cell("10705", "10705", "b", 2, measure="other"),
        cell("10705", "10705", "b", 4, period=MONTH),
    ]

    assert roll_up(cells, OrgLevel.COUNTRY, REGISTER, DAY) == [
        Line("m", MONTH, OrgLevel.COUNTRY, "TH", 0, 4),
        Line("m", PERIOD, OrgLevel.COUNTRY, "TH", 0, 1),
        Line("other", PERIOD, OrgLevel.COUNTRY, "TH", 0, 2),
    ]


def test_a_facility_belongs_where_the_register_of_the_day_says() -> None:
    moved = Register(
        [
            FacilityRow("04801", district_code="4201", valid_to=DAY),
            FacilityRow("04801", district_code="4101", valid_from=date(2013, 10, 2)),
        ]
    )
    cells = [cell("04801", "", "b", 1)]

    assert [x.org for x in roll_up(cells, OrgLevel.DISTRICT, moved, DAY)] == ["4201"]
    assert [x.org for x in roll_up(cells, OrgLevel.PROVINCE, moved, date(2013, 10, 2))] == ["41"]


@pytest.mark.parametrize("level", list(OrgLevel))
@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_cells_does_not_matter_and_every_level_sums_to_the_country(level: OrgLevel, seed: int) -> None:
    chance = random.Random(seed)
    places = ["10705", "04801", "11053", "10671", "10670", "99999"]
    cells = [
        cell(chance.choice(places), chance.choice([*places, ""]), chance.choice("ab"), chance.randint(0, 9))
        for _ in range(200)
    ]
    made = roll_up(cells, level, REGISTER, DAY)

    assert made == roll_up(chance.sample(cells, len(cells)), level, REGISTER, DAY) == sorted(made)
    assert sum(line.a for line in made) == sum(c.amount for c in cells if c.letter == "a")
    assert sum(line.b for line in made) == sum(c.amount for c in cells if c.letter == "b")


def test_cells_can_be_any_iterable_and_none_give_no_line() -> None:
    assert roll_up(iter([]), OrgLevel.FACILITY, REGISTER, DAY) == []
    assert roll_up((c for c in CELLS), OrgLevel.COUNTRY, REGISTER, DAY) == roll_up(
        CELLS, OrgLevel.COUNTRY, REGISTER, DAY
    )


def test_classes_of_hospitals_are_added_up_wherever_they_are() -> None:
    register = Register(
        [
            FacilityRow("10671", "05", service_level="A", size="large", health_region="8"),
            FacilityRow("10670", "05", service_level="A", size="large", health_region="7", valid_to=DAY),
            FacilityRow(
                "10670", "05", service_level="A", size="small", health_region="7", valid_from=date(2013, 10, 2)
            ),
            FacilityRow("11053", "07", service_level="F2", health_region="8"),
            FacilityRow("04801", "18", size="small", health_region="8"),
        ]
    )

    def summed(day: date) -> dict[str, tuple[object, object]]:
        made = roll_up(CELLS, Grouping.SERVICE_LEVEL, register, day)
        assert all(line.level is Grouping.SERVICE_LEVEL for line in made)
        return {line.org: (line.a, line.b) for line in made}

    # without a class: 10705 and 04801 and the two that no register knows
    rest = (1 + 8 + 512, 4 + 2 + 16 + 256)
    assert summed(DAY) == {"A-large": (64, 128), "F2": (0, 32), "": rest}
    assert summed(date(2013, 10, 2)) == {"A-large": (64, 0), "A-small": (0, 128), "F2": (0, 32), "": rest}


def test_sums_of_weights_are_exact_and_written_without_zeros_behind() -> None:
    weights = [cell("10705", "10705", "a", Decimal(w)) for w in ("0.1", "0.2", "9" * 28 + ".7000")]  # type: ignore[arg-type]
    [line] = roll_up([*weights, cell("10705", "10705", "b", 3)], OrgLevel.PROVINCE, REGISTER, DAY)
    assert str(line.a) == "1" + "0" * 28
    assert (line.b, type(line.b)) == (3, int)


@pytest.mark.parametrize(
    ("amounts", "text"),
    [((), "0"), ((1, 2), "3"), ((1, Decimal("0.50")), "1.5"), ((Decimal("1.5"), Decimal("1.5")), "3")],
)
def test_added_amounts_are_written_plainly(amounts: tuple[int | Decimal, ...], text: str) -> None:
    assert str(add(*amounts)) == text


def test_plain_changes_no_number() -> None:
    for text in ("100", "100.000", "0.000001", "0E+3", "1E+2"):
        assert plain(Decimal(text)) == Decimal(text)
        assert "E" not in str(plain(Decimal(text)))
