from django.apps import AppConfig
from django.conf import settings

from notices.text.clauses import model


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "文件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Weights that the office has trained itself go before those of the project."""
        own = settings.READER_WEIGHTS
        model.use(own if own and own.exists() else None)
