"""Money as 43-file cells: whole satang inside, baht with two decimals in the file."""


def baht(satang: int) -> str:
    """Satang as a cell.

    >>> baht(5050)
    '50.50'
    """
    return f"{satang // 100}.{satang % 100:02d}"
