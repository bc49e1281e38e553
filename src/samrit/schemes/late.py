"""Late data: what came in after a run was frozen becomes entries that wait for approval, never a silent payment."""

from collections.abc import Iterator, Sequence
from datetime import date

from samrit.allocation import show_satang
from samrit.schemes.comparing import Comparison
from samrit.schemes.inputs import AdjustmentKind

COLUMNS = (
    "org", "item", "kind", "amount_baht", "reason", "author", "entered_on", "approved_by", "approved_on",
)  # fmt: skip


def adjustments_of(
    found: Comparison, snapshot: str, author: str, day: date
) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """The `adjustments` table of a comparison with a newer snapshot: an entry per unit and item, not yet approved."""
    return COLUMNS, list(_entries(found, snapshot, author, day))


def _entries(found: Comparison, snapshot: str, author: str, day: date) -> Iterator[tuple[str, ...]]:
    for change in found.items:
        if change.satang:
            amount = show_satang(change.satang, grouped=False)
            said = f"ข้อมูลที่มาหลังรับรองผล {found.before.id} (ชุดข้อมูล {snapshot})"
            kind = AdjustmentKind.ADJUSTMENT.value
            yield (change.org, change.item, kind, amount, said, author, day.isoformat(), "", "")
