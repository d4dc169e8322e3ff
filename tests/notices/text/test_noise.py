"""Metadata read from notices that scans and web pages took apart."""

import re
import unicodedata
from collections import Counter

import pytest

from notices.text.reading import Reading, read
from tests.folders import ROOT, SAMPLES
from tests.notices.text.invented import NOTICES, Invented
from tests.notices.text.noise import noisy, rearranged

SEEDS = range(60)
LEAST = 0.95


def squashed(words: object) -> str:
    """Only what a reader would call the same text."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(words or "")))
    return re.sub("[【﹝〔(〕﹞】)\\[\\]]", "|", text)


def differences(notice: Invented, reading: Reading, *, phones: bool) -> list[str]:
    """The fields that were read otherwise than the notice has them."""
    pairs = {
        "title": (notice.title, reading.title),
        "doc_number": (notice.number, reading.doc_number),
        "written_date": (notice.written, reading.written_date),
        "recipients_text": (notice.recipients, reading.recipients_text),
        "issuers": (" ".join(notice.signed or notice.issuers), " ".join(reading.issuers)),
        "attachments": (" ".join(notice.attachments), " ".join(reading.attachments)),
    }
    found = {number for contact in reading.contacts for number in contact.phones}
    wrong = [name for name, (want, got) in pairs.items() if squashed(want) != squashed(got)]
    return wrong + (["phones"] if phones and not {*notice.phones} <= found else [])


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.title[:12])
def test_well_formed_notice_is_read_as_it_is(notice: Invented) -> None:
    assert differences(notice, read(notice.text()), phones=True) == []


def test_noise_leaves_the_metadata() -> None:
    wrong: Counter[str] = Counter()
    total = 0
    for notice in NOTICES:
        for seed in SEEDS:
            text, kinds = noisy(notice, seed)
            total += 1
            if bad := differences(notice, read(text), phones="masked" not in kinds):
                wrong.update([f"{'+'.join(kinds)}: {' '.join(bad)} {notice.title[:12]}"])

    assert wrong.total() <= (1 - LEAST) * total, wrong.most_common()


FIELDS = ("title", "doc_number", "written_date", "recipients_text", "issuers", "attachments")
WHOLE = [
    *(SAMPLES / f"{name}.txt" for name in ("02_twin", "04_joint", "06_one_line", "07_local")),
    *(ROOT / "config" / "demo" / "texts" / f"{n}.txt" for n in ("2021-51", "2021-60")),
]


def _words(value: object) -> str:
    return squashed("".join(value) if isinstance(value, tuple) else value)


def test_noise_leaves_the_metadata_of_our_own_texts() -> None:
    wrong: list[str] = []
    total = 0
    for path in WHOLE:
        text = path.read_text("utf-8")
        first = read(text)
        for seed in range(12):
            changed = read(rearranged(text, seed))
            for field in FIELDS:
                total += 1
                want, got = (_words(getattr(reading, field)) for reading in (first, changed))
                if want != got:
                    wrong.append(f"{path.stem} {seed} {field}: {want} {got}")

    assert len(wrong) <= (1 - LEAST) * total, wrong
