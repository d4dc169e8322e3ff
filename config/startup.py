"""Loading the settings at the door, so that a bad one ends the program with one line."""

import gc
import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

GARBAGE = 10_000  # objects more, before Python looks for what nobody holds


def load_settings(program: str) -> None:
    """Load the settings, or end ``program`` with the line that names the variable to set."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        settings.APP_ENV  # noqa: B018  (any name makes Django import the module)
    except ImproperlyConfigured as problem:
        sys.exit(f"{program}: {problem}")


def settle() -> None:
    """What is loaded by now stays, and is no longer looked through for garbage.

    Python looks through all there is whenever a quarter more has been made since, and begins to
    look after 700 objects; where thousands of rows are made that took a fifth of the time. To be
    called before processes are forked: they then share what is loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
