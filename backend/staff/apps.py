from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "backend.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"
