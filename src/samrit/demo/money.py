"""Money as 43-file cells: whole satang inside, baht with two decimals in the file."""

from samrit.allocation import show_satang


def baht(satang: int) -> str:
    """Satang as a cell.

    >>> baht(5050)
    '50.50'
    """
    return show_satang(satang, grouped=False)
