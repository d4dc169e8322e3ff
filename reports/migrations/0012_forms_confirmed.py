"""Forms confirmed so far may go out: their attachments say so from now on."""

from django.db import migrations
from django.db.models import Min


def note_confirmed(apps, schema_editor):
    confirmed = (
        apps.get_model("reports", "FormSchema")
        .objects.filter(confirmed_at__isnull=False)
        .values_list("notice", "attachment_number")
        .annotate(first=Min("confirmed_at"))
        .order_by()
    )
    attachments = apps.get_model("notices", "Attachment").objects
    for notice, number, first in confirmed:
        attachments.filter(notice=notice, position=number).update(form_confirmed_at=first)


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0004_forms_and_evidence"),
        ("reports", "0011_confirmations"),
    ]

    operations = [
        migrations.RunPython(note_confirmed, migrations.RunPython.noop, elidable=True),
    ]
