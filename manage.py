#!/usr/bin/env python
"""Django's command line. Which settings it gets: docs/adr/0001-one-switch-app-env.md."""

import os
import sys

from django.core.management import execute_from_command_line

from config.startup import load_settings

# Commands that touch neither database nor broker nor secret: they run in a bare checkout, before
# any set-up.
STATELESS = {"read_notice"}


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in STATELESS:
        os.environ.setdefault("APP_ENV", "development")
    load_settings("manage.py")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
