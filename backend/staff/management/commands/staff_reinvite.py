from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from backend.core.clock import system_clock
from backend.staff.management.links import setup_link
from backend.staff.management.telling import refusals_told
from backend.staff.services import staff_reinvite


class Command(BaseCommand):
    help = "Give a person who lost the password, the second factor or the link a new link. Once used, everything from before is gone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_told():
            token = staff_reinvite(username=options["username"], now=system_clock())
        self.stdout.write(setup_link(token))
