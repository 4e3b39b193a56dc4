"""The address that load balancers and the set-up ask."""

from tests.page import PageClient


def test_a_running_installation_says_that_it_is_well(client: PageClient) -> None:
    answer = client.get("/healthz")
    assert answer.response.json == {"status": "ok"}
    assert "Set-Cookie" not in answer.response.headers


def test_an_unknown_address_gets_a_page_that_says_so(client: PageClient) -> None:
    page = client.get("/finns/inte", status=404)
    assert page.heading == "Det finns ingen sådan sida"
