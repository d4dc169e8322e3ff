"""The web server: `gunicorn -c python:config.gunicorn config.wsgi`; variables: `.env.sample`."""

from django.conf import settings

from config import environment as env
from config.startup import load_settings, settle

load_settings("gunicorn")

_host = env.text("HOST", "127.0.0.1")
bind = (
    f"[{_host}]:{env.text('PORT', '8000')}"
    if ":" in _host
    else f"{_host}:{env.text('PORT', '8000')}"
)
workers = env.whole_number("WEB_PROCESSES", 2, at_least=1)
threads = env.whole_number("WEB_THREADS", 4, at_least=1)
worker_class = "gthread"
timeout = 60
# Load before forking: a setting that is missing then ends the server with one line instead of a
# restart loop.
preload_app = True
# Whose X-Forwarded-Proto tells that the browser came by https. Addresses: config/web/proxies.py.
forwarded_allow_ips = ",".join(settings.TRUSTED_PROXIES)
# The control socket would lie outside our folders and nobody here uses it.
control_socket_disable = True


def when_ready(server: object) -> None:
    """All is loaded, nothing forked yet."""
    settle()
