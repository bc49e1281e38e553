"""Names of packages and of their entries (DEFINITIONS S1.1, S1.2)."""

import re

import pytest

from samrit.f43 import F43Error, package_name, table_of_entry


@pytest.mark.parametrize(
    ("name", "sender", "stamp"),
    [
        ("F43_11053_20140410101500.zip", "11053", "20140410101500"),
        ("f43_11053_20140410101500.ZIP", "11053", "20140410101500"),
        ("F43_11053_20140410101500.Zip", "11053", "20140410101500"),
        ("F43_00001_20140410101500.zip", "00001", "20140410101500"),
        ("F43_11053_20140410101500-1.zip", "11053", "20140410101500"),
        ("F43_11053_20140410101500_150127081316.zip", "11053", "20140410101500"),
        ("F43_11053_20140410101500_.zip", "11053", "20140410101500"),
        ("F43_11053_20140410101500-a.zip.zip", "11053", "20140410101500"),
        ("F43_11053_20140410101500_ส่งซ้ำ ครั้งที่ 2.zip", "11053", "20140410101500"),
        ("F43_EA0011053_20140410101500.zip", "EA0011053", "20140410101500"),
        ("f43_ea0011053_20140410101500-2.zip", "EA0011053", "20140410101500"),
        ("F43_123456789_99999999999999.zip", "123456789", "99999999999999"),
    ],
)
def test_legal_name_gives_sender_and_stamp(name: str, sender: str, stamp: str) -> None:
    parts = package_name(name)
    assert (parts.sender, parts.stamp, parts.text) == (sender, stamp, name.upper())


@pytest.mark.parametrize(
    "name",
    [
        "",
        "F43_11053_20140410101500",
        "F43_11053_20140410101500.rar",
        "F43_11053_20140410101500.zip.bak",
        "F43_11053_20140410101500.zip ",
        " F43_11053_20140410101500.zip",
        "F43-11053-20140410101500.zip",
        "F43_1105_20140410101500.zip",
        "F43_110530_20140410101500.zip",
        "F43_EA001105_20140410101500.zip",  # eight characters
        "F43_EA00110531_20140410101500.zip",  # ten characters
        "F43_1105A_20140410101500.zip",  # five, but not digits
        "F43_EA001105-_20140410101500.zip",
        "F43_11053_2014041010150.zip",  # 13 digits
        "F43_11053_201404101015000.zip",  # 15 digits
        "F43_11053_20140410101500(1).zip",  # a browser's second download: the suffix must start with - or _
        "F43_11053_20140410101500 -1.zip",
        "F43_๑๑๐๕๓_20140410101500.zip",  # Thai digits
        "F43_11053_２０140410101500.zip",  # full-width digits
        "F43_ﬁ1234567_20140410101500.zip",  # a ligature that upper case would turn into two letters
        "F43_11053_20140410101500.zıp",  # a dotless i that upper case would turn into I
        "F44_11053_20140410101500.zip",
        "PERSON.txt",
    ],
)
def test_any_other_name_is_refused_with_a_hint_in_both_languages(name: str) -> None:
    with pytest.raises(F43Error) as refused:
        package_name(name)
    (problem,) = refused.value.problems
    assert problem.code == "f43.package.name"
    assert problem.where.file == name
    assert re.search("[ก-๙]", problem.th)
    assert "F43_<5 or 9 character HOSPCODE>_<14 digits>.zip" in problem.hint


def test_name_that_is_no_text_is_refused_and_can_still_be_printed() -> None:
    with pytest.raises(F43Error) as refused:
        package_name("F43_11053_20140410101500_\udce0.zip")
    assert refused.value.problems[0].where.file == "F43_11053_20140410101500_?.zip"


@pytest.mark.parametrize(
    ("entry", "table"),
    [
        ("PERSON.txt", "PERSON"),
        ("person.TXT", "PERSON"),
        ("Person", "PERSON"),
        ("F43_11053_20140410101500/person.txt", "PERSON"),
        ("a/b\\c\\CHARGE_IPD.txt", "CHARGE_IPD"),
        ("../../etc/card.txt", "CARD"),
        ("accident_07487_20251001085344.txt", "ACCIDENT"),
        ("PERSON_.txt", "PERSON"),
        # The longest known name decides: all of these also start with another table's name or look like one.
        ("DRUGALLERGY_07487.txt", "DRUGALLERGY"),
        ("CHARGE_IPD_07487.txt", "CHARGE_IPD"),
        ("NEWBORNCARE_07487.txt", "NEWBORNCARE"),
        ("REFER_HISTORY_07487_2025.txt", "REFER_HISTORY"),
        ("DIAGNOSIS_OPD_IPD.txt", "DIAGNOSIS_OPD"),
        ("DATA_CORRECT.txt", "DATA_CORRECT"),
        ("POLICY.txt", "POLICY"),
        ("", None),
        ("export_stat.xml", None),
        ("PERSONS.txt", None),
        ("PERSON2.txt", None),
        ("PERSON-1.txt", None),
        ("MY_PERSON.txt", None),
        ("CHARGE_07487.txt", None),
        ("DRUG.txt", None),
        ("__MACOSX/._PERSON.txt", None),
        ("PERSON.txt/", None),
        ("PERSON/readme.txt", None),
    ],
)
def test_entry_is_of_the_table_that_its_last_path_part_names(entry: str, table: str | None) -> None:
    assert table_of_entry(entry) == table
