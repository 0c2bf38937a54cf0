"""The public documents: the arrival page, the way out, and a picture that tells nothing."""

from django.urls import path

from safety import views

urlpatterns = [
    path("", views.arrival, name="arrival"),
    path("exit", views.leave, name="exit"),
    path("icon.svg", views.icon, name="icon"),
]
