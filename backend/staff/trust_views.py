"""The trust chain's calls (docs/protocol.md §7 and §9)."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.core.calls import body_from, id_from
from backend.core.clock import system_clock
from backend.core.errors import Invalid
from backend.staff import services
from backend.staff.access import session_hash, staff_for
from backend.staff.selectors import organisation_for, staff_trust_answer, trust_answer
from backend.staff.serializers import (
    CertificateIn,
    DeviceRequestIn,
    DevicesOut,
    HalvesIn,
    IntakeKeyIn,
    IntakeKeysOut,
    NothingOut,
    RevocationListIn,
    StaffTrustOut,
    TrustOut,
)


class PublicTrustView(APIView):
    @extend_schema(operation_id="organisation_trust", responses=TrustOut)
    def get(self, request: Request, slug: str) -> Response:
        """What a person's app checks before it believes anybody. No cookie is read or set."""
        return Response(TrustOut(trust_answer(organisation_for(slug), now=system_clock())).data)


class TrustView(APIView):
    @extend_schema(operation_id="staff_trust", responses=StaffTrustOut)
    def get(self, request: Request) -> Response:
        """The caller's organisation: its chain, its devices, and the requests that the caller may see."""
        answer = staff_trust_answer(staff_for(request), now=system_clock())
        return Response({**TrustOut(answer.public).data, **DevicesOut(answer).data})


class DevicesView(APIView):
    @extend_schema(operation_id="staff_device_request", request=DeviceRequestIn, responses={201: NothingOut})
    def post(self, request: Request) -> Response:
        """Ask for this browser to be certified."""
        user = staff_for(request)
        told = body_from(request, DeviceRequestIn).validated_data
        services.device_request(user=user, signed=told["request"], hpke_key=told["hpke_key"], now=system_clock())
        return Response({}, status=201)


class DeviceCertificateView(APIView):
    @extend_schema(operation_id="staff_device_certify", request=CertificateIn, responses={201: NothingOut})
    def post(self, request: Request, device_id: str) -> Response:
        """A supervisor certifies a device."""
        user = staff_for(request)
        signed = body_from(request, CertificateIn).validated_data["certificate"]
        services.device_certify(user=user, device_id=id_from(device_id), signed=signed, now=system_clock())
        return Response({}, status=201)


class SigningCertificatesView(APIView):
    @extend_schema(operation_id="staff_signing_certify", request=CertificateIn, responses={201: NothingOut})
    def post(self, request: Request) -> Response:
        """A supervisor brings the root key's certificate for a signing device."""
        user = staff_for(request)
        services.signing_certify(user=user, signed=body_from(request, CertificateIn).validated_data["certificate"], now=system_clock())
        return Response({}, status=201)


class RevocationListsView(APIView):
    @extend_schema(operation_id="staff_revocation_list_keep", request=RevocationListIn, responses={201: NothingOut})
    def post(self, request: Request) -> Response:
        """A supervisor brings a newer revocation list."""
        user = staff_for(request)
        signed = body_from(request, RevocationListIn).validated_data["list"]
        services.revocation_list_keep(user=user, signed=signed, now=system_clock(), spared=session_hash(request))
        return Response({}, status=201)


class IntakeKeysView(APIView):
    @extend_schema(
        operation_id="staff_intake_keys",
        parameters=[OpenApiParameter("device", OpenApiTypes.STR, required=True, description="The caller's own device id.")],
        responses=IntakeKeysOut,
    )
    def get(self, request: Request) -> Response:
        """The intake keys with the halves for this browser, and whom it can seal them for."""
        user = staff_for(request)
        if set(request.query_params) != {"device"}:
            raise Invalid
        answer = services.intake_keys_for(user=user, device_id=id_from(request.query_params["device"]), now=system_clock())
        return Response(IntakeKeysOut(answer).data)

    @extend_schema(operation_id="staff_intake_key_add", request=IntakeKeyIn, responses={201: NothingOut})
    def post(self, request: Request) -> Response:
        """Bring a new intake key with its private half sealed to each certified device."""
        user, checked = staff_for(request), body_from(request, IntakeKeyIn)
        services.intake_key_add(user=user, signed=checked.validated_data["key"], halves=checked.halves(), now=system_clock())
        return Response({}, status=201)


class IntakeKeySealedView(APIView):
    @extend_schema(operation_id="staff_intake_key_seal", request=HalvesIn, responses={201: NothingOut})
    def post(self, request: Request, key_id: str) -> Response:
        """Bring private halves for colleagues who cannot open this key yet."""
        user, halves = staff_for(request), body_from(request, HalvesIn).halves()
        services.intake_key_seal(user=user, key_id=id_from(key_id), halves=halves, now=system_clock())
        return Response({}, status=201)
