"""The documents that belong to no room."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.core.frontend import NotBuilt, entry
from backend.core.words import language_choose


@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """The advocates' console: an empty document that its script fills. 503 where the front end was never built."""
    language = language_choose(request.headers.get("Accept-Language", ""))
    try:
        built = entry("console/main.ts")
    except NotBuilt:
        return render(request, "house/not_built.html", {"language": language}, status=503)
    context = {"language": language, "exit_url": settings.QUIETLINE_EXIT_URL, "entry": built}
    response = render(request, "house/console.html", context)
    response["Vary"] = "Accept-Language"
    return response
