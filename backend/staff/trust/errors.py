"""Why a signed object is not believed. Each reason has a stable code, the same in every client (tests/vectors/trust.json)."""

from backend.core.errors import Refusal


class Untrusted(Refusal):
    """A signed object, or what it should prove, is not believed."""

    code = "trust.refused"


class Malformed(Untrusted):
    """The bytes are not such an object: wrong version or kind, a field missing, left over, of the wrong size or not in its alphabet."""

    code = "trust.malformed"


class WrongKey(Untrusted):
    """A signature key of small order or not in canonical form: signatures by it prove nothing."""

    code = "trust.key"


class WrongSignature(Untrusted):
    """Another key signed it, or nobody."""

    code = "trust.signature"


class WrongOrganisation(Untrusted):
    """It speaks for another organisation."""

    code = "trust.organisation"


class WrongIssuer(Untrusted):
    """It names another issuer than the one whose certificate came with it."""

    code = "trust.issuer"


class TooLong(Untrusted):
    """Its times are further apart than its kind allows, or the wrong way round."""

    code = "trust.lifetime"


class NotNow(Untrusted):
    """It is not valid yet, or not any more."""

    code = "trust.time"


class Revoked(Untrusted):
    """Its device, or the device that issued it, is revoked."""

    code = "trust.revoked"


class ListStale(Untrusted):
    """The revocation list has expired, so nobody can be cleared by it."""

    code = "trust.list_stale"


class ListOlder(Untrusted):
    """The revocation list has a lower number than one already seen."""

    code = "trust.list_older"


class CounterOlder(Untrusted):
    """A rejoin whose counter is not higher than one already seen."""

    code = "trust.counter"


class WrongContent(Untrusted):
    """What it vouches for is not what came with it: another key, another key package."""

    code = "trust.content"
