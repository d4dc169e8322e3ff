"""What is loaded before processes are forked is not looked through for garbage again."""

import gc

import pytest
from celery.signals import worker_init

from config import celery, gunicorn
from config.startup import GARBAGE


@pytest.fixture
def unsettled():
    before = gc.get_threshold()
    gc.unfreeze()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.parametrize(
    "ready", [lambda: gunicorn.when_ready(None), celery.before_forking], ids=["web", "worker"]
)
def test_servers_settle_before_they_fork(unsettled, ready):
    ready()

    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold()[0] == GARBAGE
    assert gc.isenabled()


def test_worker_says_when_it_is_about_to_fork():
    assert celery.before_forking in [found() for _, found, *_ in worker_init.receivers]
