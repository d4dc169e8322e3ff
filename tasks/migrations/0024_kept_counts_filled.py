"""What repeats of the assignments, and the counts of all that there is, part by part; then the
indexes, which cost a fraction when they are built whole. It may be run again from the middle.

Nothing else may write meanwhile, as in any upgrade: who did is found by ``manage.py recount``.
"""

from django.db import migrations, models, transaction
from django.db.models import OuterRef, Q, Subquery

from bureaus import paths
from tasks.querysets.unit_counts import FIGURES, of_assignments, on_every_level

BATCH = 20_000


def fill(apps, schema_editor):
    _fill_extensions(apps)
    _fill_deliveries(apps)
    _count(apps)


def _fill_extensions(apps):
    extensions = apps.get_model("tasks", "Extension").objects
    theirs = apps.get_model("tasks", "Assignment").objects.filter(pk=OuterRef("assignment"))
    extensions.update(receiver=Subquery(theirs.values("receiver")))
    extensions.filter(state="asked").update(due_at=Subquery(theirs.values("due_at")))


def _fill_deliveries(apps):
    deliveries = apps.get_model("tasks", "Delivery").objects
    milestones = apps.get_model("tasks", "Milestone").objects.filter(pk=OuterRef("milestone"))
    path = Subquery(milestones.values("assignment__bureau_path"))
    last = deliveries.aggregate(last=models.Max("pk"))["last"] or 0
    for start in range(0, last, BATCH):
        some = deliveries.filter(pk__gt=start, pk__lte=start + BATCH, bureau_path="")
        some.filter(milestone__assignment__isnull=False).update(bureau_path=path)


def _count(apps):
    """Each unit of the first level, with all below it, in a transaction of its own."""
    assignments = apps.get_model("tasks", "Assignment").objects
    first = apps.get_model("bureaus", "Bureau").objects.filter(parent__parent=None)
    for path in first.order_by("path").values_list("path", flat=True):
        if paths.level(path) > 1:
            continue
        with transaction.atomic():
            rows = assignments.filter(_within("bureau_path", path))
            _write(apps.get_model("tasks", "UnitCount"), _within("path", path), rows)


def _within(field, path):
    return Q(**{field: path}) if path == paths.ROOT else paths.subtree(field, path)


def _write(model, where, rows):
    model.objects.filter(where).delete()
    sums = on_every_level(of_assignments(rows))
    model.objects.bulk_create(
        [
            model(**key._asdict(), **dict(zip(FIGURES, each, strict=True)), is_folded=True)
            for key, each in sorted(
                sums.items(), key=lambda one: (one[0].level, one[0].path, one[0].day)
            )
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tasks", "0023_kept_counts")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "failed")),
                fields=["bureau_path"],
                name="delivery_failed_place_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="extension",
            index=models.Index(
                condition=models.Q(("state", "asked")),
                fields=["receiver", "due_at"],
                name="extension_asked_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="unitcount",
            index=models.Index(
                fields=["level", "path", "day"],
                include=(
                    "due_at",
                    "period",
                    "split_by",
                    "expected",
                    "handed_in",
                    "on_time",
                    "owed",
                ),
                name="unit_count_place_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="unitcount",
            index=models.Index(
                condition=models.Q(("is_folded", False)), fields=["id"], name="unit_count_new_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=["-issued_at", "-id"], name="obligation_issued_idx"),
        ),
    ]
