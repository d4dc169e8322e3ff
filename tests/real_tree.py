"""The office's own tree of bureaus, loaded once for the tests of a module."""

from contextlib import contextmanager

from django.db import transaction

from bureaus.actions import registry


@contextmanager
def loaded(blocker):
    """For a module's fixture that has ``django_db_setup``; gone again at the end of it."""
    with blocker.unblock(), transaction.atomic():
        registry.load_tree()
        yield
        transaction.set_rollback(True)
