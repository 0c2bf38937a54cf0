"""What holds for every answer that Django makes."""

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from backend.config.errors import refusal_for, refusal_response


class DocumentMiddleware(GZipMiddleware):
    """Documents are compressed and kept by nobody; a database that is away is said calmly.

    The API's answers are not compressed: they may hold a secret beside something that the sender chose.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, (DatabaseError, InterfaceError)):
            return refusal_response(request, refusal_for(exception))
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Cache-Control", "no-store")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            return super().process_response(request, response)
        return response
