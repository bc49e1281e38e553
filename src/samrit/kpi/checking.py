"""Checking a template by its own worked cases: letters in, value, verdict and score out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from samrit.formula import FormulaError, round_half_up
from samrit.kpi.banding import score_in
from samrit.kpi.judging import judge
from samrit.kpi.rounds import Round
from samrit.kpi.template import Template
from samrit.problems import Problem, Where, problem

WORDS = {"value", "round", "passes", "score", "note"}
TRUTH = {"true": True, "false": False, None: None}


@dataclass(frozen=True)
class Checked:
    """One worked case: its number from 1, its note, and what differs (nothing: it passed)."""

    number: int
    note: str
    problems: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Everything came out as the case says."""
        return not self.problems


def check_template(template: Template) -> tuple[Checked, ...]:
    """Every worked case of a template, in the order of the file. A case says only what it checks.

    A case without a round is judged by the twelfth month of the template's year.
    """
    return tuple(_check(template, number, case) for number, case in enumerate(template.written.tests, start=1))


def _check(template: Template, number: int, case: Mapping[str, Any]) -> Checked:
    where = template.marks.at("tests", number - 1)
    note = str(case.get("note") or "")
    misspelt = [key for key in case if key not in WORDS and key not in template.formula.names]
    unreadable = [key for key in case if key not in WORDS and key not in misspelt and not _reads(case[key])]
    unreadable += [key for key in ("value", "score") if key in case and not _reads(case[key])]
    unreadable += [key for key in ("passes",) if case.get(key) not in TRUTH]
    unreadable += [key for key in ("round",) if key in case and case[key] not in {each.value for each in Round}]
    if misspelt or unreadable:
        names = ", ".join(template.formula.names)
        found = [problem("kpi.case.key", where, number=number, found=key, names=names) for key in misspelt]
        found += [problem("kpi.case.figure", where, number=number, key=key, found=case[key]) for key in unreadable]
        return Checked(number, note, tuple(found))
    return Checked(number, note, tuple(_differences(template, number, case, where)))


def _differences(template: Template, number: int, case: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    wanted = _decimal(case.get("value"))
    letters = {name: _decimal(case[name]) for name in template.formula.names if name in case}
    value = wanted
    if letters:
        given = {name: letters.get(name) for name in template.formula.names}
        try:
            value = template.formula.evaluate(given)
        except FormulaError as error:
            yield from (replace(one, where=where) for one in error.problems)
            return
        if "value" in case and _shown(value, wanted) != wanted:
            yield _differs(where, number, "value", wanted, value if wanted is None else _shown(value, wanted))
    at = Round(case["round"]) if "round" in case else Round.M12
    target = template.targets.of(template.written.fiscal_year, at)
    if "passes" in case:
        passes = judge(value, template.written.operator, target)
        if passes is not TRUTH[case["passes"]]:
            yield _differs(where, number, "passes", case["passes"], passes)
    if "score" in case:
        score = score_in(value, template.bands)
        if score != _decimal(case["score"]):
            yield _differs(where, number, "score", case["score"], score)


def _shown(value: Decimal | None, wanted: Decimal | None) -> Decimal | None:
    """The value with as many decimals as the case has."""
    if value is None or wanted is None:
        return value
    exponent = wanted.as_tuple().exponent
    return round_half_up(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def _differs(where: Where, number: int, what: str, wanted: object, found: object) -> Problem:
    return problem("kpi.case.differs", where, number=number, what=what, wanted=_said(wanted), found=_said(found))


def _said(figure: object) -> str:
    return "ไม่มี / none" if figure is None else str(figure).lower()


def _reads(text: Any) -> bool:
    try:
        return text is None or Decimal(text).is_finite()
    except (InvalidOperation, TypeError, ValueError):
        return False


def _decimal(text: Any) -> Decimal | None:
    return None if text is None else Decimal(text)
