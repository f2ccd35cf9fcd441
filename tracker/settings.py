"""Milepost's settings, all read from the environment; docs/operations.md lists them.

Without any, this is a laptop: SQLite, no broker, mail into a folder. `LAPTOP=0` is a
production start, which tracker.checks refuses while something it needs is missing.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from tracker import environment
from tracker.rest import REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401  (Django reads them)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

LAPTOP = environment.flag("LAPTOP", default=True)
# Tracebacks in the browser: for whoever works on Milepost, never for whoever uses it.
DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.text("SECRET_KEY") or (
    environment.kept_secret(VAR_DIR / "secret-key") if LAPTOP else ""
)
# Marks addresses that must never be written to again. It outlives SECRET_KEY: whoever changes it
# forgets who complained.
MILEPOST_ADDRESS_KEY = environment.text("MILEPOST_ADDRESS_KEY") or (
    environment.kept_secret(VAR_DIR / "address-key") if LAPTOP else ""
)
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")

# --- Milepost -----------------------------------------------------------------------------------

# Where readers find us: in every mail, and part of each calendar entry's identity.
MILEPOST_BASE_URL = environment.address("MILEPOST_BASE_URL", default="http://localhost:8000")
# An announcement waits this long after the last edit, and never longer after the first.
MILEPOST_SETTLE_SECONDS = environment.number("MILEPOST_SETTLE_SECONDS", default=600)
MILEPOST_SETTLE_MAX_SECONDS = environment.number("MILEPOST_SETTLE_MAX_SECONDS", default=3600)
MILEPOST_MAIL_FROM = environment.text("MILEPOST_MAIL_FROM", default="Milepost <milepost@localhost>")
MILEPOST_REPLY_TO = environment.text("MILEPOST_REPLY_TO")
MILEPOST_POSTAL_ADDRESS = environment.text("MILEPOST_POSTAL_ADDRESS")
# Not more mails than these leave; 0 is without limit. The second is for each receiving domain.
MILEPOST_MAILS_A_SECOND = environment.number("MILEPOST_MAILS_A_SECOND", default=0)
MILEPOST_MAILS_A_MINUTE = environment.number("MILEPOST_MAILS_A_MINUTE", default=0)
# So many mails are marked as sent in one commit. A sender that is killed sends so many again.
MILEPOST_SENT_TOGETHER = environment.number("MILEPOST_SENT_TOGETHER", default=1)
# Mails are kept in this folder for the browser to show, and none leaves, while it is set.
MILEPOST_OUTBOX_DIR = os.environ.get(
    "MILEPOST_OUTBOX_DIR", str(VAR_DIR / "outbox") if LAPTOP else ""
)
# Hosts that webhooks may go to though they are private, in clear and on any port.
MILEPOST_WEBHOOK_PRIVATE_HOSTS = environment.words("MILEPOST_WEBHOOK_PRIVATE_HOSTS")
# Chat services that are told of everything, as Apprise writes them: secrets, with spaces between.
MILEPOST_BROADCAST_URLS = environment.text("MILEPOST_BROADCAST_URLS").split()
# Hosts of chat services that are meant though they are private.
MILEPOST_BROADCAST_PRIVATE_HOSTS = environment.words("MILEPOST_BROADCAST_PRIVATE_HOSTS")
# How many proxies of ours stand in front: whose X-Forwarded-… headers are believed.
MILEPOST_PROXIES = environment.number("MILEPOST_PROXIES", default=0)
# How often one address may ask the API: so many per sec, min, hour or day.
MILEPOST_API_RATE = environment.text("MILEPOST_API_RATE", default="120/min")

# How much memory a web process may take for feeds that it has made.
MILEPOST_FEED_CACHE_MB = environment.number("MILEPOST_FEED_CACHE_MB", default=64)
# Apps that ask for gzip and cannot read it, by a part of their User-Agent.
MILEPOST_NO_GZIP_FOR = environment.words("MILEPOST_NO_GZIP_FOR")

# --- Django -------------------------------------------------------------------------------------

HOST = urlsplit(MILEPOST_BASE_URL).hostname or "localhost"
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or [
    HOST,
    *(["localhost", "127.0.0.1", "[::1]"] if LAPTOP else []),
]
CSRF_TRUSTED_ORIGINS = [MILEPOST_BASE_URL]

INSTALLED_APPS = [
    "tracker.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "rest_framework",
    "drf_spectacular",
    "timeline",
    "notifications",
    "tracker",
]

MIDDLEWARE = [
    "tracker.health.answer_probes",
    "tracker.proxies.believe_our_proxies",
    "django.middleware.security.SecurityMiddleware",
    "tracker.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"  # 20 November 2026, not Nov. 20
USE_TZ = True
TIME_ZONE = "UTC"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = LAPTOP
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LAPTOP
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

# --- Database -----------------------------------------------------------------------------------

# IMMEDIATE: a transaction that reads, then writes, waits for its turn instead of failing.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
    ),
}
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'milepost.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

# --- Celery: it hurries what the database already owes; losing every message loses no mail --------

REDIS_URL = environment.text("REDIS_URL")
CELERY_BROKER_URL = environment.broker(REDIS_URL)
# A dead broker must cost a save neither its answer nor its time.
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, float] = (
    # A worker waits for messages half a second at a time, well within the socket's timeout.
    {"max_retries": 0, "polling_interval": 0.5, "socket_connect_timeout": 1, "socket_timeout": 1}
    if REDIS_URL
    else {"polling_interval": 0.05}
)
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = None
# Acknowledged when it begins: a Celery 5.7 worker ends for good when Redis goes away while it has
# begun what it has not acknowledged. What is lost so, the next tick does.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# With remote control off a worker can stop consuming for good when Redis restarts.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = True
# Of no consequence to what is acknowledged; unset, each loss of Redis is a warning of nine lines.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
# Fixed intervals only, so that two beats, or a beat started again, do no harm.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
TICK_SECONDS = 15
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "tick": {
        "task": "notifications.tasks.tick",
        "schedule": TICK_SECONDS,
        # Ticks that nobody took are worth nothing: the next one does all that is due.
        "options": {"expires": TICK_SECONDS},
    },
}

# --- Mail ---------------------------------------------------------------------------------------

EMAIL_HOST = environment.text("EMAIL_HOST", default="localhost" if LAPTOP else "")
EMAIL_PORT = environment.number("EMAIL_PORT", default=25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = environment.flag("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = MILEPOST_MAIL_FROM
# A provider's HTTP API in place of EMAIL_HOST: one of django-anymail's backends, whose keys are
# given as ANYMAIL_… in the environment.
MILEPOST_MAIL_BACKEND = environment.text("MILEPOST_MAIL_BACKEND")
ANYMAIL: dict[str, object] = {
    "IGNORE_UNSUPPORTED_FEATURES": True,  # not every provider keeps our metadata
    **environment.beginning_with("ANYMAIL_"),
    "REQUESTS_TIMEOUT": EMAIL_TIMEOUT,
}
SERVER_EMAIL = MILEPOST_MAIL_FROM

# --- Safety -------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1  # hour
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LAPTOP
SECURE_SSL_REDIRECT = not LAPTOP
SECURE_HSTS_SECONDS = 0 if LAPTOP else environment.number("SECURE_HSTS_SECONDS", default=31536000)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if MILEPOST_PROXIES else None
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether every subdomain has TLS is for the owner of the domain to say
    "security.W021",  # as W005, and for ever
]
# Django 6.0's name and shape, so that the middleware can go when we get there.
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}

# --- Logs: one line each, without addresses or tokens ---------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "tracker.logs.JsonLine"},
        "plain": {"()": "tracker.logs.PlainLine"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain" if LAPTOP else "json",
        },
    },
    "root": {"handlers": ["stderr"], "level": environment.text("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own handlers would print unscrubbed lines, and mail them.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "axes": {"level": "WARNING"},
        # Its lines may hold the secret URLs of chat services.
        "apprise": {"level": "CRITICAL"},
        # What was not found or not allowed is in the answer, and no news to us.
        "django.request": {"level": "ERROR"},
        # A stranger's wrong Host header is answered with 400 and is no news to us.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
