"""Checking: what the models cannot see: names that are missing, sums that do not add up, rules that fit no fact.

findings   the problems so far, each at its line and under the name that people give the place
rules      edges, scores, other rules, circles
conditions tests on facts that an item has
items      where an item's value, marks, pool and domain come from
sums       weights, points and rates, regional items
money      bases of people, pools, advance, support, calendar
"""

from collections.abc import Callable, Collection

from samrit.authored import Marked
from samrit.problems import Problem
from samrit.schemes.authoring.checking.findings import Findings
from samrit.schemes.authoring.checking.items import check_items
from samrit.schemes.authoring.checking.money import check_money
from samrit.schemes.authoring.checking.rules import check_rules
from samrit.schemes.authoring.checking.sums import check_sums
from samrit.schemes.authoring.scheme import Scheme

__all__ = ["check_scheme"]

MONEY = frozenset({"people", "pools", "domains"})
CHECKS: tuple[tuple[Callable[[Findings], None], frozenset[str]], ...] = (
    (check_rules, frozenset()),
    (check_items, MONEY),
    (check_sums, MONEY | {"scoring", "items"}),
    (check_money, MONEY | {"scoring", "items"}),
)
"""Every check and the parts of a scheme that must be whole for it. Rules and items are looked at one by one: one that
is missing says nothing of the others."""


def check_scheme(scheme: Marked[Scheme], folder_name: str, doubtful: Collection[str] = ()) -> list[Problem]:
    """Every mistake of a scheme that its models accept, by place. The id must be the name of its folder.

    doubtful: parts of the scheme that are not whole; what would need them is not checked.
    """
    found = Findings(scheme.model, scheme.marks)
    if scheme.model.id != folder_name:
        found.add("schemes.id", ("id",), id=scheme.model.id, name=folder_name)
    for check, needed in CHECKS:
        if needed.isdisjoint(doubtful):
            check(found)
    return found.sorted()
