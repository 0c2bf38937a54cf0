"""The headers of every HTTP answer, whoever made it: Django, the relay or the asset server."""

from collections.abc import Mapping
from typing import Final

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, ASGISendEvent, Scope

POLICY: Final = (
    "default-src 'none'; script-src 'self'{wasm}; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "font-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types svelte-trusted-html quietline-worker"
)
# What a page of ours never uses, denied by name so that no script that slipped in can ask for it either.
DENIED: Final = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen", "gamepad",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS: Final = ", ".join([f"{name}=()" for name in DENIED])
WORKER: Final = "/assets/argon2.worker-"


def security_headers(*, path: str, tls: bool) -> Mapping[bytes, bytes]:
    """The headers for one path. Only the Argon2 worker's own file may compile WebAssembly: a worker takes the policy of its own response."""
    policy = POLICY.format(wasm=" 'wasm-unsafe-eval'" if path.startswith(WORKER) else "")
    headers = {
        b"content-security-policy": policy.encode(),
        b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-embedder-policy": b"require-corp",
        b"cross-origin-resource-policy": b"same-origin",
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"no-referrer",
        b"permissions-policy": PERMISSIONS.encode(),
        b"x-frame-options": b"DENY",
    }
    if tls:
        headers[b"strict-transport-security"] = b"max-age=63072000; includeSubDomains"
    return headers


class SecurityHeaders:
    """Wraps an ASGI application and puts the headers on each of its HTTP answers, in place of any that it chose itself."""

    def __init__(self, application: ASGI3Application, *, tls: bool) -> None:
        self.application = application
        self.tls = tls

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        ours = security_headers(path=scope["path"], tls=self.tls)

        async def send_with(event: ASGISendEvent) -> None:
            if event["type"] == "http.response.start":
                kept = [(name, value) for name, value in event["headers"] if name.lower() not in ours]
                event = {**event, "headers": [*kept, *ours.items()]}
            await send(event)

        await self.application(scope, receive, send_with)
