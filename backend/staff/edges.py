"""What this room's edges share: who sent a call and from which page, the answer that says who is logged in, and the cookie of a known browser."""

from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, Final

from django.conf import settings
from django.middleware.csrf import get_token
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.errors import Invalid
from backend.core.tokens import b64_decode, b64_encode
from backend.staff import access, limits
from backend.staff.errors import CsrfMissing
from backend.staff.known import cookie_name, known_check, known_value
from backend.staff.models import StaffUser
from backend.staff.selectors import second_factor
from backend.staff.serializers import SessionOut
from backend.staff.services.passkeys import Ceremony, ceremony_new

IPV6_NETWORK_BITS: Final = 64


def session_answer(request: Request, user: StaffUser | None) -> Response:
    """Who is logged in, and the value that this page's next changes must carry."""
    told = None
    if user is not None:
        told = {
            "username": user.username,
            "shown_name": user.shown_name,
            "roles": user.roles,
            "organisation": user.organisation,
            "second_factor": second_factor(user),
        }
    return Response(SessionOut({"csrf": get_token(request._request), "user": told}).data)


def login_answer(request: Request, user: StaffUser, *, now: datetime) -> Response:
    """Log ``user`` in and say so. From now on the browser is known."""
    access.session_begin(request, user=user, now=now)
    answer = session_answer(request, user)
    answer.set_cookie(
        cookie_name(),
        known_value(user.username),
        max_age=int(limits.KNOWN_BROWSER_LIFE.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


def known_from(request: Request, *, username: str) -> str | None:
    """The known browser's own random value, if this is one of this person's."""
    return known_check(request.COOKIES.get(cookie_name(), ""), username=username)


def source_of(request: Request) -> str | None:
    """Where a try comes from: the address, or for IPv6 its network, of which one sender has all. None for a proxy on this machine.

    It is only ever hashed, in memory.
    """
    try:
        address = ip_address(str(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None
    if address.is_loopback:
        return None
    return str(ip_network((address, IPV6_NETWORK_BITS), strict=False)) if isinstance(address, IPv6Address) else str(address)


def origin_of(request: Request) -> str:
    """The page's origin, one of this deployment's. Raises CsrfMissing."""
    origin = request.headers.get("Origin", "")
    if origin not in settings.QUIETLINE_ORIGINS:
        raise CsrfMissing
    return origin


def ceremony_begin(request: Request, *, name: str, now: datetime) -> Ceremony:
    """A new ceremony for this page, kept in its session under ``name`` until it ends, at most five minutes. Nobody's session lives no longer."""
    ceremony = ceremony_new(origin_of(request))
    until = int((now + limits.CHALLENGE_LIFE).timestamp())
    if access.staff_or_none(request) is None:
        request.session.set_expiry(int(limits.CHALLENGE_LIFE.total_seconds()))
    request.session[name] = [b64_encode(ceremony.challenge), ceremony.origin, until]
    return ceremony


def ceremony_end(request: Request, *, name: str, now: datetime) -> Ceremony | None:
    """The ceremony that was begun, which is over with this; None where there is none, or no more."""
    kept: Any = request.session.pop(name, None)
    if kept is None:
        return None
    challenge, origin, until = kept
    return Ceremony(challenge=b64_decode(challenge), origin=origin) if now.timestamp() < until else None


def credential_from(request: Request) -> dict[str, Any]:
    """The body as WebAuthn's own JSON, whose fields grow with browsers and are read by py_webauthn. Raises Invalid for anything but an object."""
    if not isinstance(request.data, dict):
        raise Invalid
    return request.data
