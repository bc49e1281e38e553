"""Quality: what figures are worth - what has been sent and what is silent; the centre's figures beside ours.

received packages -> completeness of each facility, table and month
the centre's rows -> our counts in several worlds (in time, read leniently, read otherwise) -> causes that add up
"""

from samrit.quality.centre import CentreRow, read_centre
from samrit.quality.completeness import (
    Completeness,
    FacilityQuality,
    MonthOfTable,
    TableQuality,
    measure_completeness,
    usual_period,
)
from samrit.quality.errors import QualityError
from samrit.quality.explaining import Cause
from samrit.quality.figures import WHOLE, Months
from samrit.quality.reconciling import (
    Asked,
    Difference,
    FacilityLine,
    Reading,
    Reconciliation,
    Side,
    reconcile,
)

__all__ = [
    "WHOLE",
    "Asked",
    "Cause",
    "CentreRow",
    "Completeness",
    "Difference",
    "FacilityLine",
    "FacilityQuality",
    "MonthOfTable",
    "Months",
    "QualityError",
    "Reading",
    "Reconciliation",
    "Side",
    "TableQuality",
    "measure_completeness",
    "read_centre",
    "reconcile",
    "usual_period",
]
