"""Django's settings. Every value that a deployment may choose comes from backend.config.environment."""

from typing import Any

from backend.config.environment import BASE, environment_read
from backend.config.logs import LOGGING as LOGGING

env = environment_read()

QUIETLINE_PRODUCTION = env.production
QUIETLINE_ORIGINS = env.origins
QUIETLINE_TLS = env.tls
QUIETLINE_KEY_DIR = env.key_dir
QUIETLINE_EXIT_URL = env.exit_url
QUIETLINE_COUNTRIES = env.countries
QUIETLINE_NAME_ORGANISATIONS = env.name_organisations
QUIETLINE_DEMO = env.demo
QUIETLINE_VAR = env.var
QUIETLINE_DIST = BASE / "frontend" / "dist"
QUIETLINE_LOCALES = BASE / "locales"

SECRET_KEY = env.secret_key
DEBUG = False
ALLOWED_HOSTS = env.hosts
ROOT_URLCONF = "backend.config.urls"
ASGI_APPLICATION = "backend.config.asgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "rest_framework",
    "drf_spectacular",
    "channels",
    "backend.config",
    "backend.core",
    "backend.relay",
    "backend.staff",
    "backend.directory",
    "backend.hotline",
    "safety",
]
MIDDLEWARE = [
    "backend.config.middleware.DocumentMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
APPEND_SLASH = False

AUTH_USER_MODEL = "staff.StaffUser"
PASSWORD_HASHERS = ["backend.staff.hashers.Argon2idHasher", "django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_ENGINE = "backend.staff.sessions"
SESSION_COOKIE_NAME = "__Host-session" if env.tls else "session"
SESSION_COOKIE_SECURE = env.tls
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = "__Host-csrf" if env.tls else "csrf"
CSRF_COOKIE_SECURE = env.tls
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_TRUSTED_ORIGINS = list(env.origins)
CSRF_FAILURE_VIEW = "backend.config.errors.csrf_failed"

DATABASES = {"default": env.database}
CHANNEL_LAYERS = {"default": env.channel_layer}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "backend.config.errors.exception_handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Quietline",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "RoleEnum": "backend.staff.models.Role.choices",
        "StateEnum": "backend.hotline.states.State.choices",
        "ReturnedStateEnum": "backend.hotline.serializers.RETURNED_STATES",
    },
}
