"""Payment schemes as data: packs that name measures, bands, weights and money rules; run, explain, reconcile.

>>> from samrit.schemes import read_pack
>>> read_pack("qof-2557").item("2.6").measure
'ht_controlled'
"""

from samrit.schemes.errors import SchemesError
from samrit.schemes.evaluating import Counted, Evaluation, PaymentLine, ScoreLine, evaluate
from samrit.schemes.explaining import Explanation, explain
from samrit.schemes.pack import Item, Pack, Payee, pack_ids, read_pack, read_pack_folder
from samrit.schemes.running import SchemeRun, run_scheme

__all__ = [
    "Counted",
    "Evaluation",
    "Explanation",
    "Item",
    "Pack",
    "Payee",
    "PaymentLine",
    "SchemeRun",
    "SchemesError",
    "ScoreLine",
    "evaluate",
    "explain",
    "pack_ids",
    "read_pack",
    "read_pack_folder",
    "run_scheme",
]
