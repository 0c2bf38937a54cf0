"""The survivor's app's calls (docs/protocol.md §7). No cookie is read or set."""

from typing import ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.core.calls import body_from, empty_demand, id_from
from backend.core.clock import system_clock
from backend.hotline import services
from backend.hotline.edges import query_demand, token_from
from backend.hotline.selectors import organisations_listed
from backend.hotline.serializers import OrganisationsOut, PlaceIn, PlaceOut, RequestIn, SealedIn, StatusOut

BEARER = OpenApiParameter(
    "Authorization", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True, description="Bearer and the token, base64url."
)


class OrganisationsView(APIView):
    @extend_schema(operation_id="organisations_list", responses=OrganisationsOut)
    def get(self, request: Request) -> Response:
        """The organisations of this deployment, and whether somebody is on shift there now."""
        return Response(OrganisationsOut({"organisations": organisations_listed(now=system_clock())}).data)


class RequestsView(APIView):
    @extend_schema(operation_id="help_request_create", request=RequestIn, responses={201: StatusOut})
    def post(self, request: Request) -> Response:
        """Ask for somebody. The same request again gives the same answer."""
        draft = body_from(request, RequestIn).request_draft()
        return Response(StatusOut(services.request_create(draft=draft, now=system_clock())).data, status=201)


class RequestView(APIView):
    @extend_schema(operation_id="help_request_replace", parameters=[BEARER], request=SealedIn, responses=StatusOut)
    def put(self, request: Request, request_id: str) -> Response:
        """Replace the note and the key packages while nobody has claimed the request."""
        opened, token, sealed = id_from(request_id), token_from(request), body_from(request, SealedIn).draft()
        return Response(StatusOut(services.request_replace(request_id=opened, token=token, sealed=sealed, now=system_clock())).data)

    @extend_schema(operation_id="help_request_withdraw", parameters=[BEARER], responses={204: None})
    def delete(self, request: Request, request_id: str) -> Response:
        """Erase the request and its note."""
        services.request_withdraw(request_id=id_from(request_id), token=token_from(request), now=system_clock())
        return Response(status=204)


class RequestStatusView(APIView):
    WAITS: ClassVar = [
        BEARER,
        OpenApiParameter("wait", OpenApiTypes.INT, description="Seconds, 0 to 25, to hold the answer back while nothing changes."),
        OpenApiParameter("known", OpenApiTypes.STR, description="The `tag` of the last answer: another status is told at once."),
    ]

    @extend_schema(operation_id="help_request_status", parameters=WAITS, request=None, responses=StatusOut)
    def post(self, request: Request, request_id: str) -> Response:
        """Where the person stands. Holding back is done by StatusWait, before this view."""
        empty_demand(request)
        query_demand(request.query_params)
        status = services.request_status(request_id=id_from(request_id), token=token_from(request), now=system_clock())
        return Response(StatusOut(status).data)


class PlaceView(APIView):
    @extend_schema(operation_id="return_place_keep", parameters=[BEARER], request=PlaceIn, responses={204: None})
    def put(self, request: Request, place_id: str) -> Response:
        """Keep a sealed place to return to."""
        opened, token, draft = id_from(place_id), token_from(request), body_from(request, PlaceIn).draft()
        services.place_keep(place_id=opened, token=token, draft=draft, now=system_clock())
        return Response(status=204)

    @extend_schema(operation_id="return_place_erase", parameters=[BEARER], responses={204: None})
    def delete(self, request: Request, place_id: str) -> Response:
        """Erase it."""
        services.place_erase(place_id=id_from(place_id), token=token_from(request), now=system_clock())
        return Response(status=204)


class PlaceOpenView(APIView):
    @extend_schema(operation_id="return_place_open", parameters=[BEARER], request=None, responses=PlaceOut)
    def post(self, request: Request, place_id: str) -> Response:
        """The sealed place."""
        empty_demand(request)
        sealed = services.place_open(place_id=id_from(place_id), token=token_from(request), now=system_clock())
        return Response(PlaceOut({"sealed": sealed}).data)
