"""The console's calls (docs/protocol.md §9)."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.core.calls import body_from, empty_demand, id_from
from backend.core.clock import system_clock
from backend.hotline import services
from backend.hotline.selectors import queue_for
from backend.hotline.serializers import ClaimIn, ClaimOut, QueueOut, ReturnIn, ReturnOut, ShiftIn
from backend.hotline.services.claims import Reason
from backend.staff.access import staff_for


class ShiftView(APIView):
    @extend_schema(operation_id="staff_shift_set", request=ShiftIn, responses=ShiftIn)
    def post(self, request: Request) -> Response:
        """Begin or end the caller's shift."""
        user = staff_for(request)
        on = body_from(request, ShiftIn).validated_data["on"]
        return Response({"on": services.shift_set(user=user, on=on, now=system_clock())})


class QueueView(APIView):
    @extend_schema(operation_id="staff_queue", responses=QueueOut)
    def get(self, request: Request) -> Response:
        """Who waits, in the order in which to answer, and whom the caller answers."""
        user, now = staff_for(request), system_clock()
        services.shift_seen(user=user, now=now)
        return Response(QueueOut(queue_for(user=user, now=now)).data)


class ClaimView(APIView):
    @extend_schema(operation_id="staff_request_claim", request=ClaimIn, responses=ClaimOut)
    def post(self, request: Request, request_id: str) -> Response:
        """Answer a person who waits."""
        user = staff_for(request)
        told = body_from(request, ClaimIn).validated_data
        claim = services.request_claim(
            request_id=id_from(request_id), user=user, device_id=told["device"], owner=told["owner"], now=system_clock()
        )
        return Response(ClaimOut(claim).data)


class ReturnView(APIView):
    @extend_schema(operation_id="staff_request_return", request=ReturnIn, responses=ReturnOut)
    def post(self, request: Request, request_id: str) -> Response:
        """Let the person wait again."""
        user = staff_for(request)
        reason = Reason(body_from(request, ReturnIn).validated_data["reason"])
        state = services.request_return(request_id=id_from(request_id), user=user, reason=reason, now=system_clock())
        return Response({"state": state})


class TalkingView(APIView):
    @extend_schema(operation_id="staff_request_talking", request=None, responses={204: None})
    def post(self, request: Request, request_id: str) -> Response:
        """The person's seat is open."""
        user = staff_for(request)
        empty_demand(request)
        services.request_talking(request_id=id_from(request_id), user=user, now=system_clock())
        return Response(status=204)


class CloseView(APIView):
    @extend_schema(operation_id="staff_request_close", request=None, responses={204: None})
    def post(self, request: Request, request_id: str) -> Response:
        """End the conversation."""
        user = staff_for(request)
        empty_demand(request)
        services.request_close(request_id=id_from(request_id), user=user, now=system_clock())
        return Response(status=204)
