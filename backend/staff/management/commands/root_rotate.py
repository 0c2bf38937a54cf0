from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from backend.core.clock import system_clock
from backend.core.tokens import b64_decode
from backend.staff import trust
from backend.staff.management.telling import refusals_told
from backend.staff.services import root_rotate


class Command(BaseCommand):
    help = "Put an organisation's new root key in place, with what `root_key rotate` and `root_key certify` printed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its slug")
        parser.add_argument("rotation", help="the old root's word for the new one")
        parser.add_argument("certificate", nargs="*", help="the new root's certificate for a signing device that goes on")

    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_told():
            organisation = root_rotate(
                slug=options["organisation"],
                signed=b64_decode(options["rotation"]),
                certificates=[b64_decode(text) for text in options["certificate"]],
                now=system_clock(),
            )
        self.stdout.write(f"Fingerprint of the new root key: {trust.fingerprint_groups(bytes(organisation.root_key))}")
