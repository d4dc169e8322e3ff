from django.urls import path

from reports.views import (
    adopting,
    autosave,
    diligence,
    evidence,
    forms,
    ledger,
    merging,
    notice_forms,
    packing,
    prefilling,
    productions,
    review,
    schemas,
    search,
    stepping,
    summaries,
    urging,
    versions,
    workbooks,
)
from reports.views.rollups import rollups, snapshots, statistics

app_name = "reports"

urlpatterns = [
    path("assignments/<int:pk>/forms/<int:number>/", forms.form, name="form"),
    path("assignments/<int:pk>/forms/<int:number>/autosave/", autosave.autosave, name="autosave"),
    path("assignments/<int:pk>/forms/<int:number>/download/", forms.download, name="form_download"),
    path("assignments/<int:pk>/forms/<int:number>/document/", summaries.document, name="document"),
    path("assignments/<int:pk>/forms/<int:number>/pdf/", summaries.pdf, name="pdf"),
    path("assignments/<int:pk>/forms/<int:number>/template/", workbooks.template, name="template"),
    path("assignments/<int:pk>/forms/<int:number>/upload/", workbooks.upload, name="upload"),
    path("assignments/<int:pk>/forms/<int:number>/earlier/", prefilling.prefill, name="prefill"),
    path("assignments/<int:pk>/forms/<int:number>/adopt/", adopting.adopt, name="form_adopt"),
    path("assignments/<int:pk>/forms/<int:number>/merge/", merging.merge, name="merge"),
    path("assignments/<int:pk>/forms/nil/", forms.nil, name="nil"),
    path(
        "assignments/<int:pk>/forms/<int:number>/versions/<int:version>/",
        versions.version,
        name="version",
    ),
    path("assignments/<int:pk>/step/", stepping.step, name="step"),
    path("assignments/<int:pk>/review/", review.review, name="review"),
    path("assignments/<int:pk>/sign-sheet/", review.sign_sheet, name="sign_sheet"),
    path("notices/<int:pk>/attachments/<int:number>/form/", schemas.schema, name="schema"),
    path("notices/<int:pk>/forms/", notice_forms.forms, name="notice_forms"),
    path("notices/<int:pk>/forms/<int:number>/", notice_forms.confirm, name="form_confirm"),
    path("assignments/<int:pk>/evidence/", evidence.page, name="evidence"),
    path(
        "assignments/<int:pk>/evidence/<int:key>/download/",
        evidence.download,
        name="evidence_download",
    ),
    path(
        "assignments/<int:pk>/evidence/<int:key>/remove/", evidence.remove, name="evidence_remove"
    ),
    path("assignments/<int:pk>/package/", packing.package, name="package"),
    path(
        "obligations/<int:pk>/roll-up/<int:number>/originals/", packing.originals, name="originals"
    ),
    path("assignments/<int:pk>/reminders.xlsx", diligence.export, name="diligence"),
    path("urge-sheets/<int:pk>/download/", urging.sheet, name="urge_sheet"),
    path("urge-sheets/download/", urging.sheets, name="urge_sheets"),
    path("ledger/export.xlsx", ledger.export, name="ledger_export"),
    path("ledger/export/", packing.ledger, name="ledger_long"),
    path("files/", productions.listed, name="productions"),
    path("files/<int:pk>/", productions.one, name="production"),
    path("files/<int:pk>/download/", productions.download, name="production_download"),
    path("files/<int:pk>/cancel/", productions.cancel, name="production_cancel"),
    path("search/", search.page, name="search"),
    path("search/typed/", search.typed, name="search_typed"),
    path("statistics/", statistics.page, name="statistics"),
    path("statistics/export.xlsx", statistics.export, name="statistics_export"),
    path("obligations/<int:pk>/roll-up/", rollups.roll_up, name="roll_up"),
    path("obligations/<int:pk>/roll-up/<int:number>/", rollups.roll_up, name="roll_up_number"),
    path(
        "obligations/<int:pk>/roll-up/<int:number>/download/",
        rollups.download,
        name="roll_up_download",
    ),
    path("obligations/<int:pk>/roll-up/<int:number>/make/", rollups.make, name="roll_up_make"),
    path(
        "obligations/<int:pk>/roll-up/<int:number>/snapshots/",
        snapshots.take,
        name="snapshot_take",
    ),
    path("snapshots/<int:pk>/", snapshots.snapshot, name="snapshot"),
    path("snapshots/<int:pk>/download/", snapshots.download, name="snapshot_download"),
    path("snapshots/<int:pk>/make/", snapshots.make, name="snapshot_make"),
    path("snapshots/<int:pk>/difference/<int:other>/", snapshots.compare, name="difference"),
    path(
        "snapshots/<int:pk>/difference/<int:other>/download/",
        snapshots.compare_download,
        name="difference_download",
    ),
]
