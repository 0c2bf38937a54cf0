"""Addresses under /api/v1/."""

from django.urls import path

from backend.hotline import views

urlpatterns = [
    path("organisations", views.OrganisationsView.as_view()),
    path("help-requests", views.RequestsView.as_view()),
    path("help-requests/<str:request_id>", views.RequestView.as_view()),
    path("help-requests/<str:request_id>/status", views.RequestStatusView.as_view()),
    path("return-places/<str:place_id>", views.PlaceView.as_view()),
    path("return-places/<str:place_id>/open", views.PlaceOpenView.as_view()),
]
