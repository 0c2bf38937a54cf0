"""The documents that a person sees before, without and after the app. No cookie is set and nothing is kept by the browser's cache."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from backend.core.clock import system_clock
from backend.core.frontend import Entry, NotBuilt, entry
from backend.core.words import LANGUAGES
from backend.staff.known import cookie_name
from safety.arrival import NATIVE, RIGHT_TO_LEFT, answering, countries_shown, language_for
from safety.words import Words

ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect x="2" y="2" width="12" height="12" rx="3" fill="#7b8794"/></svg>'
CLEAR_CACHE = '"cache"'
CLEAR_ALL = '"cache", "storage"'


@require_safe
def arrival(request: HttpRequest) -> HttpResponse:
    """The one document of a visit: whole without JavaScript; the app starts inside it."""
    language = language_for(asked=request.GET.get("lang", ""), accepted=request.headers.get("Accept-Language", ""))
    first, other = countries_shown(language)
    context = {
        "words": Words("arrival", language),
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "languages": [(code, NATIVE[code]) for code in LANGUAGES],
        "first": first,
        "other": other,
        "answering": answering(language, now=system_clock()),
        "exit_url": settings.QUIETLINE_EXIT_URL,
        "entry": _entry(),
    }
    response = render(request, "safety/arrival.html", context)
    response["Vary"] = "Accept-Language"
    return _private(response)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """The way out. GET is the link that works without JavaScript: on to the neutral page. POST is what the app sends while it leaves by itself.

    The browser is told to drop its cached copies. What it stores is dropped only where our own page has said (``?all``) that nothing is kept
    on purpose: another site must not be able to erase what somebody keeps. A browser in which staff logged in keeps its device keys.
    """
    if request.method == "POST":
        ours = request.headers.get("Origin") in settings.QUIETLINE_ORIGINS and cookie_name() not in request.COOKIES
        return _private(HttpResponse(status=204, headers={"Clear-Site-Data": CLEAR_ALL if ours and "all" in request.GET else CLEAR_CACHE}))
    return _private(HttpResponse(status=303, headers={"Location": settings.QUIETLINE_EXIT_URL, "Clear-Site-Data": CLEAR_CACHE}))


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """A plain grey square: the same for every page, so that a tab, a bookmark or a history list tells nothing."""
    return _private(HttpResponse(ICON, content_type="image/svg+xml"))


def _entry() -> Entry | None:
    try:
        return entry("app/main.ts")
    except NotBuilt:
        return None


def _private(response: HttpResponse) -> HttpResponse:
    """Nothing of it is kept, and browsers that know the header open it off the record."""
    response["Cache-Control"] = "no-store"
    response["Request-OTR"] = "1"
    return response
