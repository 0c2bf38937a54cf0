"""What travels over HTTP, as JSON (docs/protocol.md §7 and §9). A field that is not known is refused, never skipped."""

from typing import Any, Final

from rest_framework import serializers

from backend.core.fields import B64Field, Strict, StrictCharField
from backend.core.tokens import ID_BYTES, TOKEN_BYTES
from backend.staff import limits
from backend.staff.models import Role
from backend.staff.services import SealedHalf
from backend.staff.trust.objects import HPKE_KEY_BYTES

SIGNED_BYTES_MAX: Final = 2 + 0xFFFF + 2 + 64
CODE_CHARACTERS_MAX: Final = 16


class SetupIn(Strict):
    token = B64Field(length=TOKEN_BYTES)
    password = StrictCharField(max_length=limits.PASSWORD_CHARACTERS_MAX)


class TotpOut(serializers.Serializer[Any]):
    totp_secret = serializers.CharField(source="secret", help_text="base32")
    totp_uri = serializers.CharField(source="uri")


class SetupConfirmIn(Strict):
    token = B64Field(length=TOKEN_BYTES)
    totp = StrictCharField(max_length=CODE_CHARACTERS_MAX)


class LoginIn(Strict):
    username = StrictCharField(max_length=40)
    password = StrictCharField(max_length=limits.PASSWORD_CHARACTERS_MAX)
    totp = StrictCharField(max_length=CODE_CHARACTERS_MAX)


class UserOut(serializers.Serializer[Any]):
    username = serializers.CharField()
    shown_name = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.choices))
    organisation = serializers.CharField(source="organisation.slug")
    second_factor = serializers.BooleanField()


class SessionOut(serializers.Serializer[Any]):
    csrf = serializers.CharField(help_text="The value of X-CSRFToken for every call that changes something.")
    user = UserOut(allow_null=True)


class NothingOut(serializers.Serializer[Any]):
    """An empty object."""


class IntakeOut(serializers.Serializer[Any]):
    key = B64Field()
    device_certificate = B64Field()
    signing_certificate = B64Field()


class TrustOut(serializers.Serializer[Any]):
    root = B64Field()  # type: ignore[assignment]  # a field by this name; the framework takes it off the class again
    rotations = serializers.ListField(child=B64Field())
    revocation_list = B64Field(allow_null=True)
    signing_certificates = serializers.ListField(child=B64Field())
    intake = IntakeOut(allow_null=True)
    time = serializers.IntegerField(help_text="The server's clock, seconds since 1970.")


class DeviceOut(serializers.Serializer[Any]):
    device = B64Field()
    role = serializers.ChoiceField(choices=Role.choices)
    shown_name = serializers.CharField()
    certificate = B64Field()
    hpke_key = B64Field()
    not_after = serializers.IntegerField()
    revoked = serializers.BooleanField()
    mine = serializers.BooleanField()


class DeviceRequestOut(serializers.Serializer[Any]):
    device = B64Field()
    request = B64Field()
    hpke_key = B64Field()
    username = serializers.CharField()
    mine = serializers.BooleanField()


class DevicesOut(serializers.Serializer[Any]):
    devices = DeviceOut(many=True)
    requests = DeviceRequestOut(many=True)


class StaffTrustOut(TrustOut, DevicesOut):
    """The public answer, and the organisation's devices."""


class DeviceRequestIn(Strict):
    request = B64Field(most=SIGNED_BYTES_MAX)
    hpke_key = B64Field(length=HPKE_KEY_BYTES)


class CertificateIn(Strict):
    certificate = B64Field(most=SIGNED_BYTES_MAX)


class RevocationListIn(Strict):
    list = B64Field(most=SIGNED_BYTES_MAX)


class IntakeKeyOut(serializers.Serializer[Any]):
    key = B64Field()
    issuer = B64Field()
    sealed = B64Field(allow_null=True)


class MissingOut(serializers.Serializer[Any]):
    key_id = B64Field()
    device = B64Field()


class IntakeKeysOut(serializers.Serializer[Any]):
    keys = IntakeKeyOut(many=True)
    missing = MissingOut(many=True)


class SealedHalfIn(Strict):
    device = B64Field(length=ID_BYTES)
    sealed = B64Field(length=limits.SEALED_INTAKE_BYTES)


class HalvesIn(Strict):
    sealed = serializers.ListField(child=SealedHalfIn(), max_length=limits.DEVICES_PER_UPLOAD_MAX)

    def halves(self) -> tuple[SealedHalf, ...]:
        """The checked values."""
        return tuple(SealedHalf(device=one["device"], sealed=one["sealed"]) for one in self.validated_data["sealed"])


class IntakeKeyIn(HalvesIn):
    key = B64Field(most=SIGNED_BYTES_MAX)
