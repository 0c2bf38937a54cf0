"""Puts the rooms' applications together behind one address. Django must be set up."""

from typing import cast

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.core.asgi import get_asgi_application

from backend.config.assets import PREFIX, Assets
from backend.config.bodies import BodyLimit
from backend.config.headers import SecurityHeaders


class HttpSite:
    """Chooses by path between the built assets and Django."""

    def __init__(self, *, assets: ASGI3Application, django: ASGI3Application) -> None:
        self.assets = assets
        self.django = django

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        assert scope["type"] == "http"
        chosen = self.assets if scope["path"].startswith(PREFIX) else self.django
        await chosen(scope, receive, send)


def site_build() -> ASGI3Application:
    """The whole deployment as one ASGI application."""
    http = HttpSite(assets=Assets(settings.QUIETLINE_DIST / "assets"), django=BodyLimit(get_asgi_application()))
    websocket = URLRouter([])
    return cast(ASGI3Application, ProtocolTypeRouter({"http": SecurityHeaders(http, tls=settings.QUIETLINE_TLS), "websocket": websocket}))
