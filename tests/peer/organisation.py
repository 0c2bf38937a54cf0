"""A whole organisation on a running server, made with the operator's commands and then by its own people over HTTP."""

import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from tests.peer.advocate import Advocate
from tests.peer.api import StaffApi
from tests.peer.office import Office, intake_publish
from tests.peer.signed import public_of
from tests.peer.wire import b64
from tests.support.server import Server

PASSWORD = "correct horse battery staple"
EXCEPTIONS = {"en": "We must report harm to children.", "es": "Debemos informar del daño a menores."}


@dataclass(slots=True)
class Organisation:
    """An organisation that is open: certified, with a revocation list and an intake key. ``advocates`` by their user names."""

    server: Server
    slug: str
    root_seed: bytes = field(repr=False)
    office: Office = field(init=False)
    advocates: dict[str, Advocate] = field(default_factory=dict)

    @property
    def root(self) -> bytes:
        return public_of(self.root_seed)

    @classmethod
    def new(cls, server: Server, folder: Path, *, slug: str = "casa-clara") -> "Organisation":
        made = cls(server, slug, secrets.token_bytes(32))
        for language, told in EXCEPTIONS.items():
            (folder / f"exceptions.{language}").write_text(told, encoding="utf-8")
        texts = [part for language in EXCEPTIONS for part in (f"--exceptions-{language}", str(folder / f"exceptions.{language}"))]
        named = ["--name-en", "Clara House", "--name-es", "Casa Clara", "--language", "en", "--language", "es"]
        server.manage("organisation_create", slug, f"--root={b64(made.root)}", *named, *texts)
        made.office = Office(made.staff("supervisor", name="Sol", role="supervisor"), organisation=slug, root_seed=made.root_seed)
        made.office.open()
        return made

    def staff(self, username: str, *, name: str, role: str) -> StaffApi:
        """Invite somebody, and be them: with a session."""
        link = self.server.manage("staff_invite", self.slug, username, "--name", name, "--role", role)
        found = re.search(r"#setup=([\w-]+)", link)
        if found is None:
            raise LookupError(link)
        api = StaffApi(self.server.url)
        api.set_up(found.group(1), password=PASSWORD)
        return api

    def advocate(self, username: str, *, name: str) -> Advocate:
        """An advocate with a certified device, on shift, and an intake key that it can open."""
        api = self.staff(username, name=name, role="advocate")
        made = Advocate(api, organisation=self.slug, root=self.root, shown_name=name)
        made.request_device()
        self.office.certify(made.keys.device_id)
        intake_publish(made)
        made.shift(True)
        self.advocates[username] = made
        return made
