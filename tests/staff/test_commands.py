"""What an operator types."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backend.core.clock import system_clock
from backend.core.tokens import b64_decode, b64_encode
from backend.staff import trust
from backend.staff.models import Organisation, StaffUser
from backend.staff.services import setup_begin
from tests.staff import cast
from tests.staff.people import organisation_made

pytestmark = pytest.mark.django_db
ROOT = trust.public_of(cast.ed25519("root"))


def said(command: str, *arguments: Any) -> str:
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


def organisation(folder: Path, *, slug: str = "casa-clara", root: str = b64_encode(ROOT)) -> str:
    for language in ("en", "es"):
        (folder / language).write_text(f"Exceptions in {language}.\n", encoding="utf-8")
    return said(
        "organisation_create",
        slug,
        f"--root={root}",
        "--name-en=Clear House",
        "--name-es=Casa Clara",
        f"--exceptions-en={folder / 'en'}",
        f"--exceptions-es={folder / 'es'}",
        "--language=en",
        "--language=es",
    )


def test_an_organisation_is_made_and_its_fingerprint_is_printed(tmp_path: Path) -> None:
    told = organisation(tmp_path)
    assert trust.fingerprint_groups(ROOT) in told
    assert f"/#f={b64_encode(trust.fingerprint(ROOT))}" in told
    assert Organisation.objects.get().exceptions_es == "Exceptions in es."


def test_an_invitation_is_a_link_to_the_console_that_works(tmp_path: Path) -> None:
    organisation(tmp_path)
    link = said("staff_invite", "casa-clara", "dana", "--name=Dana", "--role=advocate", "--role=supervisor").strip()
    address, _, token = link.partition("#setup=")
    assert address == "http://localhost:8000/console/"
    assert StaffUser.objects.get().roles == ["advocate", "supervisor"]
    assert setup_begin(token=b64_decode(token), password="a quiet place by the river", now=system_clock()).secret


def test_a_new_link_replaces_the_old_one(tmp_path: Path) -> None:
    organisation(tmp_path)
    first = said("staff_invite", "casa-clara", "dana", "--name=Dana", "--role=advocate")
    second = said("staff_reinvite", "dana")
    assert first != second
    assert StaffUser.objects.get().invitations.count() == 1


def test_a_person_is_switched_off(tmp_path: Path) -> None:
    organisation(tmp_path)
    said("staff_invite", "casa-clara", "dana", "--name=Dana", "--role=advocate")
    assert "revoked" in said("staff_switch_off", "dana")
    assert not StaffUser.objects.get().is_active


def test_a_rotation_that_was_made_offline_is_put_in_place() -> None:
    house = organisation_made(now=system_clock())
    rotation = cast.rotation(old=house.key("root"), new=house.key("second root"), at=house.at, organisation=house.slug)
    signing = cast.signing_certificate(now=house.at, by=house.key("second root"), organisation=house.slug, device=house.key("signing"))
    told = said("root_rotate", house.slug, b64_encode(rotation), b64_encode(signing))
    assert trust.fingerprint_groups(trust.public_of(cast.ed25519(house.key("second root")))) in told


@pytest.mark.parametrize(
    ("command", "arguments", "code"),
    [
        ("staff_invite", ["nobody", "dana", "--name=Dana", "--role=advocate"], "request.not_found"),
        ("staff_reinvite", ["nobody"], "request.not_found"),
        ("staff_switch_off", ["nobody"], "request.not_found"),
        ("root_rotate", ["nobody", "AAAA"], "request.not_found"),
        ("root_rotate", ["nobody", "not base64"], "request.invalid"),
    ],
)
def test_a_refusal_is_said_in_words_with_its_code(command: str, arguments: list[str], code: str) -> None:
    with pytest.raises(CommandError, match=code.replace(".", r"\.")):
        said(command, *arguments)


def test_a_root_key_that_proves_nothing_makes_no_organisation(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"trust\.key"):
        organisation(tmp_path, root=b64_encode(bytes(32)))
    with pytest.raises(CommandError, match=r"request\.invalid"):
        organisation(tmp_path, root="short")
    assert not Organisation.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    texts = (f"--exceptions-en={tmp_path / 'none'}", f"--exceptions-es={tmp_path / 'none'}")
    with pytest.raises(CommandError, match="none: there is no such file"):
        said("organisation_create", "casa-clara", f"--root={b64_encode(ROOT)}", "--name-en=A", "--name-es=B", *texts, "--language=en")
