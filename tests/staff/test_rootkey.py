"""The root key as its keeper uses it: files, certificates, rotations, and commands that need no database."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.clock import system_clock
from backend.core.tokens import b64_decode, b64_encode
from backend.staff import rootkey, sealedkey, trust
from backend.staff.rootkey import RootKeyRefused
from backend.staff.sealedkey import NotOpened, key_open, key_seal
from tests.staff import cast
from tests.staff.cast import NOW, SLUG
from tests.support.server import ROOT

PASSPHRASE = "lantern gravel otter seven maple"
BY_OPENSSL = b"""-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAgIIxVOIeCg8gICQAAC
AQgCARAwHQYJYIZIAWUDBAEqBBCS6Dz2buiHX+jEylxCeMP4BEC4IydZwG3GQ6DZ
E7Sbf2qiCa3nDMfYgNprjwVgB0XMz1Z95VCk0EViJQTcJcxB1J4dC8pP4jorZrpn
pter6pqd
-----END ENCRYPTED PRIVATE KEY-----
"""
BY_OPENSSL_SALT_AND_NONCE = bytes.fromhex("0823154e21e0a0f2"), bytes.fromhex("92e83cf66ee8875fe8c4ca5c4278c3f8")
AT = datetime.fromtimestamp(NOW).astimezone()


@pytest.fixture
def _cheap_sealing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealedkey, "SCRYPT_P", 1)


@pytest.fixture
def file(tmp_path: Path, _cheap_sealing: None) -> Path:
    return tmp_path / "root.pem"


def request_text(**changed: str) -> str:
    return b64_encode(cast.device_request(**{"device": "signing", "role": "signing", "name": "Marisol", **changed}))


def test_a_new_key_opens_with_its_passphrase_and_with_no_other(file: Path) -> None:
    public = rootkey.root_key_new(file, passphrase=PASSPHRASE)
    assert trust.public_of(rootkey.root_key_open(file, passphrase=PASSPHRASE)) == public
    with pytest.raises(RootKeyRefused):
        rootkey.root_key_open(file, passphrase=PASSPHRASE + " ")
    with pytest.raises(RootKeyRefused):
        rootkey.root_key_open(file, passphrase="")


def test_the_file_is_for_its_owner_only_and_holds_no_key_in_clear(file: Path) -> None:
    rootkey.root_key_new(file, passphrase=PASSPHRASE)
    assert file.stat().st_mode & 0o777 == 0o600
    private = rootkey.root_key_open(file, passphrase=PASSPHRASE).private_bytes_raw()
    assert private not in file.read_bytes()
    assert file.read_text().startswith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n")


def test_no_key_is_ever_overwritten(file: Path) -> None:
    rootkey.root_key_new(file, passphrase=PASSPHRASE)
    before = file.read_bytes()
    with pytest.raises(RootKeyRefused):
        rootkey.root_key_new(file, passphrase=PASSPHRASE)
    assert file.read_bytes() == before


def test_a_short_passphrase_makes_no_key(file: Path) -> None:
    with pytest.raises(RootKeyRefused):
        rootkey.root_key_new(file, passphrase="x" * (rootkey.PASSPHRASE_CHARACTERS_MIN - 1))
    assert not file.exists()


def test_a_file_that_is_missing_or_something_else_is_said(file: Path) -> None:
    with pytest.raises(RootKeyRefused):
        rootkey.root_key_open(file, passphrase=PASSPHRASE)
    for other in (b"", b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"):
        file.write_bytes(other)
        with pytest.raises(RootKeyRefused):
            rootkey.root_key_open(file, passphrase=PASSPHRASE)


def test_a_key_of_another_kind_is_no_root_key(file: Path) -> None:
    other = X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSPHRASE.encode()))
    with pytest.raises(NotOpened):
        key_open(other, passphrase=PASSPHRASE)


@given(seed=st.binary(min_size=32, max_size=32), passphrase=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
@settings(max_examples=10, deadline=None)
def test_whatever_is_sealed_opens_to_the_same_key(seed: bytes, passphrase: str) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    with pytest.MonkeyPatch.context() as cheap:
        cheap.setattr(sealedkey, "SCRYPT_P", 1)
        pem = key_seal(private, passphrase=passphrase)
    assert key_open(pem, passphrase=passphrase).private_bytes_raw() == seed


def test_the_file_is_byte_for_byte_what_openssl_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    # Made by: openssl pkcs8 -topk8 -scrypt -scrypt_p 16, from the same key and passphrase. Its salt has eight bytes, ours sixteen.
    root = cast.ed25519("root")
    assert key_open(BY_OPENSSL, passphrase=PASSPHRASE).private_bytes_raw() == root.private_bytes_raw()
    salt, nonce = BY_OPENSSL_SALT_AND_NONCE
    monkeypatch.setattr("backend.staff.sealedkey.secrets.token_bytes", lambda length: nonce if length == len(nonce) else salt)
    monkeypatch.setattr(sealedkey, "SALT_BYTES", len(salt))
    assert key_seal(root, passphrase=PASSPHRASE) == BY_OPENSSL


def test_the_root_certifies_a_signing_device_that_asked() -> None:
    request = rootkey.request_read(f"  {request_text()[:40]}\n{request_text()[40:]}\n")
    signed = rootkey.request_certify(cast.ed25519("root"), request, days=400, now=AT)
    body = trust.verify_signing_certificate(signed, root=trust.public_of(cast.ed25519("root")), organisation=SLUG, now=NOW)
    assert (body.device_id, body.signature_key) == (cast.ident("signing"), trust.public_of(cast.ed25519("signing")))
    assert body.not_after - body.not_before == 400 * 86400


@pytest.mark.parametrize("text", ["", "AAAA", "not base64", request_text(role="advocate"), request_text(by="somebody else")])
def test_what_is_no_request_of_a_signing_device_is_refused(text: str) -> None:
    with pytest.raises(RootKeyRefused):
        rootkey.request_read(text)


@pytest.mark.parametrize("days", [0, -1, 401])
def test_a_certificate_lasts_as_long_as_one_may(days: int) -> None:
    with pytest.raises(RootKeyRefused):
        rootkey.request_certify(cast.ed25519("root"), rootkey.request_read(request_text()), days=days, now=AT)


def test_the_old_root_names_the_new_one() -> None:
    signed = rootkey.root_rotation(cast.ed25519("root"), cast.ed25519("next root"), organisation=SLUG, now=AT)
    old, new = (trust.public_of(cast.ed25519(name)) for name in ("root", "next root"))
    assert trust.verify_rotations([signed], first_root=old, organisation=SLUG, now=NOW) == new


def test_a_rotation_to_the_same_key_or_of_no_organisation_is_refused() -> None:
    with pytest.raises(RootKeyRefused):
        rootkey.root_rotation(cast.ed25519("root"), cast.ed25519("root"), organisation=SLUG, now=AT)
    with pytest.raises(RootKeyRefused):
        rootkey.root_rotation(cast.ed25519("root"), cast.ed25519("next root"), organisation="No Slug", now=AT)


@dataclass(frozen=True, slots=True)
class Keeper:
    """The person with the root key, at the command line. No database is allowed here: pytest-django refuses every access without its mark."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch

    def root_key(self, *arguments: str, passphrases: str, given: str = "") -> tuple[str, str]:
        """What the command printed for machines, and for people."""
        reading, writing = os.pipe()
        os.write(writing, passphrases.encode())
        os.close(writing)
        out, err = StringIO(), StringIO()
        self.monkeypatch.chdir(self.folder)
        self.monkeypatch.setattr("sys.stdin", StringIO(given))
        call_command("root_key", "--passphrase-fd", str(reading), *arguments, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _cheap_sealing: None) -> Keeper:
    return Keeper(tmp_path, monkeypatch)


def public_in(told: str) -> bytes:
    return b64_decode(told.split()[2], length=32)


def test_a_key_is_made_and_shown(keeper: Keeper) -> None:
    made, advice = keeper.root_key("new", "root.pem", passphrases=PASSPHRASE)
    shown, _ = keeper.root_key("show", "root.pem", passphrases=PASSPHRASE)
    assert made == shown
    assert trust.fingerprint_groups(public_in(made)) in made
    assert "Keep the file" in advice


def test_a_signing_device_is_certified_after_people_compared(keeper: Keeper) -> None:
    made, _ = keeper.root_key("new", "root.pem", passphrases=PASSPHRASE)
    certificate, shown = keeper.root_key("certify", "root.pem", "--compared", passphrases=PASSPHRASE, given=request_text())
    body = trust.decode(b64_decode(certificate.strip()), trust.SigningCertificate).signature_check(public_in(made))
    assert body.organisation == SLUG
    compared = trust.device_fingerprint_groups(
        device_id=cast.ident("signing"),
        signature_key=trust.public_of(cast.ed25519("signing")),
        hpke_hash=hashlib.sha256(cast.hpke_public("signing")).digest(),
    )
    assert compared in shown
    assert "Marisol" in shown


def test_a_rotation_is_printed(keeper: Keeper) -> None:
    first, _ = keeper.root_key("new", "root.pem", passphrases=PASSPHRASE)
    second, _ = keeper.root_key("new", "next.pem", passphrases="another passphrase altogether")
    rotation, _ = keeper.root_key("rotate", SLUG, "root.pem", "next.pem", passphrases=f"{PASSPHRASE}\nanother passphrase altogether")
    at = int(system_clock().timestamp())
    found = trust.verify_rotations([b64_decode(rotation.strip())], first_root=public_in(first), organisation=SLUG, now=at)
    assert found == public_in(second)


@pytest.mark.parametrize(("act", "passphrases"), [("show", PASSPHRASE), ("new", ""), ("new", "short")])
def test_the_command_says_calmly_what_is_wrong(keeper: Keeper, act: str, passphrases: str) -> None:
    with pytest.raises(CommandError) as refused:
        keeper.root_key(act, "root.pem", passphrases=passphrases)
    assert str(refused.value).endswith(".") or "file descriptor" in str(refused.value)
    assert not (keeper.folder / "root.pem").exists()


def test_the_command_starts_where_no_database_answers(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUIETLINE_", "VALKEY_URL"))}
    environment = {**kept, "QUIETLINE_VAR": str(tmp_path / "var"), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, str(ROOT / "manage.py"), "root_key", "--passphrase-fd", "0", "new", "root.pem"]
    done = subprocess.run(command, input=PASSPHRASE, capture_output=True, text=True, cwd=tmp_path, env=environment, check=True)
    assert trust.public_of(rootkey.root_key_open(tmp_path / "root.pem", passphrase=PASSPHRASE)) == public_in(done.stdout)
