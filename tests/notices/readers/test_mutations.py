"""Files damaged at random: each gives a text or the named error, never another exception.

MUTATIONS says how many of each format (a few by default, so that every run has some); a long run,
which prints the slowest one and the memory too, is
`MUTATIONS=1250 .venv/bin/python -m pytest tests/notices/readers/test_mutations.py -s`.
"""

import io
import os
import random
import resource
import time
import zipfile
from collections.abc import Callable

import pytest

from notices.readers.base import UnreadableDocument
from notices.readers.bundle.document import read_files
from notices.text.page.secrecy import ClassifiedDocument
from notices.text.reading import read
from tests.notices import print_ofd
from tests.notices.made_files import DIRECTIVE, web_body, word_body, word_file
from tests.notices.print_pdf import pdf
from tests.notices.printed import directive
from tests.notices.readers.test_spreadsheet import old_template, saved, template

pytestmark = pytest.mark.once
COUNT = int(os.environ.get("MUTATIONS", "12"))


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def zipped() -> bytes:
    return packed({"通知.txt": DIRECTIVE.encode(), "附件1.xlsx": saved(template())})


FORMATS: dict[str, Callable[[], bytes]] = {
    "通知.txt": lambda: DIRECTIVE.encode("gb18030"),
    "通知.html": lambda: web_body(DIRECTIVE).encode(),
    "通知.docx": lambda: word_file(word_body(DIRECTIVE)),
    "附件1.xlsx": lambda: saved(template()),
    "附件1.xls": old_template,
    "通知.pdf": lambda: pdf(directive()),
    "通知.ofd": lambda: print_ofd.ofd(directive()),
    "通知.zip": zipped,
}


def damaged(data: bytes, draw: random.Random) -> bytes:
    """The file itself, or, where it is a package, one of its parts packed anew."""
    if data.startswith(b"PK") and draw.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        victim = draw.choice(sorted(name for name, content in parts.items() if content))
        parts[victim] = mutated(parts[victim], draw)
        return packed(parts)
    return mutated(data, draw)


def mutated(data: bytes, draw: random.Random) -> bytes:
    """Some bytes flipped, a run cut out, repeated or overwritten, or the tail torn off."""
    out = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(out))
        length = min(draw.choice((1, 4, 64, 1024)), len(out) - at)
        match draw.randrange(5):
            case 0:
                out[at] ^= 1 << draw.randrange(8)
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length] * draw.choice((1, 3))
            case 3:
                out[at : at + length] = draw.randbytes(length)
            case _:
                del out[at:]
        if not out:
            return b"\x00"
    return bytes(out)


def outcome(name: str, data: bytes) -> str:
    """What became of it; anything but a text or a named error escapes and fails the test."""
    try:
        text = read_files([(name, data)])
        read(text)
    except (UnreadableDocument, ClassifiedDocument):
        return "refused"
    return "read"


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_file_gives_a_text_or_the_named_error(name: str) -> None:
    whole, draw = FORMATS[name](), random.Random(name)  # noqa: S311  repeatable
    assert outcome(name, whole) == "read"
    slowest, found = 0.0, {"read": 0, "refused": 0}

    for _ in range(COUNT):
        broken = damaged(whole, draw)
        begun = time.monotonic()
        found[outcome(name, broken)] += 1
        slowest = max(slowest, time.monotonic() - begun)

    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{name}: {found}, slowest {slowest:.2f} s, memory {own:.0f} and {children:.0f} MB")
    assert sum(found.values()) == COUNT
