"""What the causes of a difference are called, and what to do next about each, in Thai and English."""

from dataclasses import dataclass

from samrit.quality.explaining import Cause


@dataclass(frozen=True)
class CauseWords:
    """The name of a cause and the next step, each in Thai and English."""

    th: str
    en: str
    next_th: str
    next_en: str

    def __str__(self) -> str:
        return f"{self.th} / {self.en}"


CAUSES = {
    Cause.LATE: CauseWords(
        "ส่งหลังวันตัดข้อมูล",
        "late",
        "ศูนย์ยังไม่มีแฟ้มเหล่านี้ในวันที่ตัดข้อมูล ขอให้ศูนย์ประมวลผลใหม่ และรอบหน้าส่งก่อนวันตัดข้อมูล",
        "The centre did not have these packages on its cut day: ask it to process again, and send earlier next time.",
    ),
    Cause.VOIDED: CauseWords(
        "แถวหรือช่องที่อ่านไม่ได้",
        "voided",
        "สัมฤทธิ์ไม่นับแถวที่เขียนผิดแบบ แต่ศูนย์น่าจะอ่านได้ ดูที่ผิดด้วย samrit rejects แก้ที่ต้นทางแล้วส่งแฟ้มใหม่",
        "Samrit leaves out what is written in another form, the centre seems to take it: list the places with samrit"
        " rejects, mend them where they are typed, send again.",
    ),
    Cause.DEFINITION: CauseWords(
        "นิยามต่างกัน",
        "definition",
        "ศูนย์น่าจะใช้นิยามอีกแบบ ตกลงกับศูนย์ว่าใช้แบบใด แล้วนับใหม่ด้วย --param หรือ --period ให้ตรงกัน",
        "The centre seems to use another definition: agree on one, and count again with the same --param or --period.",
    ),
    Cause.MOVED: CauseWords(
        "นับไว้ที่หน่วยบริการอื่น",
        "moved",
        "คนเหล่านี้มี TYPEAREA 1 หรือ 3 มากกว่าหนึ่งแห่ง ให้หน่วยบริการตกลงกันว่าใครดูแล และแก้ TYPEAREA ของแห่งที่ไม่ได้อาศัยอยู่",
        "These persons have TYPEAREA 1 or 3 in several facilities: agree who cares for them, and mend TYPEAREA where"
        " they do not live.",
    ),
    Cause.UNKNOWN: CauseWords(
        "ไม่ทราบสาเหตุ",
        "unknown",
        "ข้อมูลที่มีอธิบายไม่ได้ ขอรายชื่อจากศูนย์แล้วเทียบกับ samrit measures people (ระบุเหตุผล ระบบบันทึกการเข้าดู)",
        "The data at hand do not say: ask the centre for its list and hold it against samrit measures people (needs a"
        " reason; the look is logged).",
    ),
}
