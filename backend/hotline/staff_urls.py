"""Addresses under /api/v1/staff/."""

from django.urls import path

from backend.hotline import staff_views

urlpatterns = [
    path("shift", staff_views.ShiftView.as_view()),
    path("queue", staff_views.QueueView.as_view()),
    path("requests/<str:request_id>/claim", staff_views.ClaimView.as_view()),
    path("requests/<str:request_id>/return", staff_views.ReturnView.as_view()),
    path("requests/<str:request_id>/talking", staff_views.TalkingView.as_view()),
    path("requests/<str:request_id>/close", staff_views.CloseView.as_view()),
]
