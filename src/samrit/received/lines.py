"""One line of a CSV as cells: a row never goes over a line end, so an open quote takes only its own line."""

import csv


def cut_line(line: str) -> list[str] | None:
    """The trimmed cells of a line; None when its quotes do not match.

    >>> cut_line('11053, "a, b"'), cut_line('"open')
    (['11053', 'a, b'], None)
    """
    if '"' not in line:
        return [cell.strip() for cell in line.split(",")]
    try:
        [cells] = csv.reader([line], strict=True, skipinitialspace=True)
    except csv.Error:
        return None
    return [cell.strip() for cell in cells]
