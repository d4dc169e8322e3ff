from reports.schemas.checking.doubts import Question
from reports.schemas.checking.problems import Problem


class ReportError(Exception):
    """A form cannot be saved, handed in or exported as asked; the message is fit to be shown."""


class FormClosed(ReportError):
    """The status or the post does not allow writing now."""


class SavedByAnother(ReportError):
    """Somebody else saved this form since it was opened."""

    def __init__(self) -> None:
        super().__init__(
            "该表已被他人保存过新内容，以免互相覆盖，您的修改尚未保存。请核对最新内容后再保存"
        )


class EvidenceRefused(ReportError):
    """A file is not taken, or not removed; nothing was stored or changed."""


class SeenBefore(ReportError):
    """Something newer has been handed in than what was looked at."""

    def __init__(self) -> None:
        super().__init__("该单位刚刚重新提交了报送内容，请按最新内容重新核对后再办理")


class ContentRefused(ReportError):
    """What was written does not fit the form; ``problems`` name each field. Nothing was stored."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("填写内容有误，没有存入，请按提示改正")
        self.problems = problems


class FormIncomplete(ReportError):
    """Handing in is refused: ``problems`` by the number of the attachment they stand in."""

    def __init__(self, problems: dict[int, list[Problem]]) -> None:
        super().__init__("还有内容没有填好，尚未提交审核")
        self.problems = problems


class FormDoubtful(ReportError):
    """Handing in waits for a word: ``questions`` are what was not confirmed to be right."""

    def __init__(self, questions: list[Question]) -> None:
        super().__init__(f"有{len(questions)}处请核对，尚未提交审核")
        self.questions = questions


class FormNotEmpty(ReportError):
    """A nil return says that there is nothing, and something is written."""

    def __init__(self) -> None:
        super().__init__("表中已有内容，如确无情况请先清空，或点“提交审核”")


class SchemaChanged(ReportError):
    """Somebody else confirmed a version of the form since it was opened in the editor."""

    def __init__(self, version: int, by: str) -> None:
        super().__init__(
            f"{by}刚刚确认了本表的第{version}版，您编辑的是以前的版本。"
            "请另开一页查看新版；您的修改都还在本页，尚未保存"
        )
        self.version = version


class FormOutdated(ReportError):
    """A form was corrected since it was begun, and nothing has been reported on the old one."""

    def __init__(self, tab: str, version: int) -> None:
        super().__init__(f"{tab}的报表已更正为第{version}版，请先换用新表，再提交审核")
