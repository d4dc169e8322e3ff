from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0024_kept_counts_filled")]

    operations = [
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=["-issued_at", "-id"], name="obligation_issued_idx"),
        ),
    ]
