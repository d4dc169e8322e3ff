from copy import deepcopy

import pytest
from django.db import transaction
from django.test import override_settings

from tests import factories
from tests.reports.search.offices import Office, furnished


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """One office for a module, gone again at its end."""
    files = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        override_settings(FILES_DIR=files),
        transaction.atomic(),
    ):
        yield furnished()
        transaction.set_rollback(True)


@pytest.fixture
def furniture(made, db) -> Office:
    return deepcopy(made)


@pytest.fixture
def asking(client, furniture):
    """Asks as the coordinator of the 总局."""
    client.force_login(factories.coordinator())
    return lambda words, **more: client.get("/search/", {"q": words, **more})
