"""Addresses under /api/v1/staff/."""

from django.urls import path

from backend.staff import account_views, trust_views

urlpatterns = [
    path("session", account_views.SessionView.as_view()),
    path("setup", account_views.SetupView.as_view()),
    path("setup/confirm", account_views.SetupConfirmView.as_view()),
    path("login", account_views.LoginView.as_view()),
    path("logout", account_views.LogoutView.as_view()),
    path("passkey", account_views.PasskeyView.as_view()),
    path("passkey/options", account_views.PasskeyOptionsView.as_view()),
    path("passkey/login", account_views.PasskeyLoginView.as_view()),
    path("passkey/login/options", account_views.PasskeyLoginOptionsView.as_view()),
    path("trust", trust_views.TrustView.as_view()),
    path("devices", trust_views.DevicesView.as_view()),
    path("devices/<str:device_id>/certificate", trust_views.DeviceCertificateView.as_view()),
    path("signing-certificates", trust_views.SigningCertificatesView.as_view()),
    path("revocation-lists", trust_views.RevocationListsView.as_view()),
    path("intake-keys", trust_views.IntakeKeysView.as_view()),
    path("intake-keys/<str:key_id>/sealed", trust_views.IntakeKeySealedView.as_view()),
]
