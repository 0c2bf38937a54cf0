"""The ASGI application: what answers which address."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
django.setup()

from backend.config.site import site_build  # noqa: E402  the apps must be ready before the rooms' routes are imported

application = site_build()
