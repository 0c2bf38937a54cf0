"""What travels over HTTP, as JSON (docs/protocol.md §7 and §9). A field that is not known is refused, never skipped."""

from typing import Any

from django.core.validators import RegexValidator
from rest_framework import serializers

from backend.core.fields import B64Field, Strict, StrictBooleanField, StrictCharField, StrictIntegerField
from backend.core.tokens import ID_BYTES, TOKEN_BYTES
from backend.hotline import limits
from backend.hotline.drafts import PackageDraft, PlaceDraft, RequestDraft, SealedDraft
from backend.hotline.labels import LANGUAGE, REGION, Level, Topic
from backend.hotline.services.claims import Reason
from backend.hotline.states import State

LEVELS = {level.label: level for level in Level}
RETURNED_STATES = (State.WAITING.value, State.CLOSED.value)
RETURN_REASONS = (Reason.NOTE_MISMATCH, Reason.LOST, Reason.MISTAKE)


class PackageIn(Strict):
    package = B64Field(most=limits.PACKAGE_BYTES)
    seat = B64Field(length=TOKEN_BYTES)


class SealedIn(Strict):
    intake_key = B64Field(length=ID_BYTES)
    packages = serializers.ListField(child=PackageIn(), min_length=limits.PACKAGES_LEAST, max_length=limits.PACKAGES_MOST)
    note = B64Field(most=max(limits.NOTE_BYTES))

    def draft(self) -> SealedDraft:
        """The checked value. Raises Invalid."""
        told = self.validated_data
        packages = tuple(PackageDraft(package=one["package"], seat=one["seat"]) for one in told["packages"])
        return SealedDraft(intake_key=told["intake_key"], packages=packages, note=told["note"])


class RequestIn(SealedIn):
    id = B64Field(length=ID_BYTES)
    verifier = B64Field(length=TOKEN_BYTES)
    organisation = StrictCharField(max_length=40)
    language = StrictCharField(max_length=6, validators=[RegexValidator(f"^{LANGUAGE.pattern}$")])
    topics = serializers.ListField(child=serializers.ChoiceField(choices=Topic.choices), max_length=limits.TOPICS_MOST)
    region = StrictCharField(max_length=6, allow_blank=True, validators=[RegexValidator(f"^{REGION.pattern}$")])
    level = serializers.ChoiceField(choices=tuple(LEVELS))

    def request_draft(self) -> RequestDraft:
        """The checked value. Raises Invalid."""
        told = self.validated_data
        return RequestDraft(
            public_id=told["id"],
            verifier=told["verifier"],
            organisation=told["organisation"],
            sealed=self.draft(),
            language=told["language"],
            topics=tuple(Topic(topic) for topic in told["topics"]),
            region=told["region"],
            level=LEVELS[told["level"]],
        )


class StatusOut(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=State.choices)
    on_shift = serializers.BooleanField()
    ahead = serializers.IntegerField(min_value=0)
    seat = B64Field(length=TOKEN_BYTES, allow_null=True)
    tag = serializers.CharField(help_text="Names this answer: send it as `known` with the next `wait`.")


class PlaceIn(Strict):
    verifier = B64Field(length=TOKEN_BYTES)
    sealed = B64Field(length=limits.PLACE_BYTES)
    expires_in = StrictIntegerField(min_value=1, max_value=int(limits.PLACE_LIFE.total_seconds()))

    def draft(self) -> PlaceDraft:
        """The checked value. Raises Invalid."""
        return PlaceDraft(**self.validated_data)


class PlaceOut(serializers.Serializer[Any]):
    sealed = B64Field(length=limits.PLACE_BYTES)


class BilingualOut(serializers.Serializer[Any]):
    en = serializers.CharField()
    es = serializers.CharField()


class OrganisationOut(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = BilingualOut()
    languages = serializers.ListField(child=serializers.CharField())
    exceptions = BilingualOut()
    on_shift = serializers.BooleanField()


class OrganisationsOut(serializers.Serializer[Any]):
    organisations = OrganisationOut(many=True)


class ShiftIn(Strict):
    on = StrictBooleanField()


class CardOut(serializers.Serializer[Any]):
    id = B64Field(source="public_id", length=ID_BYTES)
    state = serializers.ChoiceField(choices=State.choices)
    level = serializers.ChoiceField(choices=tuple(LEVELS), source="level.label")
    language = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    region = serializers.CharField(allow_blank=True)
    since = serializers.IntegerField(help_text="Seconds since 1970.")
    reopened = serializers.IntegerField(min_value=0)


class QueueOut(serializers.Serializer[Any]):
    requests = CardOut(many=True)
    mine = CardOut(many=True)
    on_shift = serializers.IntegerField(min_value=0)
    shift = serializers.BooleanField()


class ClaimIn(Strict):
    device = B64Field(length=ID_BYTES)
    owner = B64Field(length=TOKEN_BYTES)


class ClaimOut(serializers.Serializer[Any]):
    id = B64Field(source="public_id", length=ID_BYTES)
    note = B64Field()
    intake_key = B64Field(length=ID_BYTES)
    package = B64Field()
    seat = B64Field(length=TOKEN_BYTES)
    language = serializers.CharField()
    level = serializers.ChoiceField(choices=tuple(LEVELS), source="level.label")


class ReturnIn(Strict):
    reason = serializers.ChoiceField(choices=[reason.value for reason in RETURN_REASONS])


class ReturnOut(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=RETURNED_STATES)
