"""Rows aside and cells read as blank, in words: one line each, then what each state and rule means and how often."""

from collections import Counter
from collections.abc import Iterable

from rich.cells import cell_len

from samrit.claims import Rule as ClaimsRule
from samrit.cli.shown import out
from samrit.f43.reader import Rule
from samrit.logs import Rule as LogRule
from samrit.received import Aside
from samrit.warehouse import Reject

MOST_SHOWN = 200
STATES = {
    Aside.ASIDE: ("พักไว้", "aside: the row is not used"),
    Aside.VOIDED: ("ช่องเป็นว่าง", "voided: the cell is read as blank, the row is used"),
}
RULES: dict[str, tuple[str, str]] = {
    Rule.HEADER: ("หัวแฟ้มขาดคีย์", "a key column is missing in the header"),
    Rule.CELLS: ("จำนวนช่องไม่ตรง", "the number of cells differs from the header"),
    Rule.HOSPCODE: ("ไม่ใช่ของผู้ส่ง", "the facility code is not the sender's"),
    Rule.KEY_BLANK: ("คีย์ว่าง", "a key column is blank"),
    Rule.PID_BLANK: ("PID ว่าง", "PID is blank"),
    Rule.KEY_DATE: ("คีย์ไม่ใช่วันที่", "a key column is no valid date"),
    Rule.DATE: ("ไม่ใช่วันที่", "no valid date"),
    Rule.NUMBER: ("ไม่ใช่ตัวเลข", "no number"),
    Rule.INTEGER: ("ไม่ใช่จำนวนเต็ม", "no whole number"),
    LogRule.QUOTES: ("เครื่องหมายคำพูดไม่ครบคู่", "quotes do not match"),
    LogRule.JSON: ("ไม่ใช่ JSON ที่ใช้ได้", "no JSON object, or a key twice"),
    LogRule.BLANK: ("ช่องที่ต้องมีว่าง", "a column that must be there is blank"),
    LogRule.TIMESTAMP: ("อ่านวันเวลาไม่ได้", "the moment cannot be read"),
    LogRule.HOSPCODE: ("รหัสหน่วยบริการผิดแบบ", "the facility code has another form"),
    LogRule.SUCCESS: ("ไม่บอกว่าสำเร็จหรือไม่", "neither yes nor no"),
    ClaimsRule.NOBODY: ("ไม่บอกว่าเป็นใคร", "neither a citizen number nor a PID"),
    ClaimsRule.HOSPITAL: ("รหัสหน่วยบริการไม่ใช่ 5 หรือ 9 หลัก", "the facility code has neither 5 digits nor 9 characters"),
    ClaimsRule.DAY: ("ไม่ใช่วันที่ปี ค.ศ.", "no day of the Common Era"),
    ClaimsRule.MOMENT: ("อ่านวันเวลาในช่องไม่ได้", "the moment in the cell cannot be read"),
    ClaimsRule.MONEY: ("ไม่ใช่จำนวนเงิน", "no amount of baht"),
    ClaimsRule.CODES: ("อ่านรหัสโรคไม่ได้", "the codes cannot be read"),
    ClaimsRule.RIGHT: ("รหัสสิทธิไม่ใช่ 4 หลัก", "the right has not 4 characters"),
    ClaimsRule.FORM_BLANK: ("แบบตีกลับ: ยังไม่ได้กรอก", "the form bounces: not filled in"),
    ClaimsRule.FORM_CODE: ("แบบตีกลับ: ไม่ใช่คำตอบของแบบ", "the form bounces: none of its answers"),
    ClaimsRule.FORM_NUMBER: ("แบบตีกลับ: ไม่ใช่ตัวเลขที่มากกว่าศูนย์", "the form bounces: no number above zero"),
}
WIDTHS = (13, 17, 14)
HEAD = ("สถานะ/state", "กฎ/rule", "ช่อง/field", "ที่/place")


def show_rejects(every: Iterable[Reject]) -> None:
    """The first rejects line by line under a head, then all of them counted by state and rule, in Thai and English."""
    _say(*HEAD)
    met: Counter[tuple[Aside, str]] = Counter()
    for reject in every:
        state, rule = Aside(reject.state), reject.rule
        if met.total() < MOST_SHOWN:
            _say(STATES[state][0], RULES[rule][0], reject.field or "-", f"{reject.place}:{reject.line}")
        met[state, rule] += 1
    out.print()
    for (state, rule), count in sorted(met.items(), key=lambda found: -found[1]):
        thai = f"{STATES[state][0]} {RULES[rule][0]}"
        _say(f"{count:>{WIDTHS[0] - 2},}", f"{thai} / {RULES[rule][1]} ({STATES[state][1]})")
    total, shown = met.total(), min(met.total(), MOST_SHOWN)
    thai = f"ทั้งหมด {total:,} รายการ" + (f" แสดง {shown:,} --json แสดงทั้งหมด" if shown < total else "")
    english = f"{total:,} in all" + (f", the first {shown:,} are shown, --json shows all" if shown < total else "")
    out.print(f"{thai} / {english}", markup=False, highlight=False)


def _say(*cells: str) -> None:
    """One line in columns; a cell that is wider than its column is never cut."""
    *padded, last = cells
    line = " ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(padded, WIDTHS, strict=False))
    out.print(f"{line} {last}", markup=False, highlight=False)
