from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "backend.config"
    label = "house"
