"""Names for files that people take home, from titles and names that people wrote."""

import unicodedata
from pathlib import PurePosixPath

_FORBIDDEN = '\\/:*?"<>|'  # on Windows; the others forbid less
_LONGEST_ENDING = 6  # what is longer is part of the name: 情况.第2季度
_MOST_BYTES = 200  # a Linux file system takes 255, Windows 260 characters with all the folders


def file_name(*parts: str, ending: str = "") -> str:
    """The parts with blanks between, as any file system takes them; ``ending`` with its dot.

    Marks that turn the direction of writing go too: they make "exe.xlsx" of a program.
    """
    plain = " ".join(kept for part in parts if (kept := _plain(part)))
    room = _MOST_BYTES - len(ending.encode())
    return plain.encode()[:room].decode(errors="ignore").rstrip(" .") + ending


def renamed(number: str, given: str) -> str:
    """The name a person gave a file, behind our number; its ending stays whatever its length."""
    path = PurePosixPath(_plain(given))
    return file_name(number, path.stem, ending=path.suffix[:16])


def cleaned(given: str, endings: tuple[str, ...]) -> str:
    """The name a person gave a file, without its folders, with an ending that its content allows.

    A picture called report.exe becomes report.jpg.
    """
    path = PurePosixPath(_plain(given.replace("\\", "/").rpartition("/")[2]))
    ending = path.suffix.lower()
    stem = path.stem if ending in endings or len(ending) <= _LONGEST_ENDING else path.name
    return file_name(stem or "未命名", ending=ending if ending in endings else endings[0])


def _plain(text: str) -> str:
    return " ".join("".join(_kept(char) for char in text).split()).strip(" .")


def _kept(char: str) -> str:
    category = unicodedata.category(char)
    if category.startswith("Z") or char in "\n\t":
        return " "
    return "" if category.startswith("C") or char in _FORBIDDEN else char
