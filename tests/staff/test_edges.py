"""Where a try comes from."""

import pytest
from django.test import RequestFactory
from rest_framework.request import Request

from backend.staff.edges import source_of


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("127.0.0.1", None),
        ("::1", None),
        ("", None),
        ("unix:", None),
    ],
)
def test_a_source_is_an_address_or_a_network_and_never_a_proxy_on_this_machine(address: str, source: str | None) -> None:
    assert source_of(Request(RequestFactory().get("/", REMOTE_ADDR=address))) == source
