"""The status of a run in words: a draft or frozen, by whom, when and why, and how much of the period it holds."""

from datetime import datetime

from samrit.reference import format_day_th
from samrit.reports.figures import Figures

NOT_FROZEN_TH = "ยังไม่รับรอง"


def status_th(figures: Figures) -> str:
    """Draft or frozen, with the months that are in it; it stands at the foot of every page."""
    done, whole = len(figures.run.period.months()), len(figures.run.pack.scheme.period.months())
    is_whole = figures.run.period == figures.run.pack.scheme.period
    months = f"ผลงานครบ {whole} เดือน" if is_whole else f"ผลงาน {done} จาก {whole} เดือน"
    if figures.frozen and figures.replaced_by:
        return f"ยกเลิกแล้ว ใช้ผล {figures.replaced_by} แทน"
    if figures.frozen:
        return f"รับรองแล้วเมื่อ {_day_th(figures.frozen.at)}: {months}"
    if is_whole:
        return f"ร่าง {NOT_FROZEN_TH}: {months}"
    return f"ร่างก่อนปิดงวด: {months} {NOT_FROZEN_TH} ไม่ใช่ยอดจ่ายจริง"


def frozen_th(figures: Figures) -> str:
    """Who froze the run, when and why; or that nobody did."""
    frozen = figures.frozen
    if frozen is None:
        return f"{NOT_FROZEN_TH} (ร่าง) ตัวเลขอาจเปลี่ยนได้จนกว่าจะรับรอง"
    said = f"รับรองเมื่อ {_day_th(frozen.at)} โดย {frozen.user}   เหตุผล: {frozen.reason}"
    said += f"   ใช้แทนผล {frozen.replaces}" if frozen.replaces else ""
    return said + (f"   ต่อมายกเลิก ใช้ผล {figures.replaced_by} แทน" if figures.replaced_by else "")


def _day_th(moment: str) -> str:
    return format_day_th(datetime.fromisoformat(moment).date())
