"""Puts the rooms' applications together behind one address. Django must be set up."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, cast

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import path, re_path

from backend.config.assets import PREFIX, Assets
from backend.config.bodies import BodyLimit
from backend.config.headers import SecurityHeaders
from backend.core import log
from backend.hotline.routes import websocket_urlpatterns
from backend.hotline.waiting import StatusWait
from backend.relay.exchange import exchange
from backend.relay.runtime import relay_runtime
from backend.relay.socket import socket

EXCHANGE = "/api/v1/relay/exchange"


class HttpSite:
    """Chooses by path between the built assets, the relay's plain exchange and Django."""

    def __init__(self, *, assets: ASGI3Application, exchange: ASGI3Application, django: ASGI3Application) -> None:
        self.assets = assets
        self.exchange = exchange
        self.django = django

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        assert scope["type"] == "http"
        await self._choose(scope["path"])(scope, receive, send)

    def _choose(self, path: str) -> ASGI3Application:
        if path.startswith(PREFIX):
            return self.assets
        return self.exchange if path == EXCHANGE else self.django


class NoRoute:
    """Closes every socket that no room answers, so that a wrong address is no error of ours."""

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        await receive()
        await send({"type": "websocket.close", "code": 4004, "reason": None})


class Lifespan:
    """Starts what lives as long as the process, and ends it."""

    def __init__(self, runtime: Callable[[], AbstractAsyncContextManager[None]]) -> None:
        self.runtime = runtime

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        await receive()
        started = False
        try:
            async with self.runtime():
                started = True
                await send({"type": "lifespan.startup.complete"})
                await receive()
        except Exception as error:
            log.failure("house.lifespan_failed", error)
            if not started:
                await send({"type": "lifespan.startup.failed", "message": type(error).__name__})
                return
        await send({"type": "lifespan.shutdown.complete"})


def site_build() -> ASGI3Application:
    """The whole deployment as one ASGI application."""
    django = StatusWait(BodyLimit(cast(ASGI3Application, get_asgi_application())))
    http = HttpSite(assets=Assets(settings.QUIETLINE_DIST / "assets"), exchange=exchange, django=django)
    sockets = [path("api/v1/relay", cast(Any, socket)), *websocket_urlpatterns, re_path("", cast(Any, NoRoute()))]
    routes = {
        "http": SecurityHeaders(http, tls=settings.QUIETLINE_TLS),
        "websocket": CookieMiddleware(URLRouter(sockets)),
        "lifespan": Lifespan(relay_runtime),
    }
    return cast(ASGI3Application, ProtocolTypeRouter(routes))
