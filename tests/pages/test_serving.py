"""What stands before every page: languages, origins, limits, headers, addresses inside this site."""

import asyncio

import pytest

from data.database import reading
from data.queries.duties import all_duties
from models.clock import utc_now
from pages.server.allowances import Allowances, network_of
from pages.server.language import choose_language
from pages.server.local_address import local_address
from pages.server.origins import Origins
from pages.server.request_limits import RequestLimits
from pages.server.security_headers import SecurityHeaders, page_policy
from pages.server.serving import warm
from pages.server.settings import read_settings
from pages.server.streamlit_page import read_streamlit_page, stock_index
from tests.conftest import make_city
from tests.pages.promises import statements

HOST = (b"host", b"record.example")


async def fine(scope, receive, send):
    while scope["method"] == "POST" and (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"fine"})


def ask(app, *, method="GET", path="/", headers=(HOST,), body=b"", client="192.0.2.7"):
    sent = []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "scheme": "http",
        "headers": list(headers),
        "client": (client, 5000),
    }
    parts = [body[start : start + 65536] for start in range(0, len(body), 65536)] or [b""]

    async def receive():
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"])


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        ("en", "zh-CN", "en"),
        (None, "zh-TW,zh;q=0.9,en;q=0.8", "zh"),
        (None, "fr-FR,en;q=0.5", "en"),
        (None, "en;q=0.4,zh;q=0.6", "zh"),
        ("xx", "de", "zh"),
        (None, None, "zh"),
        (None, "en;q=nonsense", "zh"),
    ],
)
def test_the_language_is_the_chosen_one_or_else_the_browsers(chosen, accepted, language):
    assert choose_language(chosen=chosen, accepted=accepted) == language


@pytest.mark.parametrize(
    "asked",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a\nb", "", None, "x"],
)
def test_a_link_brings_people_back_here_and_nowhere_else(asked):
    assert local_address(asked) == "/"


def test_a_local_address_stays_what_it_is():
    assert local_address("/decisions/2026-0001?tab=comments") == "/decisions/2026-0001?tab=comments"


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (b"http://record.example", 200),
        (b"https://evil.example", 403),
        (b"null", 403),
        (b"http://record.example.evil", 403),
    ],
)
def test_a_page_elsewhere_cannot_post_here(origin, status):
    assert ask(Origins(fine), method="POST", headers=(HOST, (b"origin", origin)))[0] == status


def test_a_program_without_an_origin_may_post():
    assert ask(Origins(fine), method="POST")[0] == 200


def test_one_network_may_post_so_often_a_minute_and_no_more():
    seconds = [0.0]
    app = RequestLimits(fine, clock=lambda: seconds[0])

    statuses = [ask(app, method="POST")[0] for _ in range(61)]
    elsewhere = ask(app, method="POST", client="192.0.2.8")[0]
    seconds[0] = 1.0
    later = ask(app, method="POST")[0]

    assert statuses == [200] * 60 + [429]
    assert (elsewhere, later) == (200, 200)


def test_reading_is_never_limited():
    app = RequestLimits(fine, clock=lambda: 0.0)

    assert {ask(app)[0] for _ in range(100)} == {200}


@pytest.mark.parametrize(("size", "status"), [(1024 * 1024, 200), (1024 * 1024 + 1, 413)])
def test_a_form_is_at_most_a_megabyte(size, status):
    announced = (b"content-length", str(size).encode())

    assert ask(RequestLimits(fine), method="POST", headers=(HOST, announced), body=b"x" * size)[0] == status


def test_more_than_was_announced_is_refused():
    app = RequestLimits(fine)

    assert ask(app, method="POST", headers=(HOST, (b"content-length", b"5")), body=b"x" * 1_100_000)[0] == 413


@pytest.mark.parametrize(
    ("host", "network"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("", ""), ("testclient", "testclient")],
)
def test_a_household_of_ipv6_is_one_network(host, network):
    assert network_of(host) == network


def test_networks_do_not_share_an_allowance():
    allowances = Allowances(clock=lambda: 0.0)

    assert [allowances.take("a", 1), allowances.take("a", 1), allowances.take("b", 1)] == [True, False, True]


def test_every_answer_tells_the_browser_what_a_page_may_do():
    _, headers = ask(SecurityHeaders(fine))

    policy = headers[b"content-security-policy"].decode()
    assert "script-src 'self';" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert headers[b"x-content-type-options"] == b"nosniff"


def test_a_hostile_host_name_does_not_reach_the_policy():
    assert "evil" not in page_policy(b"evil; script-src *")


def test_the_installed_streamlit_is_built_as_we_know_it():
    page = read_streamlit_page(stock_index())

    assert page is not None
    assert "/static/js/" in page.scripts


def test_settings_come_from_the_environment():
    settings = read_settings(
        {
            "TILE_URL": "https://{s}.tiles.example/{z}/{x}/{y}.png",
            "ALLOWED_HOSTS": "a, b",
            "PUBLIC_URL": "https://r.example/",
        }
    )

    assert settings.tile_origin == "https://*.tiles.example"
    assert settings.allowed_hosts == {"a", "b"}
    assert settings.public_url == "https://r.example"


@pytest.mark.usefixtures("sqlite_record")
def test_what_was_evaluated_at_the_start_is_not_read_again():
    make_city()
    warm()

    with reading() as session, statements() as made:
        found = all_duties(session, utc_now())

    assert found
    assert len(made) == 1


@pytest.mark.usefixtures("sqlite_record")
def test_a_record_that_cannot_be_read_keeps_no_server_from_starting(monkeypatch, caplog):
    monkeypatch.setattr("pages.server.serving.board", lambda *_, **__: 1 / 0)

    warm()

    assert "could not be evaluated beforehand" in caplog.text
