"""Recalling: a kept run as a finished run again, from nothing but its folder; nothing is counted."""

import hashlib

from samrit.problems import Where, problem
from samrit.results import Run, as_csv
from samrit.schemes.errors import SchemesError
from samrit.schemes.evaluating import evaluate
from samrit.schemes.kept import cells_of, materials_of
from samrit.schemes.running import SchemeRun
from samrit.schemes.tables import run_tables

EXPLAINED = ("scores.csv", "payments.csv")


def recall(run: Run) -> SchemeRun:
    """The run with its scores and payments as they are kept.

    Raises SchemesError when the kept pack or inputs cannot be read, and when this version of the code gives other
    scores or payments than the run has: an explanation of other figures would be none.
    """
    materials = materials_of(run)
    evaluation = evaluate(materials)
    done = SchemeRun(run, materials, *materials.days, cells_of(run), evaluation, (), ())
    made = run_tables(done.pack.id, done.cells, evaluation, done.inputs.adjustments, None)
    for name in EXPLAINED:
        if hashlib.sha256(as_csv(*made[name])).hexdigest() != run.manifest["files"][name]:
            facts = {"run": run.id, "code": run.manifest.get("code", "-")}
            raise SchemesError(problem("schemes.explain.other_code", Where(file=name), **facts))
    return done
