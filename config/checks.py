"""Settings that are present and wrong together: `manage.py check` and every start say so."""

from django.conf import settings
from django.core import checks


def visibility_outlasts_jobs(app_configs, **kwargs):
    """A message handed on while its job still runs makes the job run twice."""
    seconds = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    if seconds > settings.CELERY_TASK_TIME_LIMIT:
        return []
    return [
        checks.Warning(
            f"BROKER_VISIBILITY_SECONDS is {seconds}, but a job may run for "
            f"{settings.CELERY_TASK_TIME_LIMIT} seconds: slow jobs will run twice.",
            hint="Set it higher, or not at all; see .env.sample.",
            id="config.W001",
        )
    ]


def mail_leaves(app_configs, **kwargs):
    """In production nobody should find out after the first deadline that mails stayed on disk."""
    if settings.EMAIL_BACKEND != "tasks.reminders.mail.mailbox.MailboxBackend":
        return []
    return [
        checks.Warning(
            f"EMAIL_URL is not set: mails stay as files in {settings.MAILBOX_DIR}.",
            hint="Set EMAIL_URL; see .env.sample.",
            id="config.W002",
        )
    ]


def register() -> None:
    checks.register(visibility_outlasts_jobs, "config")
    checks.register(mail_leaves, "config", deploy=True)
