"""Payment schemes as data: packs that name measures, rules, weights and money; run, explain, reconcile.

Where a thing is: `authoring` a pack as people write it · `inputs` what a run is given · `counting`, `scores`, `norms`
from counts to points · `paying` from points to satang · `evaluating` both together · `running`, `kept` a run and its
folder · `explaining` from the baht to the rows · `scenarios`, `simulating` what if.

>>> from samrit.schemes import read_pack
>>> read_pack("qof-2557").item("2.6").measure
'ht_controlled'
"""

from samrit.schemes.authoring.figures import Figure, Standing
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.reading import read_pack, read_pack_folder
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.authoring.site import pack_ids
from samrit.schemes.choosing import find_payee
from samrit.schemes.errors import SchemesError
from samrit.schemes.evaluating import Evaluation, evaluate
from samrit.schemes.explaining import Explanation, check_asked, explain, recall
from samrit.schemes.inputs import (
    Adjustment,
    AdjustmentKind,
    InputFile,
    Receivable,
    RunInputs,
    Winner,
    find_inputs,
    read_inputs,
)
from samrit.schemes.kept import materials_of
from samrit.schemes.materials import Materials
from samrit.schemes.payees import Payee
from samrit.schemes.paying import PaymentLine, is_assumed
from samrit.schemes.running import Asked, SchemeRun, choose, run_scheme
from samrit.schemes.scores import Counted, ScoreLine
from samrit.schemes.trend import TrendLine

__all__ = [
    "Adjustment",
    "AdjustmentKind",
    "Asked",
    "Counted",
    "Evaluation",
    "Explanation",
    "Figure",
    "InputFile",
    "Item",
    "Materials",
    "Pack",
    "Payee",
    "PaymentLine",
    "Receivable",
    "RunInputs",
    "SchemeRun",
    "SchemesError",
    "ScoreLine",
    "Standing",
    "TrendLine",
    "Winner",
    "check_asked",
    "choose",
    "evaluate",
    "explain",
    "find_inputs",
    "find_payee",
    "is_assumed",
    "materials_of",
    "pack_ids",
    "read_inputs",
    "read_pack",
    "read_pack_folder",
    "recall",
    "run_scheme",
]
