"""Logging in and out (docs/protocol.md §9)."""

from typing import Final

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.core.calls import body_from, empty_demand
from backend.core.clock import system_clock
from backend.staff import access, edges, services
from backend.staff.errors import LoginFailed, PasskeyRefused
from backend.staff.serializers import LoginIn, NothingOut, SessionOut, SetupConfirmIn, SetupIn, TotpOut

LOGIN: Final = "passkey login"
ADD: Final = "passkey add"


class SessionView(APIView):
    @extend_schema(operation_id="staff_session", responses=SessionOut)
    def get(self, request: Request) -> Response:
        """Who is logged in here, and the value that the next changes must carry."""
        return edges.session_answer(request, access.staff_or_none(request))


class SetupView(APIView):
    @extend_schema(operation_id="staff_setup", request=SetupIn, responses=TotpOut)
    def post(self, request: Request) -> Response:
        """Choose a password with an invitation's link; the answer holds the second factor to confirm."""
        access.csrf_demand(request)
        told = body_from(request, SetupIn).validated_data
        return Response(TotpOut(services.setup_begin(token=told["token"], password=told["password"], now=system_clock())).data)


class SetupConfirmView(APIView):
    @extend_schema(operation_id="staff_setup_confirm", request=SetupConfirmIn, responses=SessionOut)
    def post(self, request: Request) -> Response:
        """Confirm the second factor, which uses the link up and logs the person in."""
        access.csrf_demand(request)
        told, now = body_from(request, SetupConfirmIn).validated_data, system_clock()
        return edges.login_answer(request, services.setup_confirm(token=told["token"], code=told["totp"], now=now), now=now)


class LoginView(APIView):
    @extend_schema(operation_id="staff_login", request=LoginIn, responses=SessionOut)
    def post(self, request: Request) -> Response:
        """Log in with a password and a second factor."""
        access.csrf_demand(request)
        told, now = body_from(request, LoginIn).validated_data, system_clock()
        user = services.password_login(
            username=told["username"],
            password=told["password"],
            code=told["totp"],
            source=edges.source_of(request),
            known=edges.known_from(request, username=told["username"]),
            now=now,
        )
        return edges.login_answer(request, user, now=now)


class PasskeyLoginOptionsView(APIView):
    @extend_schema(operation_id="staff_passkey_login_options", request=None, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request) -> Response:
        """Begin a login with a passkey: WebAuthn's PublicKeyCredentialRequestOptionsJSON."""
        access.csrf_demand(request)
        empty_demand(request)
        ceremony = edges.ceremony_begin(request, name=LOGIN, now=system_clock())
        return Response(services.passkey_login_options(ceremony=ceremony))


class PasskeyLoginView(APIView):
    @extend_schema(operation_id="staff_passkey_login", request=OpenApiTypes.OBJECT, responses=SessionOut)
    def post(self, request: Request) -> Response:
        """Log in with what the authenticator answered."""
        access.csrf_demand(request)
        credential, now = edges.credential_from(request), system_clock()
        ceremony = edges.ceremony_end(request, name=LOGIN, now=now)
        if ceremony is None:
            raise LoginFailed
        return edges.login_answer(request, services.passkey_login(ceremony=ceremony, credential=credential), now=now)


class PasskeyOptionsView(APIView):
    @extend_schema(operation_id="staff_passkey_options", request=None, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request) -> Response:
        """Begin to make a passkey: WebAuthn's PublicKeyCredentialCreationOptionsJSON."""
        user = access.staff_for(request)
        empty_demand(request)
        ceremony = edges.ceremony_begin(request, name=ADD, now=system_clock())
        return Response(services.passkey_options(user=user, ceremony=ceremony))


class PasskeyView(APIView):
    @extend_schema(operation_id="staff_passkey_add", request=OpenApiTypes.OBJECT, responses={201: NothingOut})
    def post(self, request: Request) -> Response:
        """Keep the passkey that the authenticator made."""
        user = access.staff_for(request)
        credential, ceremony = edges.credential_from(request), edges.ceremony_end(request, name=ADD, now=system_clock())
        if ceremony is None:
            raise PasskeyRefused
        services.passkey_add(user=user, ceremony=ceremony, credential=credential)
        return Response({}, status=201)


class LogoutView(APIView):
    @extend_schema(operation_id="staff_logout", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Log out."""
        access.staff_for(request)
        empty_demand(request)
        access.session_end(request)
        return Response(status=204)
