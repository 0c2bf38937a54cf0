"""Works without a server, a database and a network: it is meant for a machine that has none of them."""

import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.core.clock import system_clock
from backend.core.tokens import b64_encode
from backend.staff import rootkey, trust
from backend.staff.management.passphrases import Passphrases, passphrases
from backend.staff.management.telling import text_from


class Command(BaseCommand):
    help = (
        "The organisation's root key: make it, show it, certify a signing device, rotate to a new key. What is printed on stdout is public."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--passphrase-fd", type=int, metavar="N", help="read passphrases from this file descriptor, one a line")
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("new", help="make a key in a new file").add_argument("file", type=Path)
        acts.add_parser("show", help="print the public half and its fingerprint").add_argument("file", type=Path)
        certify = acts.add_parser("certify", help="print the certificate for a signing device's request")
        certify.add_argument("file", type=Path)
        certify.add_argument("request", nargs="?", type=Path, help="a file with the request; stdin where it is absent")
        certify.add_argument("--days", type=int, default=rootkey.LIFE_MAX.days)
        certify.add_argument("--compared", action="store_true", help="the fingerprint was compared already: do not ask")
        rotate = acts.add_parser("rotate", help="print the old key's word for a new one, which `new` made")
        rotate.add_argument("organisation", help="its slug")
        rotate.add_argument("old", type=Path)
        rotate.add_argument("new", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        ask = passphrases(options["passphrase_fd"])
        try:
            getattr(self, f"_{options['act']}")(ask, options)
        except rootkey.RootKeyRefused as refused:
            raise CommandError(str(refused)) from None

    def _new(self, ask: Passphrases, options: dict[str, Any]) -> None:
        passphrase = ask("Passphrase for the new key", twice=True)
        self._public(rootkey.root_key_new(options["file"], passphrase=passphrase))
        self.stderr.write("Keep the file in two places that no network reaches, and the passphrase apart from both.")

    def _show(self, ask: Passphrases, options: dict[str, Any]) -> None:
        self._public(trust.public_of(_opened(options["file"], ask)))

    def _certify(self, ask: Passphrases, options: dict[str, Any]) -> None:
        request = rootkey.request_read(text_from(options["request"]) if options["request"] else sys.stdin.read())
        compared = trust.device_fingerprint_groups(
            device_id=request.device_id, signature_key=request.signature_key, hpke_hash=request.hpke_hash
        )
        self.stderr.write(f"Organisation: {request.organisation}\nName:         {request.shown_name}\nNumbers:      {compared}")
        if not options["compared"]:
            self._compare_demand()
        private = _opened(options["file"], ask)
        self.stdout.write(b64_encode(rootkey.request_certify(private, request, days=options["days"], now=system_clock())))

    def _rotate(self, ask: Passphrases, options: dict[str, Any]) -> None:
        old, new = _opened(options["old"], ask), _opened(options["new"], ask)
        self.stdout.write(b64_encode(rootkey.root_rotation(old, new, organisation=options["organisation"], now=system_clock())))

    def _public(self, public: bytes) -> None:
        self.stdout.write(f"Public key:  {b64_encode(public)}\nFingerprint: {trust.fingerprint_groups(public)}")

    def _compare_demand(self) -> None:
        self.stderr.write("Read the numbers with the supervisor, in person or by telephone. The console shows the same ones.")
        self.stderr.write("Type yes if they are the same:")
        try:
            # Standard input may be the request.
            with Path("/dev/tty").open(encoding="utf-8") as terminal:
                answer = terminal.readline()
        except OSError:
            raise CommandError("There is no keyboard to answer at. Where the numbers were compared already, say --compared.") from None
        if answer.strip().lower() != "yes":
            raise CommandError("Not certified.")


def _opened(path: Path, ask: Passphrases) -> Ed25519PrivateKey:
    return rootkey.root_key_open(path, passphrase=ask(f"Passphrase of {path}"))
