class NoticeError(Exception):
    """A notice cannot be taken in, checked or filed as asked; the message is fit to be shown."""


class TitleNotFound(NoticeError):
    """The text has no title that could be read: a person is asked for it."""

    def __init__(self) -> None:
        super().__init__("没有识别出公文标题，请在“公文标题”一栏填写后再导入")
