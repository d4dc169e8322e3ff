"""A Word document as PDF, by LibreOffice where it is installed."""

from notices.readers.word import soffice

SECONDS = 60.0  # a summary of 3000 字 takes about three, the start included
_MOST_BYTES = 50 * 1024**2
_MISSING = (
    "服务器没有安装 LibreOffice，不能生成 PDF。请下载 .docx，在 Word 或 WPS 中另存为 PDF，"
    "或请系统管理员安装 LibreOffice"
)
_SLOW = "生成 PDF 超时，已停止。请稍后重试，或下载 .docx 后在 Word 或 WPS 中另存为 PDF"
_FAILED = "未能生成 PDF。请下载 .docx，在 Word 或 WPS 中另存为 PDF"

# The faces that a document names, and what may stand in for them where they are not installed:
# those of Windows, then free ones. Without this LibreOffice takes whatever comes first, such as
# Japanese glyphs.
_STAND_INS = {
    ("仿宋", "仿宋_GB2312"): ("FangSong", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC"),
    ("方正小标宋简体",): ("SimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC"),
    ("宋体",): ("SimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC"),
    ("黑体",): ("SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC"),
    ("楷体", "楷体_GB2312"): ("KaiTi", "STKaiti", "Noto Serif CJK SC", "Source Han Serif SC"),
}


class NotPrinted(Exception):
    """There is no PDF; the message is fit to be shown."""


def to_pdf(document: bytes) -> bytes:
    """The .docx as PDF. Raises NotPrinted where LibreOffice is missing, fails or takes too long."""
    try:
        return soffice.convert(
            document,
            ("document.docx", "MS Word 2007 XML"),
            ("pdf", "writer_pdf_Export"),
            seconds=SECONDS,
            most_bytes=_MOST_BYTES,
            fonts=fonts(),
        )
    except soffice.Missing:
        raise NotPrinted(_MISSING) from None
    except soffice.TooSlow:
        raise NotPrinted(_SLOW) from None
    except soffice.Failed:
        raise NotPrinted(_FAILED) from None


def fonts() -> str:
    """The system's fonts with the stand-ins, as a fontconfig file."""
    aliases = "".join(
        f'<alias binding="same"><family>{face}</family><accept>'
        + "".join(f"<family>{one}</family>" for one in others)
        + "</accept></alias>"
        for faces, others in _STAND_INS.items()
        for face in faces
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        '<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f'{aliases}<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>'
    )
