"""Fields of what travels over HTTP as JSON, stricter than the framework's own: nothing is guessed, trimmed or skipped."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.settings import api_settings

from backend.core.errors import Refusal
from backend.core.tokens import b64_decode, b64_encode


@extend_schema_field(OpenApiTypes.STR)
class B64Field(serializers.Field[bytes, str, str, Any]):
    """Bytes as base64url without padding: exactly ``length`` of them, or at most ``most``."""

    def __init__(self, *, length: int | None = None, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.length = length
        self.most = most

    def to_internal_value(self, data: str) -> bytes:
        if not isinstance(data, str):
            raise serializers.ValidationError("not text")
        try:
            raw = b64_decode(data, length=self.length)
        except Refusal as refusal:
            raise serializers.ValidationError("not base64url of the right length") from refusal
        if self.most is not None and len(raw) > self.most:
            raise serializers.ValidationError("too long")
        return raw

    def to_representation(self, value: bytes) -> str:
        return b64_encode(bytes(value))


class StrictCharField(serializers.CharField):
    """Text that was sent as text: no number is taken for one, and nothing is trimmed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError("not text")
        return super().to_internal_value(data)


class StrictBooleanField(serializers.BooleanField):
    """true or false, and no word for them."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            raise serializers.ValidationError("not a boolean")
        return data


class StrictIntegerField(serializers.IntegerField):
    """A number that was sent as a whole number."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            raise serializers.ValidationError("not a whole number")
        return super().to_internal_value(data)


class Strict(serializers.Serializer[Any]):
    """Refuses fields that it does not know."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict) or set(data) - set(self.fields):
            raise serializers.ValidationError({api_settings.NON_FIELD_ERRORS_KEY: ["unknown fields"]})
        return super().to_internal_value(data)
