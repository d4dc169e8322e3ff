class NoticeError(Exception):
    """A notice cannot be taken in, checked or filed as asked; the message is fit to be shown."""


class NumberTaken(NoticeError):
    """A person wrote the number of a notice that is there already: the two are to be compared."""

    def __init__(self, doc_number: str, key: int) -> None:
        self.doc_number, self.key = doc_number, key
        super().__init__(f"没有入库：已有一份文号{doc_number}的文件，请先看比对，选择怎样处理")


class TitleNotFound(NoticeError):
    """The text has no title that could be read: a person is asked for it."""

    def __init__(self) -> None:
        super().__init__("没有识别出公文标题，请在“公文标题”一栏填写后再导入")
