"""A notice that comes in several files: a zip, or several files dropped at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from notices.readers import registry
from notices.readers.archive_names import entries
from notices.readers.base import MAX_BYTES, UnreadableDocument
from notices.readers.bundle.parts import Part, joined, main_of
from notices.readers.containers import Package, is_pdf, open_zip, read_part, sniff, wrong_format
from notices.readers.pdf.document import PdfReader
from notices.readers.scan import document as scan
from notices.readers.scan.document import ScanReader
from notices.readers.scanned import ScannedDocument, can_recognise, what_to_do
from notices.text.page.secrecy import refuse_marked

MAX_FILES = 60
"""Files a notice may come in, those in zips counted."""
MAX_TOTAL = 100 * 1024 * 1024
"""Bytes of all files together, unpacked."""
_DEPTH = 2
"""A zip may hold zips (one for each attachment), those may not."""
_PACKED = (".zip",)
_CONTAINERS = ("docx 文件", "xlsx 文件", "OFD 文件")
"""Formats that are zips themselves; one of them may be called .zip by mistake."""
_NO_DOCUMENT = re.compile(r"^(?:\.|~\$|thumbs\.db$|desktop\.ini$)|^__macosx$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    data: bytes


def extensions() -> tuple[str, ...]:
    """All file name endings that `read_files` takes."""
    return (*registry.extensions(), *_PACKED)


def read_files(files: Sequence[tuple[str, bytes]], *, recognise: bool = False) -> str:
    """One text of a notice and its attachments, given as (file name, content).

    The text of the notice stands first and unchanged; then for each attachment `附件 N`, its title
    and its text or table. Raises UnreadableDocument, which names the file at fault, where any file
    cannot be read, where no notice or more than one is found, and beyond MAX_FILES and MAX_TOTAL;
    ClassifiedDocument where any file, or the name of one, shows a 密级.
    Pages that are pictures take seconds each: they raise ScannedDocument unless `recognise`. Where
    they cannot be recognised here, those of a PDF that begins with text are named in it.
    """
    found: list[_File] = []
    total = 0
    for name, data in files:
        _refuse_marked_name(name)  # of a zip itself; those in it follow
        for file in _unpacked(_File(name, data), 1):
            found.append(file)
            total += len(file.data)
            if len(found) > MAX_FILES:
                raise UnreadableDocument(
                    f"文件超过 {MAX_FILES} 个。请只保留通知正文和附件后重新上传。"
                )
            if total > MAX_TOTAL:
                limit = MAX_TOTAL // (1024 * 1024)
                raise UnreadableDocument(
                    f"文件解压后合计超过 {limit} MB。请只保留通知正文和附件后重新上传。"
                )
    for file in found:
        _refuse_marked_name(file.name)
    if not found:
        raise UnreadableDocument("没有可以读取的文件。请选择通知正文和附件后重新上传。")
    if len(found) == 1:
        return _text(PurePath(found[0].name).name, found[0].data, recognise)
    parts = _parts(found, recognise)
    main = main_of(parts)
    return joined(main, [part for part in parts if part is not main])


def _parts(files: list[_File], recognise: bool) -> list[Part]:
    """The texts. All are read before a scan among them is put off: another may bear a 密级."""
    parts: list[Part] = []
    put_off: ScannedDocument | None = None
    for file in files:
        try:
            parts.append(Part(_short(file.name), _read(file, recognise)))
        except ScannedDocument as scan_among_them:
            put_off = put_off or scan_among_them
    if put_off is not None:
        raise put_off
    return parts


def contained(name: str, data: bytes) -> list[tuple[str, bytes]]:
    """The file itself, or the files that a zip holds, as (name, content).

    Raises UnreadableDocument for an archive that `read_files` would not open.
    """
    return [(file.name, file.data) for file in _unpacked(_File(name, data), 1)]


def _refuse_marked_name(name: str) -> None:
    """Folders and files are called 机密★3年… too; in a name `_` and `-` stand for blanks."""
    for part in PurePath(name.replace("\\", "/")).with_suffix("").parts:
        refuse_marked(part, "文件名")
        refuse_marked(re.sub(r"[_\-—+]", "\t", part), "文件名")


def _unpacked(file: _File, depth: int) -> Iterator[_File]:
    """The file itself, or what it packs."""
    extension = PurePath(file.name).suffix.lower()
    if extension not in _PACKED:
        yield file
        return
    if depth > _DEPTH:
        raise UnreadableDocument(
            f"压缩包“{_short(file.name)}”嵌套过深。请解压后一次选中全部文件上传。"
        )
    if len(file.data) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise UnreadableDocument(f"压缩包超过 {limit} MB。请拆分或去掉图片后重新上传。")
    if sniff(file.data) in _CONTAINERS:
        raise wrong_format(file.data, "zip 压缩包")
    with open_zip(file.data, "zip 压缩包") as archive:
        yield from _members(archive, depth)


def _members(archive: Package, depth: int) -> Iterator[_File]:
    for name, entry in entries(archive).items():
        if any(_NO_DOCUMENT.match(part) for part in PurePath(name).parts):
            continue
        data = read_part(archive, entry.filename)
        if data is not None:
            yield from _unpacked(_File(name, data), depth + 1)


def _text(name: str, data: bytes, recognise: bool) -> str:
    reader = registry.reader_of(name, data)
    if not recognise and isinstance(reader, ScanReader):
        reader.check(data)
        raise ScannedDocument(f"文件是图片，没有文字。{what_to_do()}")
    try:
        return reader.read(data)
    except ScannedDocument:
        if not is_pdf(data):
            raise
        if recognise:
            return scan.recognise(data)
        if can_recognise():
            raise  # then a worker reads all of it
        return PdfReader().read(data, names_pictures=True)


def _read(file: _File, recognise: bool) -> str:
    name = _short(file.name)
    try:
        return _text(name, file.data, recognise)
    except UnreadableDocument as refusal:
        raise type(refusal)(
            f"“{name}”：{refusal.message_zh}也可以去掉这个文件，只上传其余文件。"
        ) from refusal


def _short(name: str) -> str:
    return PurePath(name.replace("\\", "/")).name
