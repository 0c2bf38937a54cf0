"""This room's refusals. Those of the trust chain are in backend/staff/trust/errors.py."""

from backend.core.errors import Refusal, SlowDown


class LoginRequired(Refusal):
    """There is no session, or it is over."""

    code = "staff.login_required"
    status = 401


class CsrfMissing(Refusal):
    """The call did not carry the value that proves that our own page sent it."""

    code = "request.forbidden"
    status = 403


class LoginFailed(Refusal):
    """No. Whether the name, the password, the code or the passkey was wrong is not said."""

    code = "staff.login_failed"
    status = 403


class LoginTooOften(SlowDown):
    """Too many tries in too short a time."""

    retry_after = 60


class InvitationOver(Refusal):
    """The link was used, is too old, had too many wrong codes, or never was."""

    code = "staff.invitation_invalid"
    status = 404


class PasswordWeak(Refusal):
    """The password is too short, too common, or like the name."""

    code = "staff.password_weak"


class CodeWrong(Refusal):
    """The six digits do not match."""

    code = "staff.code_wrong"


class PasskeyRefused(Refusal):
    """The passkey cannot be registered."""

    code = "staff.passkey_refused"


class RequestMismatch(Refusal):
    """A device request does not fit its sender, or a certificate does not fit the request."""

    code = "staff.request_mismatch"


class CertificateNotNewer(Refusal):
    """The device has a newer certificate than this."""

    code = "staff.certificate_not_newer"
    status = 409


class ListNotNewer(Refusal):
    """The organisation has a revocation list with this number or a higher one."""

    code = "staff.list_not_newer"
    status = 409


class ListIncomplete(Refusal):
    """The new list leaves out somebody whom the last one revoked."""

    code = "staff.list_incomplete"
    status = 409


class MarkStale(Refusal):
    """The intake key was made under another revocation list than the newest: read the trust answer, make it anew."""

    code = "staff.mark_stale"
    status = 409


class KeyIdTaken(Refusal):
    """There is another intake key with this id."""

    code = "staff.key_id_taken"
    status = 409


class AlreadyThere(Refusal):
    """An organisation or a member of staff has this name."""

    code = "staff.already_there"
    status = 409
