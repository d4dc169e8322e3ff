"""What the tests of files share: folders of their own, and somebody who may import."""

import pytest

from tests import factories


@pytest.fixture
def folders(settings, tmp_path):
    settings.FILES_DIR, settings.VAR_DIR = tmp_path / "files", tmp_path


@pytest.fixture
def office(client):
    client.force_login(factories.coordinator())
    return client
