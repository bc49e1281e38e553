"""Every line of a log has one state: kept, kept with its success voided, or aside."""

import json
from typing import Any

import pytest

from logs.making import EXCHANGE, IDENTITY
from samrit.logs import LogsError, Rule, log_kind, read_log
from samrit.logs.reader import MOST_LINES
from samrit.problems import codes

HEAD = "timestamp,hospcode,topic,success\n"
GOOD = "2017-10-02T09:00:00,11053,DX01,1"


def faults(text: str | bytes, kind: str = "data-exchange") -> list[tuple[Any, ...]]:
    content = text if isinstance(text, bytes) else text.encode()
    return read_log(content, log_kind(kind)).faults.sort("line", "field").rows()


def kept(text: str | bytes) -> list[tuple[Any, ...]]:
    content = text if isinstance(text, bytes) else text.encode()
    return read_log(content, EXCHANGE).rows.select("_line", "hospcode", "called", "success", "person").rows()


def test_lines_are_numbered_as_an_editor_shows_them() -> None:
    assert kept(f"\n{HEAD}\n{GOOD}\r\n\r\n{GOOD}") == [
        (4, "11053", "DX01", True, ""),
        (6, "11053", "DX01", True, ""),
    ]


def test_columns_are_found_by_name_in_any_case_and_order_and_cells_are_trimmed() -> None:
    text = ' Topic ,SUCCESS,hospcode,Person,timestamp\n " DX01 ", Yes ,11053, p 1 ,2017-10-02\n'
    assert kept(text) == [(2, "11053", "DX01", True, "p 1")]


def test_a_quoted_cell_may_hold_a_comma_and_a_quote() -> None:
    assert kept(f'{HEAD.strip()},person\n{GOOD},"a, ""b"""\n') == [(2, "11053", "DX01", True, 'a, "b"')]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (GOOD + ",", ("", "cells")),
        ("2017-10-02T09:00:00,11053,DX01", ("", "cells")),
        (f'"{GOOD}', ("", "quotes")),
        ('2017-10-02T09:00:00,11053,"DX01"x,1', ("", "quotes")),
        (",11053,DX01,1", ("timestamp", "blank")),
        ("2017-10-02T09:00:00,,DX01,1", ("hospcode", "blank")),
        ("2017-10-02T09:00:00,11053, ,1", ("topic", "blank")),
        ("2560-10-02T09:00:00,11053,DX01,1", ("timestamp", "timestamp")),
        ("2017-10-02T09:00:00,4801,DX01,1", ("hospcode", "hospcode_form")),
    ],
)
def test_a_line_that_is_no_call_is_set_aside_with_its_column_and_rule(line: str, expected: tuple[str, str]) -> None:
    read = read_log(f"{HEAD}{GOOD}\n{line}\n{GOOD}\n".encode(), EXCHANGE)
    assert read.faults.rows() == [(3, *expected, "aside")]
    assert (read.read, read.aside, read.rows["_line"].to_list()) == (3, 1, [2, 4])


def test_a_quote_that_is_never_closed_takes_only_its_own_line() -> None:
    read = read_log(f'{HEAD}2017-10-02T09:00:00,11053,"DX01,1\n{GOOD}\n{GOOD}\n'.encode(), EXCHANGE)
    assert (read.read, read.aside) == (3, 1)


def test_everything_wrong_with_a_line_is_said_and_the_line_counts_once() -> None:
    read = read_log(f"{HEAD}x,4801,,maybe\n".encode(), EXCHANGE)
    assert sorted(read.faults.rows()) == [
        (2, "hospcode", "hospcode_form", "aside"),
        (2, "timestamp", "timestamp", "aside"),
        (2, "topic", "blank", "aside"),
    ]
    assert (read.read, read.aside) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "success"),
    [("1", True), ("TRUE", True), ("Yes", True), ("0", False), ("False", False), ("NO", False), ("", False)],
)
def test_success_is_one_true_or_yes_in_any_case(cell: str, success: bool) -> None:
    text = HEAD + f"2017-10-02T09:00:00,11053,DX01,{cell}\n"
    assert [row[3] for row in kept(text)] == [success]
    assert faults(text) == []


@pytest.mark.parametrize("cell", ["2", "y", "ok", "สำเร็จ"])
def test_another_word_voids_success_and_keeps_the_row(cell: str) -> None:
    text = HEAD + f"2017-10-02T09:00:00,11053,DX01,{cell}\n"
    assert [row[3] for row in kept(text)] == [None]
    assert faults(text) == [(2, "success", "success", "voided")]


def test_json_lines_say_the_same_as_csv() -> None:
    call = {
        "timestamp": "2017-10-02T09:00:00",
        "HospCode": "11053",
        "topic": " DX01 ",
        "success": True,
        "user": {"n": 1},
    }
    lines = [call, call | {"success": 1}, call | {"success": None, "person": 12}, call | {"HospCode": 11053}]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    assert kept(text) == [
        (1, "11053", "DX01", True, ""),
        (2, "11053", "DX01", True, ""),
        (3, "11053", "DX01", False, "12"),
        (4, "11053", "DX01", True, ""),
    ]
    assert read_log(text.encode(), EXCHANGE).unknown == ("user",)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{", ""),
        ("[]", ""),
        ("null", ""),
        ('"text"', ""),
        ('{"topic": "DX01"} {"topic": "DX02"}', ""),
        ('{"timestamp": "2017-10-02", "hospcode": "11053", "topic": "DX01", "Topic": "DX02", "success": 1}', "topic"),
        ('{"timestamp": "2017-10-02", "hospcode": "11053", "topic": ["DX01"], "success": 1}', "topic"),
        ('{"timestamp": "2017-10-02", "hospcode": "11053", "topic": {"a": 1}, "success": 1}', "topic"),
        ('{"timestamp": "2017-10-02", "hospcode": "11053", "topic": "\\ud800", "success": 1}', "topic"),
    ],
)
def test_a_line_that_is_no_plain_object_is_set_aside(line: str, field: str) -> None:
    good = json.dumps({"timestamp": "2017-10-02", "hospcode": "11053", "topic": "DX01", "success": 1})
    assert faults(f"{good}\n{line}\n") == [(2, field, "json", "aside")]


def test_a_number_is_taken_as_it_is_written() -> None:
    call = '{"timestamp": 20171002, "hospcode": "11053", "topic": 1.50, "success": 1.0}'
    assert kept(call) == [(1, "11053", "1.50", None, "")]


def test_a_file_without_a_column_of_its_kind_is_refused_as_a_whole() -> None:
    for text in (HEAD + GOOD, '{"timestamp": "2017-10-02", "hospcode": "11053", "topic": "read", "success": 1}'):
        with pytest.raises(LogsError, match=r"logs\.file\.columns") as refused:
            read_log(text.encode(), IDENTITY, "log.csv")
        [found] = refused.value.problems
        assert (found.where.file, found.where.line) == ("log.csv", 1)
        assert "action" in found.en


def test_a_column_named_twice_is_refused_as_nobody_knows_which_is_meant() -> None:
    with pytest.raises(LogsError, match=r"logs\.file\.column_twice"):
        read_log(b"timestamp,hospcode,topic,Topic,success\n", EXCHANGE)


def test_a_file_with_more_lines_than_a_row_id_can_tell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_LINES < 2**26
    monkeypatch.setattr("samrit.logs.reader.MOST_LINES", 3)
    read_log(f"{HEAD}{GOOD}\n".encode(), EXCHANGE)
    with pytest.raises(LogsError, match=r"logs\.file\.too_large"):
        read_log(f"{HEAD}{GOOD}\n{GOOD}\n".encode(), EXCHANGE)


def test_an_empty_file_has_no_rows_and_is_no_mistake() -> None:
    assert [read_log(content, EXCHANGE).read for content in (b"", b"\xef\xbb\xbf\n \n", HEAD.encode())] == [0, 0, 0]


def test_a_mark_is_dropped_and_thai_windows_text_is_read() -> None:
    thai = f"{HEAD.strip()},person\n{GOOD},สมชาย\n"
    assert read_log(b"\xef\xbb\xbf" + thai.encode(), EXCHANGE).encoding == "utf-8"
    read = read_log(thai.encode("cp874"), EXCHANGE)
    assert (read.encoding, read.rows["person"].to_list()) == ("cp874", ["สมชาย"])


def test_every_rule_has_words() -> None:
    assert {f"logs.row.{rule}" for rule in Rule} <= set(codes())


def test_an_unknown_kind_is_refused_with_the_nearest() -> None:
    with pytest.raises(LogsError, match="data-exchange"):
        log_kind("data-exchang")
