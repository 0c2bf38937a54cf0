"""Django's settings. Every value that a deployment may choose comes from backend.config.environment."""

from backend.config.environment import environment_read

env = environment_read()

SECRET_KEY = env.secret_key
DEBUG = False
ALLOWED_HOSTS = env.allowed_hosts
ROOT_URLCONF = "backend.config.urls"
ASGI_APPLICATION = "backend.config.asgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "rest_framework",
    "drf_spectacular",
    "channels",
    "backend.core",
    "backend.relay",
    "backend.staff",
    "backend.directory",
    "backend.hotline",
    "safety",
]
AUTH_USER_MODEL = "staff.StaffUser"
DATABASES = {"default": env.database}
CHANNEL_LAYERS = {"default": env.channel_layer}
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
