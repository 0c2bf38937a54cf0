"""The one door to staff: who sends this request, and what may they do.

A session is over after 12 hours, after two hours without a call, when the person logs out, sets a new password, is switched off, or when
one of their devices is revoked. It then answers as if it had never been.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from rest_framework.authentication import CSRFCheck
from rest_framework.request import Request

from backend.core.clock import system_clock
from backend.core.errors import NotFound
from backend.staff import limits
from backend.staff.errors import CsrfMissing, LoginRequired
from backend.staff.models import Role, StaffSession, StaffUser
from backend.staff.sessions import key_hash

if TYPE_CHECKING:
    AnyRequest = HttpRequest | Request

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def staff_for(request: "AnyRequest") -> StaffUser:
    """The member of staff whose session sent the request. Raises LoginRequired, and CsrfMissing for a change that our page did not send."""
    user = staff_for_key(_session_key(request), now=system_clock())
    csrf_demand(request)
    return user


def staff_for_key(session_key: str | None, *, now: datetime) -> StaffUser:
    """The same for a socket, by the session cookie's value: the caller checks the origin. Raises LoginRequired.

    What has expired is deleted on the way.
    """
    if not session_key:
        raise LoginRequired
    row = StaffSession.objects.select_related("user__organisation").filter(pk=key_hash(session_key), user__isnull=False).first()
    if row is None or row.user is None or row.started_at is None or row.seen_at is None:
        raise LoginRequired
    if now >= row.started_at + limits.SESSION_ABSOLUTE or now >= row.seen_at + limits.SESSION_IDLE or not row.user.is_active:
        row.delete()
        raise LoginRequired
    if now >= row.seen_at + limits.SESSION_SEEN_EVERY:
        StaffSession.objects.filter(pk=row.pk).update(seen_at=now)
    return row.user


def staff_or_none(request: "AnyRequest") -> StaffUser | None:
    """The member of staff, or None where nobody is logged in."""
    try:
        return staff_for(request)
    except LoginRequired:
        return None


def require_role(user: StaffUser, role: Role) -> None:
    """Raises NotFound unless the person has the role: what one may not see is not there."""
    if role not in user.roles:
        raise NotFound


def csrf_demand(request: "AnyRequest") -> None:
    """Raises CsrfMissing for a change that does not carry the value that ``GET session`` gave. Logging in is such a change, too."""
    if request.method in SAFE_METHODS:
        return
    plain = request._request if isinstance(request, Request) else request
    check = CSRFCheck(_answer)
    check.process_request(plain)
    if check.process_view(plain, _answer, (), {}) is not None:
        raise CsrfMissing


def session_begin(request: "AnyRequest", *, user: StaffUser, now: datetime) -> None:
    """Log ``user`` in: a new session under a new key, whatever the browser brought along, and a new CSRF value."""
    session = request.session
    session.flush()
    session.set_expiry(0)
    session.create()
    StaffSession.objects.filter(pk=key_hash(session.session_key or "")).update(user=user, started_at=now, seen_at=now)
    rotate_token(request._request if isinstance(request, Request) else request)


def session_end(request: "AnyRequest") -> None:
    """Log out: the session's row goes, so its cookie opens nothing."""
    request.session.flush()


def session_hash(request: "AnyRequest") -> str:
    """How the sender's own session is kept, to leave it out where others are ended."""
    return key_hash(_session_key(request) or "")


def _answer(*_: object) -> HttpResponse:
    """Stands where the check wants the view that comes after it."""
    return HttpResponse()


def _session_key(request: "AnyRequest") -> str | None:
    session: Any = request.session
    key = session.session_key
    return str(key) if key else None
