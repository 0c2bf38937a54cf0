"""Addresses under /api/v1/ that everybody may read."""

from django.urls import path

from backend.staff.trust_views import PublicTrustView

urlpatterns = [
    path("organisations/<str:slug>/trust", PublicTrustView.as_view()),
]
