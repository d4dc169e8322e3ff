class TaskError(Exception):
    """A rule of the workflow says no; the message is fit to be shown."""


class TransitionDenied(TaskError):
    """This person, or this status, does not allow the move."""


class SomebodyWasFaster(TransitionDenied):
    """The row left its status between reading and writing."""

    def __init__(self) -> None:
        super().__init__("该任务刚刚已被他人办理，请刷新页面查看最新状态")


class IssueRefused(TaskError):
    """The obligation cannot be issued as asked."""
