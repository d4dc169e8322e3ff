"""Every page by its first word. All ask for a login, but the few views that say otherwise."""

from django.urls import include, path

urlpatterns = [
    # before the tasks, where assignments/1/<verb>/ would take assignments/1/review/ for a verb
    path("", include("reports.urls")),
    path("", include("tasks.urls")),
    path("notices/", include("notices.urls")),
    path("", include("bureaus.urls")),
    path("administration/health/", include("config.health.urls")),
]
