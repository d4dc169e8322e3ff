"""Every page by its first word. All ask for a login, but the few views that say otherwise."""

from django.urls import include, path

urlpatterns = [
    path("", include("tasks.urls")),
    path("", include("reports.urls")),
    path("notices/", include("notices.urls")),
    path("", include("bureaus.urls")),
]
