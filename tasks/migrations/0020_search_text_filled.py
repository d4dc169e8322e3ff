"""The texts of all that is there, some hundred at a time, each batch a transaction of its own; then
the indexes, which cost a fraction when they are built whole. It may be run again from the middle."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from bureaus.search import keeping
from bureaus.search.spelling import joined


def fill(apps, schema_editor):
    obligations = apps.get_model("tasks", "Obligation").objects.select_related("notice")
    found = obligations.defer("notice__body", "notice__reading_json")
    keeping.rebuild(apps.get_model("tasks", "ObligationText"), found, compose)


def compose(obligation):
    notice = obligation.notice
    return {"words": joined(obligation.title, obligation.period, notice.title, notice.doc_number)}


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tasks", "0019_search_text")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="obligationtext",
            index=GinIndex(fields=["words_pairs"], name="obligation_text_idx"),
        ),
    ]
