"""The system's own Celery app with a timetable that ticks every second: ``--app`` of the tests."""

from config.celery import app

app.conf.beat_schedule = {
    "tick": {"task": "tasks.jobs.tick", "schedule": 1.0, "options": {"expires": 55}}
}
