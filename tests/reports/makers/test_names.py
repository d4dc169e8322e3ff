"""File names that any system takes, and the zip itself."""

import pytest

from reports.makers.archive import Archive
from reports.makers.naming import file_name, renamed
from tests.reports.made import NOW

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("01", "北京市市场监管局", "附件1"), "01 北京市市场监管局 附件1.xlsx"),
        (("01", 'a/b\\c:d*e?f"g<h>i|j'), "01 abcdefghij.xlsx"),
        (("01", "..", "\u3000前\t后\r\n"), "01 前 后.xlsx"),
        (("01", "\u202exslx.exe\x00"), "01 xslx.exe.xlsx"),
        (("很" * 100,), "很" * 65 + ".xlsx"),
    ],
)
def test_file_names_are_those_any_system_takes(parts, name):
    assert file_name(*parts, ending=".xlsx") == name
    assert len(name.encode()) <= 200


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("照片.jpg", "01 照片.jpg"),
        ("../../etc/passwd", "01 etcpasswd"),
        ("=1+1.pdf", "01 =1+1.pdf"),
        ("长" * 200 + ".pdf", "01 " + "长" * 64 + ".pdf"),
        ("无后缀", "01 无后缀"),
        (".", "01"),
    ],
)
def test_names_that_people_gave_come_behind_our_number(given, name):
    assert renamed("01", given) == name


def test_zip_given_up_half_way_is_no_second_fault():
    class Full:
        """A disk with room for the first bytes only."""

        def write(self, data: bytes) -> int:
            raise OSError("No space left on device")

        def flush(self) -> None: ...

    with (
        pytest.raises(OSError, match="No space left"),
        Archive(Full(), now=NOW, facts={}) as archive,
    ):
        archive.add("01.txt", b"x")
