"""One word for one thing: the glossary agrees with the code and the interface keeps to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.folders import ROOT
from tests.glossary import PACKAGES, chinese_strings, defined_names, entries, not_used

pytestmark = pytest.mark.once

# What a directive says is read and explained there, in its own words.
READING = ("notices/text/", "notices/readers/")
# Words that are looked for in what other people wrote: headings of tables, titles.
OF_OTHERS = {
    ("reports/schemas/rolling/merging.py", "上报"),
    ("tasks/reminders/mail/event_texts.py", "上报"),
}
# Names of columns, which no page says; another name would be a migration. And what was said once.
OF_TABLES = {("tasks/models/reminder.py", "节点"), ("reports/exports/proof_sheet.py", "节点")}
WRITTEN = ("templates/**/*", "static/js/**/*.js", "docs/manual/**/*.md", "README.zh-CN.md")


def said() -> Iterator[tuple[str, int, str]]:
    """(file, line, text) of everything that a person may come to read."""
    for pattern in WRITTEN:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                lines = path.read_text(encoding="utf-8").splitlines()
                yield from ((name_of(path), number, line) for number, line in enumerate(lines, 1))
    for package in (*PACKAGES, "scripts"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = name_of(path)
            if not name.startswith(READING) and "migrations" not in path.parts:
                yield from ((name, number, text) for number, text in chinese_strings(path))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_words_that_are_not_used_are_not_used():
    words = not_used()
    found = {
        (name, word): f"{name}:{number}: {word}, 应为{words[word]}"
        for name, number, text in said()
        for word in words
        if word in text
    }

    assert [place for key, place in found.items() if key not in OF_OTHERS | OF_TABLES] == []
    assert set(found) == OF_OTHERS | OF_TABLES  # what is no longer found need not be allowed


def test_code_defines_every_name_of_the_glossary():
    known = defined_names()
    unknown = [name for entry in entries() for name in entry.names if not known.knows(name)]

    assert unknown == []


def test_every_line_of_the_glossary_has_a_word_a_name_and_a_meaning():
    assert [
        entry for entry in entries() if not (entry.words and entry.names and entry.meaning)
    ] == []


def test_no_word_is_in_the_glossary_twice():
    words = [word for entry in entries() for word in entry.words]

    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_what_stands_instead_is_in_the_glossary_or_plain():
    """A word is not sent away to one that is itself not used."""
    words = not_used()

    assert [word for word, instead in words.items() if any(each in instead for each in words)] == []
    spoken = {word for entry in entries() for word in entry.words}
    assert spoken.isdisjoint(words)
