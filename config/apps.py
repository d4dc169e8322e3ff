"""The project as an app, so that the Celery app exists wherever Django does."""

from django.apps import AppConfig

from config import checks

# Without this import a web process has no Celery app of ours, and `.delay` would try a broker that
# nobody set.
from config.celery import app as celery_app

__all__ = ("ProjectConfig", "celery_app")


class ProjectConfig(AppConfig):
    name = "config"
    verbose_name = "系统配置"

    def ready(self):
        checks.register()
