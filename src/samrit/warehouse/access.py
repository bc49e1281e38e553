"""The access log: every look at persons leaves a line; each line holds the hash of the line before it."""

from dataclasses import dataclass
from datetime import datetime

from samrit.objects import Chain
from samrit.problems import problem
from samrit.warehouse.errors import WarehouseError
from samrit.warehouse.home import Home


@dataclass(frozen=True)
class Access:
    """Who looked at which persons, when and why. No person is named, only what was asked and how many were shown."""

    moment: datetime
    user: str
    action: str
    asked: dict[str, str]
    shown: int
    reason: str


def log_access(home: Home, access: Access) -> None:
    """Add a line before anything is shown. Raises WarehouseError without a reason."""
    if not access.reason.strip():
        raise WarehouseError(problem("warehouse.access.reason"))
    Chain(home.access_log).append(
        {
            "at": access.moment.isoformat(timespec="seconds"),
            "user": access.user,
            "action": access.action,
            "asked": access.asked,
            "shown": access.shown,
            "reason": access.reason,
        }
    )


def broken_at(home: Home) -> int | None:
    """The number of the first line that is torn or whose chain is broken (1 = first), or None."""
    return Chain(home.access_log).broken_at()
