"""Data at rest: packages in the vault, everything derived from them named by hashes, snapshots, curated views.

package -> parsed rows -> standing rows of a facility -> links of persons -> curated views -> snapshot
"""

from samrit.warehouse.catalogue import Kind, View, ViewColumn, views
from samrit.warehouse.errors import PublishRefused, WarehouseError
from samrit.warehouse.home import Home, default_home
from samrit.warehouse.loading import Loaded, load, rebuild
from samrit.warehouse.snapshot import Snapshot, latest, open_snapshot, snapshots
from samrit.warehouse.tracing import ReceivedLine, Reject, rejects, trace

__all__ = [
    "Home",
    "Kind",
    "Loaded",
    "PublishRefused",
    "ReceivedLine",
    "Reject",
    "Snapshot",
    "View",
    "ViewColumn",
    "WarehouseError",
    "default_home",
    "latest",
    "load",
    "open_snapshot",
    "rebuild",
    "rejects",
    "snapshots",
    "trace",
    "views",
]
