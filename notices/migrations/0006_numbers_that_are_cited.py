"""Numbers that the notices taken in before name: read from their texts, as at an import."""

from django.db import migrations

from notices.text.citations import citations


def find(apps, schema_editor):
    notices = apps.get_model("notices", "Notice").objects.order_by("pk")
    model = apps.get_model("notices", "Citation")
    for key, body, number in notices.values_list("pk", "body", "doc_number").iterator(100):
        model.objects.bulk_create(
            [
                model(notice_id=key, number=found.number, kind=str(found.kind))
                for found in citations(body, number)
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("notices", "0005_twins_and_citations")]

    operations = [migrations.RunPython(find, migrations.RunPython.noop)]
