"""The texts of all that is there, some hundred at a time, each batch a transaction of its own; then
the indexes, which cost a fraction when they are built whole. It may be run again from the middle."""

import json

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Exists, OuterRef, Prefetch

from bureaus.search import keeping
from bureaus.search.spelling import joined
from reports.schemas.content.written import texts


def fill(apps, schema_editor):
    versions = apps.get_model("reports", "SubmissionVersion").objects
    handed_in = Exists(versions.filter(submission=OuterRef("pk")))
    last = Prefetch("versions", versions.order_by("number"), to_attr="in_order")
    forms = apps.get_model("reports", "Submission").objects.filter(handed_in)
    found = forms.defer("content_json").prefetch_related(last)
    keeping.rebuild(apps.get_model("reports", "SubmissionText"), found, of_form)
    files = apps.get_model("reports", "Evidence").objects.all()
    keeping.rebuild(apps.get_model("reports", "EvidenceText"), files, of_file)


def of_form(submission):
    return {"words": joined(*texts(json.loads(submission.in_order[-1].content_json)))}


def of_file(evidence):
    return {"words": joined(evidence.file_name, evidence.note)}


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("reports", "0013_search_text")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="submissiontext",
            index=GinIndex(fields=["words_pairs"], name="submission_text_idx"),
        ),
        migrations.AddIndex(
            model_name="evidencetext",
            index=GinIndex(fields=["words_pairs"], name="evidence_text_idx"),
        ),
    ]
