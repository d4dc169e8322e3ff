"""OFD objects that are switched off are not on the page."""

import pytest

from notices.readers.ofd.document import OfdReader
from notices.text.reading import read
from tests.notices import print_ofd
from tests.notices.made_files import DIRECTIVE, said
from tests.notices.printed import directive

OLD = print_ofd.text_object(90, 700, 16, "请于2026年1月5日前报送。")
PATH = print_ofd.rule_object(79.4, 200, 521.6, 200) + print_ofd.rule_object(300, 150, 300, 700)


def block(tag: str, content: str, off: str) -> str:
    return f'<ofd:{tag} ID="8" {off}>{content}</ofd:{tag}>'


def text_with(objects: str, *, in_content: bool = False) -> str:
    """The directive with those objects on each page: among its own, or beside its layer."""
    parts = print_ofd.parts(directive())
    before = "<ofd:Layer ID='3'" if in_content else "</ofd:PageBlock>"
    for name, page in parts.items():
        if "/Pages/" in name:
            assert isinstance(page, str)
            parts[name] = page.replace(before, objects + before, 1)
    return OfdReader().read(print_ofd.package(parts))


@pytest.mark.parametrize("off", ['Visible="false"', 'Visible="False"', 'Visible="0"'])
@pytest.mark.parametrize(
    ("tag", "in_content"),
    [("TextObject", False), ("PageBlock", False), ("Layer", True), ("CompositeObject", False)],
)
def test_text_that_is_switched_off(off: str, tag: str, in_content: bool) -> None:
    objects = OLD.replace("<ofd:TextObject ", f"<ofd:TextObject {off} ")
    if tag != "TextObject":
        objects = block(tag, OLD, off)

    assert said(read(text_with(objects, in_content=in_content))) == said(read(DIRECTIVE))


def test_block_inside_a_block() -> None:
    objects = block("PageBlock", block("PageBlock", OLD, ""), 'Visible="false"')

    assert "1月5日" not in text_with(objects)


def test_lines_that_are_switched_off_make_no_table() -> None:
    assert text_with(block("PageBlock", PATH, 'Visible="false"')) == text_with("")


def test_picture_that_is_switched_off_makes_no_scan() -> None:
    picture = '<ofd:ImageObject ID="7" Boundary="0 0 210 297" Visible="false"/>'

    assert text_with(picture) == text_with("")


@pytest.mark.parametrize("on", ['Visible="true"', 'Visible="1"', ""])
def test_what_is_switched_on_is_read(on: str) -> None:
    assert "1月5日" in text_with(block("PageBlock", OLD, on))
