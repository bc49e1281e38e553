"""A unit without any people stands on every paper of every pack: with its points, and without money."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from reports.building import read_rows, satang
from reports.conftest import Kept
from reports.kept_runs import PACKS
from samrit.reports import write_instalments, write_notices, write_receivables, write_workbook
from samrit.schemes import Payee, SchemeRun, evaluate


def with_nobody(run: SchemeRun) -> SchemeRun:
    """The run with one more unit, which has no people and the counts of the one that reported most."""
    empty = Payee("99990", run.payees[0].district_code, "ไม่มีคน", "Nobody", dict.fromkeys(run.pack.scheme.people, 0))
    ((most, _),) = Counter(org for _, org in run.materials.counts).most_common(1)
    counts = {(item, empty.org): of for (item, org), of in run.materials.counts.items() if org == most}
    of = run.materials
    made = replace(of, payees=(*of.payees, empty), counts={**of.counts, **counts})
    return replace(run, materials=made, evaluation=evaluate(made))


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_paper_is_made_and_the_unit_is_paid_nothing(kept: Kept, pack_id: str, tmp_path: Path) -> None:
    run = with_nobody(kept[pack_id])
    write_workbook(run, tmp_path / "w.xlsx")
    write_notices(run, tmp_path / "n.xlsx")
    write_receivables(run, tmp_path / "r.xlsx")
    write_instalments(run, tmp_path / "i.xlsx")
    name = next(n for n in CalamineWorkbook.from_path(str(tmp_path / "n.xlsx")).sheet_names if n.startswith("99990"))
    rows = read_rows(tmp_path / "n.xlsx", name)
    total = next(row for row in rows if row[1] == "รวมได้ตามผลงาน")
    assert satang(total[4]) == 0
    points = sum(line.points or 0 for line in run.evaluation.scores if line.org == "99990")
    assert points > 0
    assert [
        line for line in run.evaluation.scores if line.org == "99990" and line.item == run.pack.scheme.items[0].item
    ]
    before = kept[pack_id].evaluation
    assert all(run.evaluation.amount(p.org, "earned") == before.amount(p.org, "earned") for p in run.payees)
