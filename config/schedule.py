"""The whole timetable. Nothing else in the system happens by the clock.

Every job may run twice or not at all: it finds its work by a query (due and not done) and claims it
row by row, so a missed minute is made up by the next. `expires` drops what piled up while no worker
was there.
"""

from celery.schedules import crontab

TIMETABLE = {
    # Every minute: send the reminders that are due, move periods on, retry deliveries that failed.
    "tick": {
        "task": "tasks.jobs.tick",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
    # Every minute: the counts of units, of which every change is a row of its own until then.
    "fold_counts": {
        "task": "tasks.jobs.fold_counts",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
    # Every ten minutes: addresses to which reminders fail again and again.
    "watch_addresses": {
        "task": "tasks.jobs.watch_addresses",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 590},
    },
    # Every five minutes: whether the working days have been changed.
    "follow_calendar": {
        "task": "tasks.jobs.follow_calendar",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 290},
    },
    # Every minute: scans that nobody has recognised yet, those of a worker that died included.
    "recognise": {
        "task": "notices.jobs.recognise",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
    # Every hour: files of imports that came to nothing.
    "sweep_imports": {
        "task": "notices.jobs.sweep",
        "schedule": crontab(minute=17),
        "options": {"expires": 3500},
    },
    # Every minute: files that no worker has in hand; those past their days are deleted.
    "produce": {
        "task": "reports.jobs.produce_waiting",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
}
