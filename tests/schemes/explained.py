"""Explanations of units that are made up, evaluated without counting and without a home."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from samrit.reference import shipped_register
from samrit.results import Run
from samrit.schemes import (
    Counted,
    Explanation,
    Materials,
    Pack,
    Payee,
    RunInputs,
    SchemeRun,
    Standing,
    evaluate,
    explain,
)

REGISTER = shipped_register()
COUNTS = Mapping[tuple[str, str], Counted]


def payee(org: str, people: Mapping[str, int], **attributes: str) -> Payee:
    """A unit of Loei."""
    return Payee(org, "4201", f"หน่วย {org}", f"Unit {org}", people, attributes)


def of_ab(a: int, b: int, value: str, standing: Standing = Standing.COMPUTED) -> Counted:
    """A and B with the value that they come to."""
    return Counted(a, b, Decimal(value), standing)


def typed(value: str) -> Counted:
    """A value that was typed in, without A and B."""
    return Counted(None, None, Decimal(value), Standing.TYPED_IN)


def evaluated(pack: Pack, payees: Sequence[Payee], counts: COUNTS, inputs: RunInputs | None = None) -> SchemeRun:
    """A finished run that no folder holds."""
    materials = Materials(pack, tuple(payees), "all", counts, inputs or RunInputs())
    run = Run("0" * 16, Path("nowhere"), {"snapshot": "none", "scheme": pack.id})
    return SchemeRun(run, materials, *materials.days, {}, evaluate(materials), (), ())


def explained(run: SchemeRun, org: str, item: str) -> Explanation:
    """One item of one unit of such a run."""
    return explain(run, None, REGISTER, org, item)


def text(of: Explanation) -> str:
    """All Thai sentences."""
    return "\n".join(of.sentences())
