"""Lists of clinical codes: `codelists/<name>.csv` with code_prefix, title_en, source."""

import csv
from functools import cache
from importlib import resources
from pathlib import Path


def codelists_folder() -> Path:
    """Where the shipped lists are."""
    return Path(str(resources.files("samrit.measures").joinpath("codelists")))


@cache
def codelist_names() -> tuple[str, ...]:
    """Names of the shipped lists, sorted."""
    return tuple(sorted(f.stem for f in codelists_folder().glob("*.csv")))


@cache
def codelist(name: str) -> tuple[str, ...]:
    """The prefixes of a list, sorted. Raises KeyError for an unknown list."""
    return tuple(sorted(code for code, _ in titled_codes(name)))


@cache
def titled_codes(name: str) -> tuple[tuple[str, str], ...]:
    """The prefixes of a list with their English titles, in the order of the file. Raises KeyError for another name."""
    if name not in codelist_names():
        raise KeyError(name)
    with (codelists_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple((row["code_prefix"], row["title_en"]) for row in csv.DictReader(stream))
