"""All settings, from the environment alone. README.md documents each variable."""

from pathlib import Path
from urllib.parse import urlsplit

import bootstrap_wrapper
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from .environment import MailServer, environment, read

_env = environment()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# --- From the environment -------------------------------------------------------------------
SECRET_KEY: str = read(_env.secret, "SECRET_KEY")
TRACKING_KEY: str = read(_env.secret, "TRACKING_KEY")
DEBUG: bool = read(_env.bool, "DEBUG", False)
BASE_URL: str = read(_env.base_url, "BASE_URL")
ALLOWED_HOSTS: list[str] = read(_env.list, "ALLOWED_HOSTS", [urlsplit(BASE_URL).hostname])
HTTPS: bool = read(_env.bool, "HTTPS", True)
DATABASES = {"default": read(_env.database, "DATABASE_URL")}
REDIS_URL: str = read(_env.redis, "REDIS_URL")
_mail: MailServer = read(_env.mail_server, "EMAIL_URL")
DEFAULT_FROM_EMAIL: str = read(_env.str, "DEFAULT_FROM_EMAIL")
STATIC_ROOT = Path(read(_env.str, "STATIC_ROOT", str(BASE_DIR / "var" / "static")))
MEDIA_ROOT = Path(read(_env.str, "MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
MAP_TILES_URL: str = read(_env.str, "MAP_TILES_URL", "")
MAP_TILES_ATTRIBUTION: str = read(_env.str, "MAP_TILES_ATTRIBUTION", "")
LOG_LEVEL: str = read(_env.log_level, "LOG_LEVEL", "INFO")

# --- The house ------------------------------------------------------------------------------
ROOT_URLCONF = "forkopimda.config.urls"
ASGI_APPLICATION = "forkopimda.config.asgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "forkopimda.situation",
    "security",
    "asn_neutrality",
    "forkopimda.elections",
    "forkopimda.meetings",
    "forkopimda.alerts",
    "forkopimda.people",
    "forkopimda.regions",
    "forkopimda.audit",
    "forkopimda.lib",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "leaflet",
    "rules.apps.AutodiscoverRulesConfig",
    "forkopimda.config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "forkopimda.lib.middleware.ApartMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "forkopimda.people.middleware.LocalityMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "forkopimda.lib.middleware.RefuseNullMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "forkopimda.situation.context.frame",
            ],
            "builtins": ["forkopimda.lib.templatetags.words"],
        },
    }
]
FORM_RENDERER = "forkopimda.lib.forms.Renderer"

# --- Storage --------------------------------------------------------------------------------
# Threads come and go under ASGI: a pool keeps connections, not threads. A dead connection is
# found when it is taken, so that a restart of PostgreSQL costs no reader an error.
DATABASES["default"]["OPTIONS"] |= {"pool": {"min_size": 1, "max_size": 20, "timeout": 5}}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
CACHES = {
    "default": {
        "BACKEND": "forkopimda.lib.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "forkopimda",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
STATIC_URL = "/static/"
# Uploads have no address of their own: views serve them after asking for permission.
FILE_UPLOAD_PERMISSIONS = 0o600
# What is uploaded has no name on the disk until it is stored: nothing is left by a crash.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "forkopimda.lib.uploads.NamelessFileUploadHandler",
]
_bootstrap = bootstrap_wrapper.get_bootstrap_dir()
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", _bootstrap)]

# --- Language, place, time ------------------------------------------------------------------
# Message ids are Indonesian, the users' language; locale/en translates (docs/decisions/0003).
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
# Off: keys in attributes and addresses are numbers too. Figures are grouped where they are shown.
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["forkopimda.config.formats"]

# --- People ---------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["forkopimda.people.backends.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "forkopimda.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "forkopimda.people.forms.LoginForm",
    "change_password": "forkopimda.people.forms.ChangePasswordForm",
    "reset_password": "forkopimda.people.forms.ResetPasswordForm",
    "reset_password_from_key": "forkopimda.people.forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
# Its mail invites to sign up, which nobody does here by themselves.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# --- Mail and work --------------------------------------------------------------------------
EMAIL_HOST = _mail.host
EMAIL_PORT = _mail.port
EMAIL_HOST_USER = _mail.user
EMAIL_HOST_PASSWORD = _mail.password
EMAIL_USE_TLS = _mail.starttls
EMAIL_USE_SSL = _mail.ssl
EMAIL_TIMEOUT = 15

CELERY_BROKER_URL = REDIS_URL
# A dead Redis must be noticed at once: the outbox already holds what was to be said.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": "forkopimda:",
    "socket_connect_timeout": 1,
    "visibility_timeout": 15 * 60,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# --- Safety ---------------------------------------------------------------------------------
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "forkopimda.situation.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Gone with the browser's window: who reports at /lapor/ is left no trace that outlasts it.
CSRF_COOKIE_AGE = None
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
# Where people report: no session is read or set, and nothing is cached.
APART_PATHS = ("/lapor/",)
# Of these, logs and error reports keep not one word of what was sent.
DISCREET_PATHS = (*APART_PATHS, "/netralitas-asn/")
DISCREET_LOGGERS = ("asn_neutrality",)
DEFAULT_EXCEPTION_REPORTER = "forkopimda.lib.discretion.Reporter"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

_tiles = urlsplit(MAP_TILES_URL)
_tile_origin = [f"{_tiles.scheme}://{_tiles.netloc}"] if _tiles.netloc else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *_tile_origin],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Libraries ------------------------------------------------------------------------------
LEAFLET_CONFIG = {
    "TILES": (
        [(_("Peta dasar"), MAP_TILES_URL, {"attribution": MAP_TILES_ATTRIBUTION})]
        if MAP_TILES_URL
        else []
    ),
    "ATTRIBUTION_PREFIX": "",
    "RESET_VIEW": False,
    "SCALE": "metric",
    "MIN_ZOOM": 4,
    "MAX_ZOOM": 16,
}

# --- Logs -----------------------------------------------------------------------------------
# At DEBUG these write out what pages show and what cameras put into photos.
_TELLING = ("django.template", "PIL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "forkopimda.lib.discretion.Formatter",
            "fmt": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        **{name: {"level": "INFO" if LOG_LEVEL == "DEBUG" else LOG_LEVEL} for name in _TELLING},
    },
}
