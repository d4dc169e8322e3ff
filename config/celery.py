"""The Celery app. Settings: the CELERY_… lines of settings.py; timetable: schedule.py."""

from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.signals import worker_init
from django.db import transaction

from config.startup import load_settings, settle

load_settings("celery")


class Job(DjangoTask):
    """A job that a lost broker cannot turn into a lost page.

    Work is found by a query, not by a message (docs/adr/0003): when the broker does not
    answer after the data is saved, the failure is logged and the next tick does the work.
    """

    def delay_on_commit(self, *args, **kwargs) -> None:
        self.apply_async_on_commit(args, kwargs)

    def apply_async_on_commit(self, *args, **kwargs) -> None:
        def publish():  # not a partial: Django's log of a failure wants the name of a function
            self.apply_async(*args, **kwargs)

        transaction.on_commit(publish, robust=True)


app = Celery("config", task_cls=Job)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")


@worker_init.connect
def before_forking(**named) -> None:
    settle()
