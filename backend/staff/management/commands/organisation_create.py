from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from backend.core.tokens import b64_decode, b64_encode
from backend.staff import trust
from backend.staff.management.telling import refusals_told, text_from
from backend.staff.services import organisation_create
from backend.staff.services.people import Bilingual


class Command(BaseCommand):
    help = "Make an organisation. Its root key is made elsewhere with `root_key new`; docs/organisation.md tells it from the beginning."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="its short name in addresses: a-z, 0-9 and hyphens")
        parser.add_argument("--root", required=True, help="the public half of the root key, as `root_key show` prints it")
        parser.add_argument("--name-en", required=True)
        parser.add_argument("--name-es", required=True)
        parser.add_argument(
            "--exceptions-en", required=True, type=Path, help="file: when the organisation must tell others, in plain words"
        )
        parser.add_argument("--exceptions-es", required=True, type=Path, help="the same in Spanish")
        parser.add_argument("--language", action="append", required=True, help="a language that its advocates speak; may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        exceptions = Bilingual(en=text_from(options["exceptions_en"]), es=text_from(options["exceptions_es"]))
        with refusals_told():
            root_key = b64_decode(options["root"])
            organisation_create(
                slug=options["slug"],
                name=Bilingual(en=options["name_en"], es=options["name_es"]),
                languages=options["language"],
                exceptions=exceptions,
                root_key=root_key,
            )
        self.stdout.write(f"Fingerprint of the root key: {trust.fingerprint_groups(root_key)}")
        self.stdout.write(f"Link that carries it: {settings.QUIETLINE_ORIGINS[0]}/#f={b64_encode(trust.fingerprint(root_key))}")
