"""The printed tables of QOF 2557 as rows, read from the CSV files beside this module."""

import csv
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent
SPARE_RATE = {"3": "0.81", "4": "0.81", "5": "0.81", "6": "1.08"}  # domain 4: item 6 taken as the second 20-pointer
SPARE_POINTS = {"3": "15", "4": "15", "5": "15", "6": "20"}


def rows(name: str) -> list[dict[str, str]]:
    """All rows of a CSV file."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def satang(baht: str) -> int:
    """Printed baht as satang, by moving the decimal point (no rounding)."""
    whole, _, part = baht.lstrip("-").partition(".")
    amount = int(whole) * 100 + int(part.ljust(2, "0"))
    return -amount if baht.startswith("-") else amount


def indicators() -> list[tuple[str, str, int, Decimal]]:
    """Domain, code, points and printed rate of the 22 indicators."""
    found = []
    for row in rows("qof2557_indicators.csv"):
        open_cell = "_or_" in row["points"]
        points = SPARE_POINTS[row["no"]] if open_cell else row["points"]
        rate = SPARE_RATE[row["no"]] if open_cell else row["rate_printed"]
        found.append((row["domain"], f"{row['domain']}.{row['no']}", int(points), Decimal(rate)))
    return found
