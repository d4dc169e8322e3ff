"""All settings, read from the environment and an optional `.env`; variables: `.env.sample`."""

from datetime import time, timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config import environment as env
from config import secret_key
from config.schedule import TIMETABLE

BASE_DIR = Path(__file__).resolve().parent.parent
if env.text("APP_ENV") != "test":  # a developer's .env must not decide what the tests see
    env.load_file(BASE_DIR / ".env")
APP_ENV = env.environment()
PRODUCTION, TESTING = APP_ENV == "production", APP_ENV == "test"

# Everything the system writes lies here: database, uploads, mailbox, collected static files.
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()

DEBUG = env.switch("DEBUG", default=False)
if DEBUG and PRODUCTION:
    raise env.complain("DEBUG", "must be off when APP_ENV is production")

# --- Identity of this installation ----------------------------------------------------------------

if PRODUCTION:
    SECRET_KEY = secret_key.strong(env.required("SECRET_KEY"))
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [env.required("ALLOWED_HOSTS")]
    if "*" in ALLOWED_HOSTS:
        raise env.complain("ALLOWED_HOSTS", "may not be * (links in mail are built from the host)")
else:
    SECRET_KEY = env.text("SECRET_KEY") or secret_key.kept(VAR_DIR / "secret_key")
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")

# Where people reach the system; links in mail begin with it.
SITE_URL = env.text(
    "SITE_URL", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000"
).rstrip("/")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", SITE_URL)

# --- What the system is made of -------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "axes",
    "csp",
    "audit",
    "bureaus",
    "notices",
    "tasks",
    "reports",
    "config",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "config.web.proxies.ClientAddressMiddleware",
    "audit.origin.OriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.web.compression.CompressedPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "bureaus.middleware.kept_versions.KeptVersionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bureaus.middleware.login_wall.LoginWallMiddleware",
    "bureaus.middleware.no_store.NoStoreMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "bureaus.middleware.login_wall.WrongMethodMiddleware",
    "bureaus.middleware.admission.AdmissionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "notices.middleware.SecrecyMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bureaus.shell.navigation.shell",
            ],
        },
    },
]

FORM_RENDERER = "bureaus.forms.rendering.PlainRenderer"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Database -------------------------------------------------------------------------------------

if PRODUCTION:
    DATABASES = {"default": env.database(env.required("DATABASE_URL"))}
elif env.text("DATABASE_URL"):
    DATABASES = {"default": env.database(env.text("DATABASE_URL"))}
else:
    DATABASES = {"default": env.sqlite(VAR_DIR / "db.sqlite3")}
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

# --- Static files and uploads ---------------------------------------------------------------------

# Outside DEBUG and tests the files are collected, compressed and named by their content, and cached
# for ever.
FROM_SOURCE = DEBUG or TESTING
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "config.web.bundles.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = FROM_SOURCE
# What people hand in and what is made for them (notices/files/store.py). Workers on other machines
# need the same folder.
FILES_DIR = Path(env.text("FILES_DIR", str(VAR_DIR / "files"))).resolve()
MEDIA_ROOT = VAR_DIR / "media"
# A file that the office's backup touches when it has come to its end (config/health/machine.py).
BACKUP_MARK = Path(env.text("BACKUP_MARK", str(VAR_DIR / "backup-done"))).resolve()
# What `manage.py train_reader` writes; where there is none, the weights of the project hold.
READER_WEIGHTS = Path(
    env.text("READER_WEIGHTS", str(VAR_DIR / "reader" / "weights.json"))
).resolve()
MEDIA_URL = "media/"  # no route serves it: files leave through views that check who asks
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if FROM_SOURCE
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
# Evidence beside the forms: megabytes of one file by its kind, and of all files of one task.
EVIDENCE_MB = {
    "image": env.whole_number("EVIDENCE_IMAGE_MB", 20, at_least=1),
    "video": env.whole_number("EVIDENCE_VIDEO_MB", 500, at_least=1),
    "file": env.whole_number("EVIDENCE_FILE_MB", 50, at_least=1),
    "sealed": env.whole_number("EVIDENCE_SEALED_MB", 50, at_least=1),
}
EVIDENCE_TOTAL_MB = env.whole_number("EVIDENCE_TOTAL_MB", 1000, at_least=1)
EVIDENCE_FILES = env.whole_number("EVIDENCE_FILES", 60, at_least=1)
DATA_UPLOAD_MAX_MEMORY_SIZE = (
    10 * 1024 * 1024
)  # bytes of a form without its files; a pasted table may be large
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a report form posts one field a cell

# --- Login (GB/T 22239-2019, 8.1.4.1) -------------------------------------------------------------

AUTH_USER_MODEL = "bureaus.Staff"
LOGIN_URL = "bureaus:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "bureaus:login"
# Axes comes first: it answers for a locked account before any password is hashed.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "bureaus.login.authentication.StaffBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "bureaus.login.passwords.LengthValidator",
        "OPTIONS": {"min_length": env.whole_number("PASSWORD_MIN_LENGTH", 10, at_least=8)},
    },
    {"NAME": "bureaus.login.passwords.ThreeOfFourClassesValidator"},
    {
        "NAME": "bureaus.login.passwords.UnlikeOneselfValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "bureaus.login.passwords.UncommonValidator"},
    {
        "NAME": "bureaus.login.passwords.HistoryValidator",
        "OPTIONS": {"count": env.whole_number("PASSWORD_HISTORY", 3)},
    },
]
# After so many days a password has to be changed; 0 turns it off.
PASSWORD_MAX_DAYS = env.whole_number("PASSWORD_MAX_DAYS", 90 if PRODUCTION else 0)
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Five failures, none more than the lock's length after the one before, lock the account for 30
# minutes. Only failures count against it, so a locked person is not kept out by going on trying.
AXES_FAILURE_LIMIT = env.whole_number("LOGIN_FAILURE_LIMIT", 5, at_least=1)
AXES_COOLOFF_TIME = timedelta(minutes=env.whole_number("LOGIN_LOCK_MINUTES", 30, at_least=1))
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "bureaus.views.login.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # logins are told to the audit trail
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Failures within a minute after which an address has to wait, whatever account it names. A whole
# office may share one address, and nothing but failures counts.
LOGIN_ADDRESS_LIMIT = env.whole_number("LOGIN_ADDRESS_LIMIT", 30)
LOGIN_ADDRESS_WAIT = timedelta(minutes=env.whole_number("LOGIN_ADDRESS_MINUTES", 10, at_least=1))

# 三员分立: see bureaus/separation.py.
SEPARATE_ADMINS = env.switch("SEPARATE_ADMINS", default=PRODUCTION)

# A session ends after 30 minutes without a request, and after 12 hours in any case. Requests are
# noted to the minute (bureaus/middleware/admission.py): most write nothing.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * env.whole_number("SESSION_IDLE_MINUTES", 30, at_least=1)
SESSION_MAX_HOURS = env.whole_number("SESSION_MAX_HOURS", 12, at_least=1)
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# --- Transport and browser ------------------------------------------------------------------------

# HTTPS=0 is for an intranet that serves plain http on an address and a port.
HTTPS = env.switch("HTTPS", default=PRODUCTION)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.whole_number("HSTS_SECONDS", 3600) if HTTPS else 0
# What other hosts of the office's domain do is not ours to promise, so neither subdomains nor the
# browsers' list.
SILENCED_SYSTEM_CHECKS = [
    "security.W005",
    "security.W021",
    "axes.W006",  # no lock by address there: bureaus/actions/throttle.py lets one wait
    "models.W040",  # SQLite leaves out the columns that an index only carries; nothing else changes
]
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES", "127.0.0.1,::1" if PRODUCTION else "")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [
            SELF,
            "data:",
        ],  # Bootstrap draws its check marks as data: images in the style sheet
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Mail -----------------------------------------------------------------------------------------

# Without EMAIL_URL nothing leaves the machine: each mail becomes a file in MAILBOX_DIR, to be read
# in the web page.
MAILBOX_DIR = VAR_DIR / "mailbox"
if env.text("EMAIL_URL"):
    globals().update(env.mail(env.text("EMAIL_URL")))
else:
    EMAIL_BACKEND = "tasks.reminders.mail.mailbox.MailboxBackend"
MAIL_FROM = DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "noreply@localhost")

# The only hosts to which messages for group robots are posted, so that nobody can make the server
# ask others.
ROBOT_HOSTS = env.words("ROBOT_HOSTS", "qyapi.weixin.qq.com,oapi.dingtalk.com,open.feishu.cn")

# --- Work -----------------------------------------------------------------------------------------

try:
    # A due day ends when the office closes.
    OFFICE_CLOSES = time.fromisoformat(env.text("OFFICE_CLOSES", "17:30"))
except ValueError:
    raise env.complain("OFFICE_CLOSES", "is not a time such as 17:30") from None

# Nothing that the timetable sends goes out then, nor on days of rest; an urge (催办) does, and what
# happens to an urgent notice where the plan of reminders lets it.
QUIET_HOURS = env.hours("QUIET_HOURS", "20:00-08:00")

# An assignment is not urged again (催办) before so many hours have gone by.
URGE_GAP_HOURS = env.whole_number("URGE_GAP_HOURS", 24, at_least=1)

REDIS_URL = env.text("REDIS_URL")
_own_broker = VAR_DIR / "valkey" / "url"  # written by `make run` for the broker it starts
if not REDIS_URL and not PRODUCTION and not TESTING and _own_broker.is_file():
    REDIS_URL = _own_broker.read_text(encoding="utf-8").strip()
if not REDIS_URL and PRODUCTION:
    raise env.complain("REDIS_URL", "is not set (needed when APP_ENV is production)")

CELERY_BROKER_URL = REDIS_URL or "redis://127.0.0.1:6379/0"
CELERY_BEAT_SCHEDULE = TIMETABLE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True  # what a job did is a row, not a result
# What a worker had in hand is done by another when it, its child or the machine dies. A message
# just then on its way can be lost all the same; docs/adr/0003 has the figures and why that does no
# harm.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# Seconds; below the visibility timeout, or a slow job is handed out twice.
CELERY_TASK_TIME_LIMIT = 300
# Recognising scans and making long files is slow: queues of their own, for workers with one process
# each, so that no reminder waits behind them.
CELERY_TASK_ROUTES = {
    "notices.jobs.*": {"queue": "ocr"},
    "reports.jobs.*": {"queue": "files"},
}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": env.whole_number("BROKER_VISIBILITY_SECONDS", 600, at_least=5),
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Log ------------------------------------------------------------------------------------------

LOG_LEVEL = env.text("LOG_LEVEL", "INFO").upper()
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
    raise env.complain(
        "LOG_LEVEL", f"is {LOG_LEVEL!r}, not DEBUG, INFO, WARNING, ERROR or CRITICAL"
    )
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
            "datefmt": "%Y-%m-%d %H:%M:%S",
        }
    },
    "filters": {"feed_secrets": {"()": "config.web.redaction.WithoutFeedSecrets"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["feed_secrets"],
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django brings handlers of its own for these; one line each is enough.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # Anybody can send a wrong Host header; a trace for each would fill the disk.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "axes": {"level": "WARNING"},  # below that it logs the typed account names
    },
}
