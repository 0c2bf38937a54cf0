from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from backend.staff.management.telling import refusals_told
from backend.staff.services import staff_switch_off


class Command(BaseCommand):
    help = "Let a person log in no more and end their sessions. A supervisor revokes their devices in the console."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_told():
            staff_switch_off(username=options["username"])
        self.stdout.write("Switched off. Their devices count until a supervisor has revoked them in the console.")
