import gzip
from pathlib import Path

import pytest

from backend.config.assets import IMMUTABLE, Assets
from tests.config.asgi import asked

SCRIPT = b"export const answer = 42;\n" * 40
BROTLI = b"stands for what the build made"


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    folder = tmp_path / "assets"
    folder.mkdir()
    (folder / "app-1.js").write_bytes(SCRIPT)
    (folder / "tiny-1.js").write_bytes(b"1")
    (folder / "app-1.js.br").write_bytes(BROTLI)
    (folder / "plain-1.js").write_bytes(SCRIPT)
    (tmp_path / "secret").write_bytes(b"not for anybody")
    return Assets(folder)


async def test_a_file_is_served_compressed_with_its_type_and_for_ever(assets: Assets) -> None:
    answered = await asked(assets, "/assets/plain-1.js", headers={"Accept-Encoding": "gzip, br"})
    assert answered.status == 200
    assert gzip.decompress(answered.body) == SCRIPT
    assert answered.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answered.headers["cache-control"] == IMMUTABLE.decode()
    assert answered.headers["vary"] == "Accept-Encoding"


async def test_the_builds_own_brotli_form_goes_first(assets: Assets) -> None:
    answered = await asked(assets, "/assets/app-1.js", headers={"Accept-Encoding": "gzip;q=1.0, br"})
    assert (answered.body, answered.headers["content-encoding"]) == (BROTLI, "br")
    assert (await asked(assets, "/assets/app-1.js", headers={"Accept-Encoding": "gzip"})).headers["content-encoding"] == "gzip"


async def test_without_gzip_the_plain_bytes_come(assets: Assets) -> None:
    assert (await asked(assets, "/assets/app-1.js")).body == SCRIPT


async def test_what_is_no_smaller_compressed_is_served_plain(assets: Assets) -> None:
    answered = await asked(assets, "/assets/tiny-1.js", headers={"Accept-Encoding": "gzip"})
    assert answered.body == b"1"
    assert "content-encoding" not in answered.headers


async def test_head_has_the_length_and_no_body(assets: Assets) -> None:
    answered = await asked(assets, "/assets/app-1.js", method="HEAD")
    assert answered.headers["content-length"] == str(len(SCRIPT))
    assert answered.body == b""


@pytest.mark.parametrize("path", ["/assets/../secret", "/assets/app-1.js.br", "/assets/none.js", "/assets/", "/assets//etc/passwd"])
async def test_nothing_but_the_builds_files_can_be_named(assets: Assets, path: str) -> None:
    answered = await asked(assets, path)
    assert (answered.status, answered.body) == (404, b"")


async def test_other_methods_find_nothing(assets: Assets) -> None:
    assert (await asked(assets, "/assets/app-1.js", method="POST")).status == 404
