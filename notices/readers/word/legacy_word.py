"""Old Word files (.doc, .wps) and RTF: LibreOffice makes the docx that the Word reader reads."""

from notices.readers.base import UnreadableDocument
from notices.readers.containers import OLE, ZIP, sniff, wrong_format
from notices.readers.shown import markup, old_office
from notices.readers.word import soffice
from notices.readers.word.document import WordReader
from notices.text.page.secrecy import refuse_marked

_WANTED = "旧版 Word 或 RTF 文件"
_STREAM = "WordDocument".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_UNKNOWN = "doc、xls 等旧版 Office 文件"
_RTF = b"{\\rtf"
_SECTOR = 512
"""Where the text stream of nearly every .doc starts: right after the container's header."""
_FIB = b"\xec\xa5"
"""The first two bytes of that stream ([MS-DOC] 2.5.2, wIdent)."""
_FLAGS = 11
_ENCRYPTED = 0x01
"""fEncrypted, the first bit of the second byte of flags."""


class LegacyWordReader:
    """.doc of Word 97 to 2003 and .wps of Kingsoft, which is the same; RTF, under any of the
    names."""

    name = "旧版 Word 文档"
    extensions: tuple[str, ...] = (".doc", ".wps", ".rtf")

    def read(self, data: bytes) -> str:
        """The text as WordReader gives it. Without LibreOffice only a docx under this name is read.

        Raises UnreadableDocument on damage, passwords, other formats, and where LibreOffice is
        missing or takes too long; ClassifiedDocument where a 密级 is shown.
        """
        if data.startswith(ZIP) and sniff(data) == "docx 文件":
            return WordReader().read(data)
        if data.startswith(_RTF):
            refuse_marked(markup.shown(data))
            return WordReader().read(soffice.to_docx(data, soffice.RTF))
        _check(data)
        for shown in old_office.shown(data):
            refuse_marked(shown)
        return WordReader().read(soffice.to_docx(data, soffice.DOC))


def _check(data: bytes) -> None:
    """Raises UnreadableDocument for what LibreOffice shall not even see."""
    if not (data.startswith(OLE) and _STREAM in data):
        if data.startswith(OLE) and sniff(data) == _UNKNOWN:
            raise UnreadableDocument(
                "文件已损坏或不完整，里面没有 Word 正文。"
                "请在 Word 或 WPS 中打开，另存为 .docx 后重新上传。"
            )
        raise wrong_format(data, _WANTED)
    if _is_encrypted(data):
        raise UnreadableDocument("文件设有密码。请取消密码保护后重新上传。")
    if _MACROS in data:
        # Never run here, but the file is passed on to other bureaus; a docm is refused as well.
        raise UnreadableDocument("文件含有宏。请在 Word 或 WPS 中另存为不含宏的 docx 后重新上传。")


def _is_encrypted(data: bytes) -> bool:
    stream = data[_SECTOR : _SECTOR + _FLAGS + 1]
    return len(stream) > _FLAGS and stream.startswith(_FIB) and bool(stream[_FLAGS] & _ENCRYPTED)
