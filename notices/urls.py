from django.urls import path

from notices.views import checking, importing, importing_each, library, originals, sources

app_name = "notices"

urlpatterns = [
    path("", library.library, name="library"),
    path("import/", importing.import_notice, name="import"),
    path("import/each/", importing_each.import_each, name="import_each"),
    path("imported/", importing_each.imported, name="imported"),
    path("intakes/", importing.intakes, name="intakes"),
    path("<int:pk>/check/", checking.check, name="check"),
    path("<int:pk>/clauses/", checking.add_clause, name="clause_add"),
    path("<int:pk>/sure/", checking.confirm_sure, name="confirm_sure"),
    path("<int:pk>/clauses/<int:number>/undecided/", checking.take_back, name="take_back"),
    path("<int:pk>/units/", checking.expansion, name="expansion"),
    path("<int:pk>/clauses/<int:number>/dates/", checking.dates, name="dates"),
    path("sources/<int:pk>/", sources.source, name="source"),
    path("sources/<int:pk>/release/", sources.release, name="source_release"),
    path("<int:pk>/discard/", checking.discard, name="discard"),
    path("<int:pk>/originals/<int:position>/", originals.download, name="original_download"),
    path(
        "<int:pk>/originals/<int:position>/pages/<int:number>/",
        originals.page,
        name="original_page",
    ),
    path(
        "<int:pk>/originals/<int:position>/pages/<int:number>/picture/",
        originals.picture,
        name="original_picture",
    ),
]
