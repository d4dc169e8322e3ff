"""Loading the settings at the door, so that a bad one ends the program with one line."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def load_settings(program: str) -> None:
    """Load the settings, or end ``program`` with the line that names the variable to set."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        settings.APP_ENV  # noqa: B018  (any name makes Django import the module)
    except ImproperlyConfigured as problem:
        sys.exit(f"{program}: {problem}")
