"""The centre's table names that mean a measure of the catalogue."""

import csv
from functools import cache
from importlib import resources


@cache
def centre_tables() -> dict[str, str]:
    """Name of a summary table -> measure. `centre_tables.csv` says from where each is known.

    >>> centre_tables()["s_ht_control"]
    'ht_controlled'
    """
    text = resources.files("samrit.quality").joinpath("centre_tables.csv").read_text(encoding="utf-8")
    return {line["table"]: line["measure"] for line in csv.DictReader(text.splitlines())}
