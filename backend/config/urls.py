"""Which address belongs to which room."""

from django.urls import path
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("api/v1/schema", SpectacularAPIView.as_view(renderer_classes=[OpenApiJsonRenderer]), name="schema"),
]

handler400 = "backend.config.errors.bad_request"
handler403 = "backend.config.errors.not_found"
handler404 = "backend.config.errors.not_found"
handler500 = "backend.config.errors.server_error"
