"""Data at rest: packages in the vault, everything derived from them named by hashes, snapshots, curated views.

package -> parsed rows -> standing rows of a facility -> links of persons -> curated views -> snapshot
"""

from samrit.warehouse.access import Access, broken_at, log_access
from samrit.warehouse.catalogue import Kind, View, ViewColumn, views
from samrit.warehouse.claims.bouncing import ClaimsReject, claims_rejects
from samrit.warehouse.claims.comparing import ComparedHospital, ComparedStay, compare_stays, summarise
from samrit.warehouse.claims.loading import LoadedClaims, load_claims
from samrit.warehouse.claims.preferring import current_precedence, prefer_source
from samrit.warehouse.errors import PublishRefusedError, WarehouseError
from samrit.warehouse.home import Home, default_home
from samrit.warehouse.inputs import InputSet, current_input, put_input
from samrit.warehouse.loading import Loaded, load, rebuild
from samrit.warehouse.logs.loading import LoadedLogs, load_logs
from samrit.warehouse.logs.usage import BY, Usage, count_usage
from samrit.warehouse.snapshot import Snapshot, latest, open_snapshot, snapshots
from samrit.warehouse.tracing import ReceivedLine, Reject, rejects, trace

__all__ = [
    "BY",
    "Access",
    "ClaimsReject",
    "ComparedHospital",
    "ComparedStay",
    "Home",
    "InputSet",
    "Kind",
    "Loaded",
    "LoadedClaims",
    "LoadedLogs",
    "PublishRefusedError",
    "ReceivedLine",
    "Reject",
    "Snapshot",
    "Usage",
    "View",
    "ViewColumn",
    "WarehouseError",
    "broken_at",
    "claims_rejects",
    "compare_stays",
    "count_usage",
    "current_input",
    "current_precedence",
    "default_home",
    "latest",
    "load",
    "load_claims",
    "load_logs",
    "log_access",
    "open_snapshot",
    "prefer_source",
    "put_input",
    "rebuild",
    "rejects",
    "snapshots",
    "summarise",
    "trace",
    "views",
]
