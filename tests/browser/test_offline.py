"""Without a line: the answer waits on the device, goes by itself, and is stored once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Site, take_picture

SURVEY = "/soderhamn/dialoger/oppen"
WAITING = "/soderhamn/vantar"
NO_WORKERS = "delete Navigator.prototype.serviceWorker;"

pytestmark = pytest.mark.browser


@pytest.fixture
def context(open_context: Callable[..., BrowserContext], site: Site) -> BrowserContext:
    return open_context()


def proposal(page: Page) -> Locator:
    return page.get_by_label(re.compile("Har du förslag"))


def with_worker(context: BrowserContext) -> Page:
    """The survey, looked after by its service worker, with the page itself kept."""
    page = context.new_page()
    page.goto(SURVEY)
    page.get_by_label("Ganska otrygg").check()
    page.evaluate(
        """async () => {
          const workers = navigator.serviceWorker;
          const taken = new Promise((done) => workers.addEventListener("controllerchange", done));
          if (!workers.controller) await taken;
          const isKept = () => caches.match("/soderhamn/dialoger/oppen");
          while (!(await isKept())) await new Promise(requestAnimationFrame);
        }"""
    )
    return page


def press_send(page: Page) -> None:
    page.get_by_role("button", name="Skicka svaret").last.click()


def outbox(page: Page) -> list[dict[str, object]]:
    return page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("td-outbox", 1);
          opening.onsuccess = () => {
            const all = opening.result.transaction("answers").objectStore("answers").getAll();
            all.onsuccess = () => { opening.result.close(); resolve(all.result); };
          };
        })"""
    )


def stored_of(page: Page, code: str) -> Locator:
    page.goto("/soderhamn/kvitto")
    page.get_by_label("Kod").first.fill(code)
    page.get_by_role("button", name="Visa mitt svar").click()
    return page.get_by_role("main")


def test_an_answer_without_a_line_waits_and_goes_when_the_line_is_back(
    context: BrowserContext,
) -> None:
    page = with_worker(context)
    proposal(page).fill("Skrivet i en tunnel")
    context.set_offline(True)
    press_send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Svar på den här enheten")
    expect(page.locator("[data-state=waiting]")).to_contain_text("Väntar på nät")
    expect(page.get_by_role("main")).not_to_contain_text("tunnel")
    take_picture(page, "outbox-waiting")
    assert "tunnel" not in page.evaluate("JSON.stringify(localStorage)")
    [waiting] = outbox(page)
    assert set(waiting) == {"key", "url", "body", "at", "state"}
    context.set_offline(False)
    sent = page.locator("[data-state=sent]")
    expect(sent).to_contain_text("Skickat")
    [kept] = outbox(page)
    assert "tunnel" not in str(kept)
    sent.get_by_role("button", name="Visa koden").click()
    code = page.locator(".code").inner_text()
    expect(page.get_by_text("Skriv upp koden nu.")).to_be_visible()
    take_picture(page, "outbox-code")
    assert outbox(page) == []
    expect(stored_of(page, code)).to_contain_text("Det här är sparat av ditt svar")


def test_sent_by_the_queue_and_by_hand_it_is_stored_once(context: BrowserContext) -> None:
    page = with_worker(context)
    proposal(page).fill("Två vägar, ett svar")
    body = page.evaluate(
        "new URLSearchParams(new FormData(document.querySelector('[data-survey]'))).toString()"
    )
    context.set_offline(True)
    press_send(page)
    expect(page.locator("[data-state=waiting]")).to_be_visible()
    context.set_offline(False)
    expect(page.locator("[data-state=sent]")).to_be_visible()
    page.get_by_role("button", name="Visa koden").click()
    code = page.locator(".code").inner_text().split()
    by_hand = page.evaluate(
        """async ([url, body]) => (await fetch(url, {method: "POST", body, headers: {
          "Accept": "application/json",
          "Content-Type": "application/x-www-form-urlencoded"}})).json()""",
        [SURVEY, body],
    )
    assert by_hand["state"] == "stored"
    assert by_hand["code"].split() == code


def test_a_page_opened_without_a_line_has_a_new_key_for_each_answer(
    context: BrowserContext,
) -> None:
    page = with_worker(context)
    context.set_offline(True)
    keys = {page.locator("[name=key]").input_value()}
    press_send(page)
    expect(page.locator("[data-state=waiting]")).to_have_count(1)
    for number in range(2):
        page.goto(f"{SURVEY}?besok={number}")
        keys.add(page.locator("[name=key]").input_value())
        proposal(page).fill(f"Svar {number}")
        press_send(page)
        expect(page.locator("[data-state=waiting]")).to_have_count(number + 2)
    assert len(keys) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{20,64}", key) for key in keys)
    context.set_offline(False)
    expect(page.locator("[data-state=sent]")).to_have_count(3)


def test_what_waits_can_be_taken_away(context: BrowserContext) -> None:
    page = with_worker(context)
    context.set_offline(True)
    press_send(page)
    page.locator("[data-state=waiting]").get_by_role("button", name="Ta bort").click()
    expect(page.get_by_text("Inget svar väntar på den här enheten.")).to_be_visible()
    assert outbox(page) == []
    context.set_offline(False)


def test_what_the_server_refuses_is_said_and_can_be_opened_again(context: BrowserContext) -> None:
    page = with_worker(context)
    proposal(page).fill("x" * 2001)
    context.set_offline(True)
    press_send(page)
    expect(page.locator("[data-state=waiting]")).to_be_visible()
    context.set_offline(False)
    refused = page.locator("[data-state=refused]")
    expect(refused).to_contain_text("Korta den med 1 tecken.")
    refused.get_by_role("button", name="Öppna svaret").click()
    expect(proposal(page)).to_have_value("x" * 2001)
    proposal(page).fill("Kortare")
    press_send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")
    page.goto(WAITING)
    expect(page.get_by_text("Inget svar väntar på den här enheten.")).to_be_visible()


def test_without_a_service_worker_the_page_itself_keeps_the_answer(context: BrowserContext) -> None:
    context.add_init_script(NO_WORKERS)
    page = context.new_page()
    page.goto(SURVEY)
    page.get_by_label("Ganska otrygg").check()
    proposal(page).fill("Utan arbetare")
    expect(page.get_by_text("Det du skriver sparas bara på den här enheten.")).to_be_visible()
    context.set_offline(True)
    press_send(page)
    expect(page.locator("[data-state=waiting]")).to_contain_text("Väntar på nät")
    expect(proposal(page)).to_be_hidden()
    context.set_offline(False)
    expect(page.locator("[data-state=sent]")).to_contain_text("Skickat")
    page.locator("[data-state=sent]").get_by_role("button", name="Ta bort").click()
    page.get_by_role("link", name="Öppna ett tomt formulär").click()
    expect(proposal(page)).to_have_value("")


def test_without_a_service_worker_and_with_a_line_it_is_sent_as_ever(
    context: BrowserContext,
) -> None:
    context.add_init_script(NO_WORKERS)
    page = context.new_page()
    page.goto(SURVEY)
    page.get_by_label("Ganska otrygg").check()
    press_send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")


def test_with_a_line_the_page_is_never_an_old_one(context: BrowserContext) -> None:
    """A dialogue that has closed must not look open because the page was kept."""
    page = with_worker(context)
    page.evaluate(
        """async () => {
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            const old = new Response("<h1>Gammal</h1>", {headers: {"Content-Type": "text/html"}});
            await cache.put("/soderhamn/dialoger/oppen", old);
          }
        }"""
    )
    page.goto(SURVEY)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tre frågor om trygghet")


def test_only_pages_without_anybodys_words_or_key_are_kept(context: BrowserContext) -> None:
    page = with_worker(context)
    key = page.locator("[name=key]").input_value()
    proposal(page).fill("Bara mitt")
    press_send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")
    code = page.locator("[data-code]").inner_text()
    kept = page.evaluate(
        """async () => {
          const texts = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              texts.push(request.url, await (await cache.match(request)).text());
            }
          }
          return texts.join(" ");
        }"""
    )
    assert "Tre frågor om trygghet" in kept
    assert 'name="key" value=""' in kept
    for personal in (key, "Bara mitt", code.split()[0], "Tack, vi har tagit emot"):
        assert personal not in kept


def test_every_request_goes_to_one_origin_and_no_cookie_is_set(
    context: BrowserContext, site: Site
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = with_worker(context)
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="På en karta", exact=True).click()
    expect(page.locator(".leaflet-container path").first).to_be_attached()
    press_send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")
    page.goto(WAITING)
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {
        site.url.removeprefix("http://")
    }
    assert context.cookies() == []


def test_a_clock_put_right_while_an_answer_waits_loses_nothing(context: BrowserContext) -> None:
    """A phone without a line may be a year behind, and be told the time with the line."""
    page = with_worker(context)
    proposal(page).fill("Klockan gick ett år fel")
    context.set_offline(True)
    press_send(page)
    expect(page.locator("[data-state=waiting]")).to_be_visible()
    page.evaluate(
        """() => new Promise((done) => {
          const opening = indexedDB.open("td-outbox", 1);
          opening.onsuccess = () => {
            const change = opening.result.transaction("answers", "readwrite");
            const store = change.objectStore("answers");
            store.getAll().onsuccess = ({ target }) => {
              const [item] = target.result;
              store.put({ ...item, at: item.at - 365 * 24 * 3600 * 1000 });
            };
            change.oncomplete = () => { opening.result.close(); done(); };
          };
        })"""
    )
    context.set_offline(False)
    kept = page.locator("[data-state=refused]")
    expect(kept).to_contain_text("Inte skickat. Det du skrev finns kvar på enheten.")
    kept.get_by_role("button", name="Öppna svaret").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tre frågor om trygghet")
    expect(proposal(page)).to_have_value("Klockan gick ett år fel")
    press_send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")
    page.goto(WAITING)
    expect(page.get_by_text("Inget svar väntar på den här enheten.")).to_be_visible()


def test_where_nothing_can_be_kept_the_answer_stands_on_the_page(context: BrowserContext) -> None:
    context.add_init_script(NO_WORKERS)
    context.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
    )
    page = context.new_page()
    page.goto(SURVEY)
    proposal(page).fill("Ingenstans att vänta")
    expect(page.get_by_text("Det du skriver sparas bara på den här enheten.")).to_be_visible()
    context.set_offline(True)
    press_send(page)
    expect(page.get_by_text("Väntar på nät.")).to_be_visible()
    expect(proposal(page)).to_have_value("Ingenstans att vänta")
    context.set_offline(False)
    press_send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot ditt svar")


def test_a_kept_page_forgets_which_short_address_led_to_it(context: BrowserContext) -> None:
    page = with_worker(context)
    page.goto(f"{SURVEY}?via=soderhamn-fb")
    page.get_by_label("Ganska otrygg").check()
    form = page.locator("[data-survey]")
    expect(form).to_have_attribute("action", f"{SURVEY}?via=soderhamn-fb")
    page.evaluate(
        """async () => {
          const page = () => caches.match("/soderhamn/dialoger/oppen");
          const isKept = async () => (await (await page()).text()).includes("lang=en");
          while (!(await isKept())) await new Promise(requestAnimationFrame);
        }"""
    )
    context.set_offline(True)
    page.goto(SURVEY)
    expect(form).to_have_attribute("action", f"{SURVEY}?")
    context.set_offline(False)
