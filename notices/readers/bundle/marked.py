"""Whether a file that is only kept, not read, is marked as a state secret."""

from notices.readers import registry
from notices.readers.base import UnreadableDocument
from notices.readers.containers import OLE, ZIP, open_zip, sniff
from notices.readers.shown import old_office, packages
from notices.text.page.secrecy import refuse_marked

_ENDINGS = {
    "PDF": ".pdf",
    "docx 文件": ".docx",
    "xlsx 文件": ".xlsx",
    "OFD 文件": ".ofd",
    "旧版 Word 文件（doc 或 wps）": ".doc",
    "旧版 Excel 文件（xls 或 et）": ".xls",
}


def is_looked_into(head: bytes) -> bool:
    """Whether a file that begins so can be looked into at all; a video or a photograph cannot."""
    return head.startswith((ZIP, OLE)) or b"%PDF" in head


def refuse_marked_file(name: str, data: bytes) -> None:
    """Raises ClassifiedDocument where the file or its name shows a 密级; its name is not believed.

    What cannot be read (a picture, damage) passes: it is for the caller to say what he takes.
    """
    refuse_marked(name.rpartition(".")[0] or name, "文件名")
    ending = _ENDINGS.get(sniff(data) or "")
    try:
        if ending:
            registry.reader_for(f"_{ending}").read(data)
        elif data.startswith(ZIP):
            with open_zip(data) as archive:
                for text in packages.shown(archive):
                    refuse_marked(text)
        elif data.startswith(OLE):
            for text in old_office.shown(data):
                refuse_marked(text)
    except UnreadableDocument:
        return
