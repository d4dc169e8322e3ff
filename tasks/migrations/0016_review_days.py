from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import migrations
from django.utils import timezone

MORNING = time(9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OWED = ("pending", "accepted", "filling", "returned", "correcting", "review", "approval")
BATCH = 500


def arm_review_days(apps, schema_editor):
    """What has no deadline and is out already is asked about on its 复核日 too."""
    models_of = {name: apps.get_model("tasks", name) for name in ("Assignment", "Milestone")}
    today = timezone.localdate()
    undated = models_of["Assignment"].objects.filter(
        status__in=OWED, due_at=None, review_on__gt=today
    )
    columns = ("pk", "deadline_version", "review_on")
    rows = [
        models_of["Milestone"](
            assignment_id=pk, deadline_version=version, kind=kind, at=datetime.combine(day, MORNING)
        )
        for pk, version, day in undated.order_by("pk").values_list(*columns)
        for kind in ("R", "RC")
    ]
    models_of["Milestone"].objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def disarm_review_days(apps, schema_editor):
    milestones = apps.get_model("tasks", "Milestone").objects
    milestones.filter(kind__in=("R", "RC"), state="armed").delete()


class Migration(migrations.Migration):
    dependencies = [("tasks", "0015_events")]

    operations = [migrations.RunPython(arm_review_days, disarm_review_days)]
