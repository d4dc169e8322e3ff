from django.core.exceptions import PermissionDenied


class NotYourPost(PermissionDenied):
    """This person holds no post for it: answered with 403, whatever page it was pressed on."""


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


class FeedRefused(TaskError):
    """This person may not open or close this calendar feed."""


class ViewRefused(TaskError):
    """A question to the ledger cannot be kept or removed as asked."""


class HandoverRefused(TaskError):
    """A person's work cannot be handed over as asked; nothing was."""


class PolicyRefused(TaskError):
    """The plan of reminders cannot be as asked."""


class ChannelError(TaskError):
    """A channel cannot be set up as asked."""
