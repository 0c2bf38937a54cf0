"""WebSocket addresses."""

from django.urls import path

from backend.hotline.consumers import QueueConsumer

websocket_urlpatterns = [path("api/v1/staff/queue-socket", QueueConsumer.as_asgi())]
