"""What must not be left behind: nothing of a person in a log line or, unwrapped, in the database."""

import logging

import pytest
from django.db import models

from backend.core.tokens import b64_encode, id_new, token_new, verifier_of
from backend.hotline import jobs, limits, services
from backend.hotline.models import HelpRequest, PlaceTries, RequestPackage, ReturnPlace, Shift
from backend.hotline.services.claims import Reason
from tests.hotline.conftest import Desk
from tests.hotline.samples import Asker, place_sample


def _secrets_of(asker: Asker) -> list[bytes]:
    """What a log must not hold in any form, and the database not in this one."""
    packages = [part for one in asker.draft.sealed.packages for part in (one.package[:48], one.seat)]
    return [asker.token, asker.draft.sealed.note[:48], *packages]


def test_no_log_line_of_a_whole_life_names_anybody_or_anything_of_theirs(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    asker = desk.ask(packages=2)
    desk.claim(asker)
    services.request_return(request_id=asker.request_id, user=desk.one.user, reason=Reason.NOTE_MISMATCH, now=desk.now)
    desk.claim(asker, desk.other)
    jobs.sweep(desk.now + limits.CLAIM_LIFE)
    said = caplog.text
    assert "hotline.returned" in said
    for secret in [*_secrets_of(asker), asker.request_id, verifier_of(asker.token), desk.one.device_id]:
        for form in (b64_encode(secret), secret.hex(), repr(secret)):
            assert form not in said
    for word in (desk.house.slug, desk.one.user.username, "US-TX", "need_shelter"):
        assert word not in said


def test_no_row_holds_a_token_a_note_a_package_or_a_place_as_it_was_sent(desk: Desk) -> None:
    asker, place_id, token = desk.ask(), id_new(), token_new()
    draft = place_sample(token)
    services.place_keep(place_id=place_id, token=token, draft=draft, now=desk.now)
    tables: list[type[models.Model]] = [HelpRequest, RequestPackage, ReturnPlace, PlaceTries, Shift]
    stored = b"".join(
        bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
        for table in tables
        for row in table._default_manager.values_list()
        for value in row
    )
    for secret in [*_secrets_of(asker), token, draft.sealed[:48]]:
        assert secret not in stored
        assert secret.hex().encode() not in stored
        assert b64_encode(secret).encode() not in stored


def test_the_tables_have_no_column_for_who_somebody_is() -> None:
    columns = {field.name for table in (HelpRequest, RequestPackage, ReturnPlace, PlaceTries) for field in table._meta.get_fields()}
    assert not columns & {"name", "address", "ip", "phone", "number", "email", "text", "user_agent"}
