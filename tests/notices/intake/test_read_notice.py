"""The command prints a line a file and never a traceback; it needs no database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.folders import SAMPLES

NOTICE = SAMPLES / "02_twin.txt"


def run(*args: str) -> tuple[str, str, int]:
    out, err = StringIO(), StringIO()
    try:
        call_command("read_notice", *args, stdout=out, stderr=err)
    except SystemExit as stop:
        return out.getvalue(), err.getvalue(), int(stop.code or 0)
    return out.getvalue(), err.getvalue(), 0


def test_json_is_one_line_a_file_in_order() -> None:
    other = SAMPLES / "05_no_recipients.txt"

    out, _, status = run("--json", str(other), str(NOTICE))

    numbers = [json.loads(line)["doc_number"] for line in out.splitlines()]
    assert numbers == [None, "国市监质发〔2022〕99号"]
    assert status == 0


def test_plain_output_is_chinese_and_shows_the_duty() -> None:
    out, _, _ = run(str(NOTICE))

    assert "文号：国市监质发〔2022〕99号" in out
    assert "原文：各单位学习贯彻情况请及时报送总局" in out


def test_bad_files_keep_their_place_and_end_in_status_1(tmp_path: Path) -> None:
    fake = tmp_path / "fake.txt"
    fake.write_bytes(b"PK\x03\x04")
    secret = tmp_path / "secret.txt"
    secret.write_text("机密★1年\n关于示例的通知\n", encoding="utf-8")
    missing = tmp_path / "missing.txt"

    out, _, status = run("--json", str(fake), str(NOTICE), str(secret), str(missing), str(tmp_path))

    lines = [json.loads(line) for line in out.splitlines()]
    assert [sorted(line)[:2] == ["error", "file"] for line in lines] == [
        True,
        False,
        True,
        True,
        True,
    ]
    assert lines[0]["file"] == str(fake)
    assert status == 1


def test_bad_file_without_json_is_told_on_stderr(tmp_path: Path) -> None:
    out, err, status = run(str(tmp_path / "missing.txt"))

    assert (out, status) == ("", 1)
    assert "找不到这个文件" in err


@pytest.mark.parametrize("name", ["01_cut_off.txt"])
def test_cut_off_notice_is_said_to_be_incomplete(name: str) -> None:
    out, _, _ = run(str(SAMPLES / name))

    assert "正文不完整" in out
