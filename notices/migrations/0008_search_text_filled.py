"""The texts of all that is there, some hundred at a time, each batch a transaction of its own; then
the indexes, which cost a fraction when they are built whole. It may be run again from the middle."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from bureaus.search import keeping
from bureaus.search.spelling import joined


def fill(apps, schema_editor):
    notices = apps.get_model("notices", "Notice").objects.defer("reading_json")
    keeping.rebuild(apps.get_model("notices", "NoticeText"), notices, compose)


def compose(notice):
    head = joined(notice.title, notice.doc_number)
    return {"head": head, "whole": joined(head, notice.issuers, notice.body)}


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("notices", "0007_search_text")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="noticetext",
            index=GinIndex(fields=["head_pairs"], name="notice_text_head_idx"),
        ),
        migrations.AddIndex(
            model_name="noticetext",
            index=GinIndex(fields=["whole_pairs"], name="notice_text_whole_idx"),
        ),
    ]
