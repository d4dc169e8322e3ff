from django.urls import path

from notices import views

app_name = "notices"

urlpatterns = [
    path("", views.library, name="library"),
    path("import/", views.import_notice, name="import"),
    path("intakes/", views.intakes, name="intakes"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/clauses/", views.add_clause, name="clause_add"),
    path("<int:pk>/units/", views.expansion, name="expansion"),
    path("<int:pk>/discard/", views.discard, name="discard"),
]
