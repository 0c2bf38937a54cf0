from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from backend.core.clock import system_clock
from backend.staff.management.links import setup_link
from backend.staff.management.telling import refusals_told
from backend.staff.models import Role
from backend.staff.selectors import organisation_for
from backend.staff.services import staff_invite


class Command(BaseCommand):
    help = "Invite a person to an organisation's staff; prints the link by which they set a password and a second factor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its slug")
        parser.add_argument("username", help="for logging in; in this deployment nobody else has it")
        parser.add_argument("--name", required=True, help="what people who are answered read; a first name or an alias")
        parser.add_argument("--role", action="append", required=True, choices=Role.values, help="may be given twice")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_told():
            token = staff_invite(
                organisation=organisation_for(options["organisation"]),
                username=options["username"],
                shown_name=options["name"],
                roles=[Role(role) for role in options["role"]],
                now=system_clock(),
            )
        self.stdout.write(setup_link(token))
