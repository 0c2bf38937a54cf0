"""Every error as ``{"code", "message"}``: docs/protocol.md §8."""

from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from backend.core.errors import Invalid, NotFound, Refusal, SlowDown, TooLarge, TryLater
from backend.core.words import refusal_body


class Forbidden(Refusal):
    """The request comes from another page than ours, or without its proof."""

    code = "request.forbidden"
    status = 403


class Unexpected(Refusal):
    """A fault of ours. Its place is in the log, its cause is not for the answer."""

    code = "request.unexpected"
    status = 500


def refusal_for(error: BaseException) -> Refusal:
    """The refusal that stands for any exception a request may end with."""
    match error:
        case Refusal():
            return error
        case Http404() | exceptions.NotFound() | exceptions.NotAuthenticated() | PermissionDenied() | exceptions.PermissionDenied():
            return NotFound()
        case RequestDataTooBig():
            return TooLarge()
        case exceptions.Throttled():
            return SlowDown()
        case exceptions.APIException() | RecursionError():
            # Something nested so deep that reading it gives up.
            return Invalid()
        case DatabaseError() | InterfaceError() | OSError():
            return TryLater()
        case _:
            return Unexpected()


def exception_handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None for a fault of ours, which Django then logs and answers with ``server_error``."""
    refusal = refusal_for(error)
    if isinstance(refusal, Unexpected):
        return None
    request: HttpRequest = context["request"]
    answer = Response(refusal_body(refusal, accepted=request.headers.get("Accept-Language", "")), status=refusal.status)
    for name, value in retry_headers(refusal).items():
        answer[name] = value
    return answer


def refusal_response(request: HttpRequest, refusal: Refusal) -> JsonResponse:
    """A refusal outside DRF."""
    body = refusal_body(refusal, accepted=request.headers.get("Accept-Language", ""))
    return JsonResponse(body, status=refusal.status, headers=retry_headers(refusal))


def retry_headers(refusal: Refusal) -> dict[str, str]:
    """Retry-After in whole seconds, where the refusal says when."""
    return {"Retry-After": str(ceil(refusal.retry_after))} if refusal.retry_after else {}


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Django's answer to a request that lacks the session's proof."""
    return refusal_response(request, Forbidden())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's 400, a foreign Host included."""
    return refusal_response(request, TooLarge() if isinstance(exception, RequestDataTooBig) else Invalid())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's 404 and 403 alike."""
    return refusal_response(request, NotFound())


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Django's 500."""
    return refusal_response(request, Unexpected())
