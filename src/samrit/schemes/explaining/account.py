"""Account: from the sum of all items of a unit to what is paid - adjustments, the advance, the net, what is owed."""

from dataclasses import dataclass
from typing import Any

from samrit.reference import format_day_th, parse_day
from samrit.schemes.authoring.figures import Words
from samrit.schemes.explaining.asked import Subject
from samrit.schemes.explaining.words import amount, figure, join, money, per
from samrit.schemes.inputs import Adjustment
from samrit.schemes.paying import Instalment, LedgerLine

COMPONENTS = (
    "earned", "adjustment", "advance", "net", "receivable", "forgiven", "carried", "payable", "support", "excellence",
)  # fmt: skip
KINDS = {
    "adjustment": Words(th="ปรับยอด", en="adjustment"),
    "appeal": Words(th="อุทธรณ์", en="appeal"),
}


@dataclass(frozen=True)
class Account:
    """The money of a unit over all its items, in satang, by component; only those that the run has.

    Adjustments that nobody approved are shown and not paid; their reasons stay with the file that they came from.
    """

    subject: Subject
    satang: dict[str, int]
    adjustments: tuple[Adjustment, ...]
    ledger: tuple[LedgerLine, ...]
    instalments: tuple[Instalment, ...]

    def as_dict(self) -> dict[str, Any]:
        """For the JSON."""
        return {
            "satang": self.satang,
            "adjustments": [
                {"kind": a.kind.value, "item": a.item, "satang": a.amount, "approved": a.is_approved}
                for a in self.adjustments
            ],
            "ledger": [
                {"since": o.since, "opening": o.opening, "set_off": o.set_off, "new": o.new, "closing": o.closing}
                for o in self.ledger
            ],
            "instalments": [{"payment": i.payment, "due": i.due, "satang": i.amount} for i in self.instalments],
        }

    def say(self) -> list[Words]:
        """The sum of the unit, step by step, down to what is paid and when."""
        said = [self._say_net(), *self._say_advance()]
        said += [self._say_adjustment(adjustment) for adjustment in self.adjustments]
        got = self.satang
        if got.get("receivable"):
            owed = self._amount("receivable")
            said.append(
                Words(
                    th=f"สุทธิติดลบ: {owed.th} เป็นลูกหนี้ หักจากเงินงวดต่อไป",
                    en=f"below zero: {owed.en} is owed, to be set off against later payments",
                )
            )
        if got.get("forgiven"):
            owed = self._amount("forgiven")
            said.append(Words(th=f"ส่วนที่ขาด {owed.th} ไม่เรียกคืน", en=f"{owed.en} less than the advance is forgiven"))
        if got.get("carried"):
            carried, payable = self._amount("carried"), self._amount("payable")
            periods = ", ".join(line.since for line in self.ledger if line.set_off)
            said.append(
                Words(
                    th=f"หักลูกหนี้จากงวดก่อน ({periods}) {carried.th} คงเหลือจ่าย {payable.th}",
                    en=f"{carried.en} owed since {periods} is set off, leaving {payable.en} to be paid",
                )
            )
        said += self._say_beside()
        return said + self._say_instalments()

    def _say_net(self) -> Words:
        got = self.satang
        net = self._amount("net")
        parts_th, parts_en = [f"ได้จากทุกตัวชี้วัด {money(got['earned'])}"], [f"all items {money(got['earned'])}"]
        if "adjustment" in got:
            parts_th.append(f"ปรับยอด {money(got['adjustment'])}")
            parts_en.append(f"adjustments {money(got['adjustment'])}")
        th, en = " + ".join(parts_th), " + ".join(parts_en)
        if "advance" in got:
            th, en = f"{th} - จ่ายล่วงหน้าแล้ว {money(got['advance'])}", f"{en} - advance paid {money(got['advance'])}"
        if got.get("forgiven"):
            th, en = f"{th} + ไม่เรียกคืน {money(got['forgiven'])}", f"{en} + forgiven {money(got['forgiven'])}"
        return Words(th=f"ทั้งหน่วย: สุทธิ {net.th} = {th}", en=f"the whole unit: net {net.en} = {en}")

    def _say_advance(self) -> list[Words]:
        of = self.subject
        advance = of.pack.scheme.money.advance
        if advance is None:
            return []
        got = self._amount("advance")
        if advance.rate is not None:
            rate = figure(advance.rate, per(of.pack, "คน", "person"))
            people = of.payee.people.get(advance.people, 0) if advance.people else of.payee.population
            return [
                Words(
                    th=f"จ่ายล่วงหน้า {got.th} = {rate.th} x {people:,} คน",
                    en=f"advance {got.en} = {rate.en} x {people:,} people",
                )
            ]
        if advance.share_of_last is None or of.payee.org not in of.run.inputs.last_paid:
            return [
                Words(
                    th="จ่ายล่วงหน้า: ยังไม่กรอกเงินที่จ่ายปีก่อน จึงเป็น 0",
                    en="advance: last year's payment is not entered, so it is 0",
                )
            ]
        last, share = amount(of.run.inputs.last_paid[of.payee.org], of.pack), figure(advance.share_of_last)
        up = figure(advance.uprating) if advance.uprating else None
        more = Words(th=f" x {up.th}", en=f" x {up.en}") if up else Words(th="", en="")
        return [
            Words(
                th=f"จ่ายล่วงหน้า {got.th} = {share.th} x เงินที่จ่ายปีก่อน {last.th} (คีย์เข้า){more.th}",
                en=f"advance {got.en} = {share.en} x last year's payment {last.en} (typed in){more.en}",
            )
        ]

    def _say_adjustment(self, of: Adjustment) -> Words:
        kind, got = KINDS[of.kind.value], amount(of.amount, self.subject.pack)
        item = Words(th=f" ข้อ {of.item}", en=f" of item {of.item}") if of.item else Words(th="", en="")
        state = (
            Words(th="อนุมัติแล้ว (คีย์เข้า)", en="approved (typed in)")
            if of.is_approved
            else Words(th="รออนุมัติ ยังไม่จ่าย", en="not approved, not paid")
        )
        return Words(th=f"{kind.th}{item.th} {got.th}: {state.th}", en=f"{kind.en}{item.en} {got.en}: {state.en}")

    def _say_beside(self) -> list[Words]:
        """Money that no score decides."""
        names = {
            "support": Words(th="นอกจากนี้ได้เงินสนับสนุน", en="beside that, support"),
            "excellence": Words(th="นอกจากนี้ได้เงินผลงานดีเด่น", en="beside that, excellence money"),
        }
        return [join([words, self._amount(name)]) for name, words in names.items() if self.satang.get(name)]

    def _say_instalments(self) -> list[Words]:
        titles = {payment.id: payment.title for payment in self.subject.pack.scheme.calendar.payments}
        grouped: dict[str, list[Instalment]] = {}
        for instalment in self.instalments:
            grouped.setdefault(instalment.payment.partition(".")[0], []).append(instalment)
        said = []
        for payment, of in grouped.items():
            got, title = amount(sum(i.amount for i in of), self.subject.pack), titles[payment]
            first = parse_day(of[0].due)
            months = Words(th=f" แบ่ง {len(of)} งวด เริ่ม", en=f" in {len(of)} parts from") if len(of) > 1 else None
            said.append(
                Words(
                    th=f"งวดเงิน: {title.th} {got.th}{months.th if months else ' กำหนดจ่าย'} {format_day_th(first)}",
                    en=f"payment: {title.en} {got.en}{months.en if months else ', due'} {first.isoformat()}",
                )
            )
        return said

    def _amount(self, component: str) -> Words:
        return amount(self.satang.get(component, 0), self.subject.pack)


def account_of(subject: Subject) -> Account:
    """The account of the unit in its run."""
    org, evaluation = subject.payee.org, subject.run.evaluation
    there = {p.component for p in evaluation.payments if p.org == org}
    return Account(
        subject,
        {name: subject.amount(name) for name in COMPONENTS if name in there},
        tuple(a for a in subject.run.inputs.adjustments if a.org == org),
        tuple(line for line in evaluation.ledger if line.org == org),
        tuple(i for i in evaluation.instalments if i.org == org),
    )
