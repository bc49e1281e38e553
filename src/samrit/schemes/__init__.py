"""Payment schemes as data: packs that name measures, bands, weights and money rules; run, explain, reconcile.

>>> from samrit.schemes import read_pack
>>> read_pack("qof-2557").item("2.6").measure
'ht_controlled'
"""

from samrit.schemes.errors import SchemesError
from samrit.schemes.evaluating import Evaluation, evaluate
from samrit.schemes.excellence import Winner
from samrit.schemes.explaining import Explanation, explain
from samrit.schemes.inputs import InputFile, RunInputs, find_inputs, read_inputs
from samrit.schemes.pack import Figure, Item, Pack, Standing, pack_ids, read_pack, read_pack_folder
from samrit.schemes.payees import Payee
from samrit.schemes.payments import PaymentLine
from samrit.schemes.running import Asked, SchemeRun, run_scheme
from samrit.schemes.scores import Counted, ScoreLine
from samrit.schemes.trend import TrendLine

__all__ = [
    "Asked",
    "Counted",
    "Evaluation",
    "Explanation",
    "Figure",
    "InputFile",
    "Item",
    "Pack",
    "Payee",
    "PaymentLine",
    "RunInputs",
    "SchemeRun",
    "SchemesError",
    "ScoreLine",
    "Standing",
    "TrendLine",
    "Winner",
    "evaluate",
    "explain",
    "find_inputs",
    "pack_ids",
    "read_inputs",
    "read_pack",
    "read_pack_folder",
    "run_scheme",
]
