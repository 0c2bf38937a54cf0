"""Which address belongs to which room."""

from django.conf import settings
from django.urls import include, path
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView

from backend.config import health, views
from backend.config.demo import page as demo

urlpatterns = [
    path("", include("safety.urls")),
    path("console/", views.console, name="console"),
    path("healthz", health.health, name="health"),
    path("api/v1/", include("backend.hotline.urls")),
    path("api/v1/", include("backend.staff.public_urls")),
    path("api/v1/staff/", include("backend.staff.urls")),
    path("api/v1/staff/", include("backend.hotline.staff_urls")),
    path("api/v1/schema", SpectacularAPIView.as_view(renderer_classes=[OpenApiJsonRenderer]), name="schema"),
    *(demo.urlpatterns if settings.QUIETLINE_DEMO else ()),
]

handler400 = "backend.config.errors.bad_request"
handler403 = "backend.config.errors.not_found"
handler404 = "backend.config.errors.not_found"
handler500 = "backend.config.errors.server_error"
