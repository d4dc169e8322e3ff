"""What every test has: a closed network, and servers of its own on request."""

import gc
import os
import shutil

import pytest
from django.conf import settings
from django.db import connection

from tests import network, selection
from tests.services import chromium, smtp, valkey

network.install()


def pytest_itemcollected(item):
    if selection.may_differ(item):
        item.add_marker("sqlite")


def pytest_runtest_setup(item):
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if sqlite and item.get_closest_marker("postgres"):
        pytest.skip("needs PostgreSQL: set DATABASE_URL, or make test")


def pytest_sessionfinish(session):
    """The run's folder (tests/settings.py) goes with the run, removed by who made it."""
    if not hasattr(session.config, "workerinput"):
        shutil.rmtree(os.environ["TEST_VAR_DIR"], ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=selection.begins_first, reverse=True)


def pytest_collection_finish():
    """What has been imported by now stays to the end: the collector need not look through it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Before the database is dropped, end what processes that were killed have left open in it."""
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            keep_planner_guessing()
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            connection.close()


def keep_planner_guessing():
    """Nobody counts the rows of the tests' tables.

    Every test takes its rows back, so whoever counted would find the tables empty, and for empty
    ones PostgreSQL plans what takes seconds with fifty rows.
    """
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"ALTER TABLE {name} SET (autovacuum_enabled = false)")


@pytest.fixture
def broker_url(tmp_path):
    """A Valkey server of its own."""
    with valkey.server(tmp_path / "valkey") as url:
        yield url


@pytest.fixture
def mail_server():
    """A mail server that keeps what it receives; its ``url`` is fit for EMAIL_URL."""
    with smtp.server() as inbox:
        yield inbox


@pytest.fixture(scope="session")
def browser():
    if not chromium.program():
        pytest.skip("no chromium: apt-get install chromium fonts-noto-cjk, or set CHROMIUM")
    # Playwright keeps an event loop in this thread; Django would refuse the test's own queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with chromium.browser() as started:
        yield started


@pytest.fixture
def page(browser):
    with chromium.page(browser) as opened:
        yield opened
