"""Documents whose pages are pictures: how they are refused, and whether they can be recognised."""

from importlib.util import find_spec

from notices.readers.base import UnreadableDocument


class ScannedDocument(UnreadableDocument):
    """A document of pictures; `notices.readers.scan.document` may recognise it where installed."""


def can_recognise() -> bool:
    """Whether the optional extra is installed (`make setup-ocr`)."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def scanned(kind: str, pictures: list[int], pages: int) -> ScannedDocument:
    """The refusal of a document with pages that are pictures; they are counted from 1."""
    if len(pictures) == pages:
        found = f"{kind} 是扫描件，只有图片，没有文字"
    else:
        shown = "、".join(map(str, pictures[:10])) + ("等" if len(pictures) > 10 else "")
        found = f"{kind} 的第 {shown} 页是扫描图片，没有文字"
    return ScannedDocument(f"{found}。{what_to_do()}")


def what_to_do() -> str:
    """The advice for a picture, which depends on what is installed."""
    if can_recognise():
        return "请按扫描件上传，由后台进行文字识别。"
    return (
        "本系统没有安装文字识别组件，读不了扫描件。请联系本单位系统管理员开通扫描件识别；"
        "急用的，先用 WPS 等软件把图片转成文字，"
        "或向发文单位索取 .docx、.ofd 或带文字的 PDF，再上传。"
    )
