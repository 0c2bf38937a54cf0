"""Where a newcomer finds the made-up logins with the code of this half minute. Only a demonstration has this address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from backend.config.demo.house import code_for, fingerprint_link, fingerprint_shown, logins
from backend.config.demo.keys import demo_keys
from backend.core.clock import system_clock
from backend.core.frontend import entry


@require_safe
def logins_page(request: HttpRequest) -> HttpResponse:
    """Names, passwords, codes."""
    now = system_clock()
    rows = [
        {"username": one.username, "roles": one.roles, "password": one.password, "code": code_for(one.username, now=now)}
        for one in logins(demo_keys(settings.QUIETLINE_VAR))
    ]
    context = {
        "logins": rows,
        "fingerprint": fingerprint_shown(),
        "app_link": f"/{fingerprint_link()}",
        "styles": entry("console/main.ts").styles,
    }
    return render(request, "house/demo.html", context)


urlpatterns = [path("demo/", logins_page, name="demo")]
