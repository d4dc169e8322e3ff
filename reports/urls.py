from django.urls import path

from reports.views import forms, rollups, schemas

app_name = "reports"

urlpatterns = [
    path("assignments/<int:pk>/forms/<int:number>/", forms.form, name="form"),
    path("assignments/<int:pk>/forms/<int:number>/download/", forms.download, name="form_download"),
    path("notices/<int:pk>/attachments/<int:number>/form/", schemas.schema, name="schema"),
    path("statistics/", rollups.statistics, name="statistics"),
    path("obligations/<int:pk>/roll-up/", rollups.roll_up, name="roll_up"),
    path("obligations/<int:pk>/roll-up/<int:number>/", rollups.roll_up, name="roll_up_number"),
    path(
        "obligations/<int:pk>/roll-up/<int:number>/download/",
        rollups.roll_up_download,
        name="roll_up_download",
    ),
]
