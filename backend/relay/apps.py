from django.apps import AppConfig


class RelayConfig(AppConfig):
    name = "backend.relay"
    label = "relay"
    default_auto_field = "django.db.models.BigAutoField"
