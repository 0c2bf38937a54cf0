import pytest

from backend.config.assets import Assets
from backend.config.environment import BASE
from backend.config.headers import WORKER, SecurityHeaders, security_headers
from tests.config.asgi import asked

REQUIRED = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


async def _application(scope, receive, send):  # type: ignore[no-untyped-def]
    await send({"type": "http.response.start", "status": 200, "headers": [(b"Referrer-Policy", b"unsafe-url"), (b"x-own", b"kept")]})
    await send({"type": "http.response.body", "body": b""})


async def test_every_answer_carries_the_headers_whatever_the_application_chose() -> None:
    answered = await asked(SecurityHeaders(_application, tls=False), "/")
    assert {name: answered.headers[name] for name in REQUIRED} == REQUIRED
    assert answered.headers["x-own"] == "kept"
    assert "strict-transport-security" not in answered.headers


async def test_behind_tls_browsers_are_told_to_stay_there() -> None:
    answered = await asked(SecurityHeaders(_application, tls=True), "/")
    assert answered.headers["strict-transport-security"].startswith("max-age=63072000")


def test_the_policy_allows_no_inline_script_no_other_origin_and_only_our_trusted_types() -> None:
    policy = security_headers(path="/", tls=True)[b"content-security-policy"].decode()
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["connect-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_only_the_argon2_workers_own_file_may_compile_webassembly() -> None:
    allowed = security_headers(path=f"{WORKER}abc.js", tls=True)[b"content-security-policy"]
    assert b"'wasm-unsafe-eval'" in allowed
    assert b"'unsafe-eval'" not in allowed
    for path in ("/", "/console/", "/assets/app-abc.js", "/x/assets/argon2.worker-abc.js"):
        assert b"wasm" not in security_headers(path=path, tls=True)[b"content-security-policy"]


def test_the_build_holds_exactly_one_file_that_may() -> None:
    paths = [path for path in Assets(BASE / "frontend" / "dist" / "assets").files if path.startswith(WORKER)]
    assert len(paths) == 1


@pytest.mark.parametrize("feature", ["camera", "microphone", "geolocation", "payment", "usb"])
def test_what_no_page_uses_is_denied_by_name(feature: str) -> None:
    assert f"{feature}=()" in security_headers(path="/", tls=True)[b"permissions-policy"].decode()
