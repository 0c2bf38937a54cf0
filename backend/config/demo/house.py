"""The demonstration's organisation and its two advocates."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django_otp.oath import TOTP

from backend.config.demo.keys import DemoKeys
from backend.core.tokens import b64_encode
from backend.staff import totp, trust
from backend.staff.models import Organisation, Role, StaffUser
from backend.staff.services import organisation_create, setup_begin, setup_confirm, staff_invite
from backend.staff.services.people import Bilingual

SLUG: Final = "demo"
NAME: Final = Bilingual(en="Harbour Line (demonstration)", es="Línea Puerto (demostración)")
EXCEPTIONS: Final = Bilingual(
    en="This is a demonstration: nobody who answers is real. A real organisation says here what it must pass on, for instance if a child is being "
    "hurt, or if somebody is about to be seriously hurt.",
    es="Esto es una demostración: nadie de quienes responden es real. Una organización real dice aquí lo que debe comunicar, por ejemplo si alguien hace "
    "daño a un niño o una niña, o si alguien está a punto de sufrir un daño grave.",
)


@dataclass(frozen=True, slots=True)
class Login:
    """How a made-up person logs in."""

    username: str
    shown_name: str
    roles: tuple[Role, ...]
    password: str = field(repr=False)


def logins(keys: DemoKeys) -> tuple[Login, ...]:
    """The two advocates; the first is a supervisor too."""
    return (
        Login("marisol", "Marisol", (Role.ADVOCATE, Role.SUPERVISOR), keys.text("marisol", 14)),
        Login("dana", "Dana", (Role.ADVOCATE,), keys.text("dana", 14)),
    )


def house_make(keys: DemoKeys, *, now: datetime) -> Organisation:
    """The organisation, with everybody ready to log in."""
    organisation = organisation_create(
        slug=SLUG, name=NAME, languages=("en", "es"), exceptions=EXCEPTIONS, root_key=trust.public_of(keys.signature("root"))
    )
    for login in logins(keys):
        token = staff_invite(organisation=organisation, username=login.username, shown_name=login.shown_name, roles=login.roles, now=now)
        setup_begin(token=token, password=login.password, now=now)
        secret = StaffUser.objects.get(username=login.username).invitations.get().pending_totp
        setup_confirm(token=token, code=_code(secret, now=now, step=0), now=now)
    return organisation


def code_for(username: str, *, now: datetime) -> str:
    """A one-time code that works now: each is good once, so after a login it is the next one."""
    device = totp.device_of(StaffUser.objects.get(username=username))
    assert device is not None
    used = device.last_t >= _step(now)
    return _code(device.key, now=now, step=1 if used else 0)


def fingerprint_link() -> str:
    """The part of a link by which the app knows this organisation's root key."""
    return f"#f={b64_encode(trust.fingerprint(_root()))}"


def fingerprint_shown() -> str:
    """The fingerprint for people."""
    return trust.fingerprint_groups(_root())


def _root() -> bytes:
    return bytes(Organisation.objects.get(slug=SLUG).root_key)


def _code(key: str, *, now: datetime, step: int) -> str:
    clock = TOTP(bytes.fromhex(key), digits=totp.DIGITS)
    clock.time = now.timestamp() + step * clock.step
    return f"{clock.token():0{totp.DIGITS}d}"


def _step(now: datetime) -> int:
    return int(now.timestamp()) // 30
