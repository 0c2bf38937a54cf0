"""The search would find what it looks for: without that, finding nothing would say nothing."""

import base64
import gzip
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.privacy.search import found, holds

MARKER = "el pasaporte está en el cajón azul".encode()
FORMS = {
    "as it is": MARKER,
    "UTF-16": MARKER.decode().encode("utf-16-le"),
    "hexadecimal": MARKER.hex().encode(),
    "an address": quote(MARKER).encode(),
    "base64url": base64.urlsafe_b64encode(MARKER),
    "gzip": gzip.compress(MARKER * 3),
    "zlib": zlib.compress(MARKER * 3),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_is_found_amid_other_bytes(form: bytes) -> None:
    assert holds(b"\x00other bytes\xff" + form + b"\x00and more", MARKER)


@given(before=st.binary(max_size=20), after=st.binary(max_size=20))
def test_base64_is_found_whatever_stands_around_it(before: bytes, after: bytes) -> None:
    assert holds(base64.b64encode(before + MARKER + after), MARKER)


def test_what_is_not_there_is_not_found() -> None:
    assert not holds(gzip.compress(b"something else"), MARKER)


def test_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a").write_bytes(b"..." + MARKER)
    (tmp_path / "b").write_bytes(b"nothing")
    assert found(tmp_path, {"the note": MARKER}) == ["the note: deep/a"]
