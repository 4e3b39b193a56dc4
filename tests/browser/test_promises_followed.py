"""Two years of a plan and a promise: read in, approved by both, worked on, followed by a reader."""

import re
from datetime import date
from email.message import EmailMessage

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.people import COUNTED, PLAN, YEARLY, People, photograph, plan_document
from tests.browser.people import people as people
from tests.browser.people import people_without_script as people_without_script
from tests.browser.visitor import Visitor
from tests.browser.years import days_in_calendar, feed_entries, link_in
from tests.browser.years import years as years
from tests.factories.plan_documents import SKER

STAFF = "/soderhamn/handlaggning"
PROMISE = "Tryggare kvällar i centrum"
CALENDAR = "/soderhamn/kalender.ics"
BOTH_YEARS = (date(2022, 1, 1), date(2024, 3, 31))
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HALF_YEARS = ("2022-06-30", "2022-12-31", "2023-06-30", "2023-12-31")


@pytest.mark.browser
def test_a_promise_is_followed_for_two_years(people: People) -> None:
    years = people.years
    assert calendar(people) == []
    import_a_plan(people.coordinator)
    plan = publish_the_plan(people)
    years.on("2021-12-10")
    promise = write_a_promise(people.coordinator)
    approve_and_publish_the_promise(people, promise)
    public = promise.replace("/handlaggning/", "/")
    subscribe(people, public)
    assert calendar(people) == sorted(
        [
            ("2022-01-01", f"Löftet börjar: {PROMISE}"),
            ("2022-11-15", f"Uppföljning: {COUNTED}"),
            ("2022-12-31", f"Uppföljning: {YEARLY}"),
            ("2023-12-31", f"Löftet slutar gälla: {PROMISE}"),
            ("2023-12-31", f"Uppföljning: {YEARLY}"),
            *((day, f"Löftet ska följas upp: {PROMISE}") for day in HALF_YEARS),
        ]
    )

    for day in ("2022-03-04", "2022-06-17", "2022-10-21"):
        years.on(day)
        log_an_occasion(people.field)
    three_of_four(people, promise, public, plan)
    the_reader_is_told(people, public, "3 av 4")

    years.on("2023-09-15")
    log_an_occasion(people.field)
    four_of_four(people, promise, public, plan)
    digest = the_reader_is_told(people, public, "4 av 4")

    unsubscribe(people, digest)
    years.on("2024-01-15")
    the_period_is_over(people, public, plan)


@pytest.mark.browser
def test_a_plan_and_a_promise_come_to_their_readers_without_script(
    people_without_script: People,
) -> None:
    """Read in, looked through, approved by both, published, read, followed and logged by hand."""
    people = people_without_script
    import_a_plan(people.coordinator)
    plan = publish_the_plan(people)
    people.years.on("2021-12-10")
    promise = write_a_promise(people.coordinator)
    approve_and_publish_the_promise(people, promise)
    public = promise.replace("/handlaggning/", "/")
    subscribe(people, public)
    people.years.on("2022-03-04")
    log_an_occasion(people.field)
    reader = people.reader
    reader.page.goto(public)
    reader.shows("1 av 4")
    reader.page.get_by_text("Läs löftets alla punkter").click()
    reader.shows("Ansvarig: ")
    reader.page.goto(plan.replace("/handlaggning/handlingsplaner/", "/handlingsplan/"))
    reader.shows(COUNTED, "Muntligt till lokala BRÅ")


def calendar(people: People) -> list[tuple[str, str]]:
    """The days that anybody's own calendar shows now."""
    return days_in_calendar(people.reader.page.request, CALENDAR, BOTH_YEARS)


def import_a_plan(coordinator: Visitor) -> None:
    """Choose the file, look through what was read, put the letters right, confirm."""
    page = coordinator.page
    page.goto(f"{STAFF}/handlingsplaner/")
    coordinator.follow("Läs in en plan")
    file = FilePayload(name="plan.docx", mimeType=DOCX, buffer=plan_document())
    page.get_by_label("Planen som fil").set_input_files(file)
    photograph(coordinator, "plan-import")
    coordinator.press("Läs planen")
    coordinator.heading(PLAN)
    coordinator.shows(
        "5 rader är inlästa: 4 aktiviteter i 2 områden.",
        "Uppföljning saknas i planen. Luckan behålls.",
        f"”{SKER}” i Uppföljning",
        "Samma aktivitet som rad 1",
    )
    photograph(coordinator, "plan-review")
    coordinator.press("Ta alla föreslagna stavningar")
    coordinator.shows("Sker i styrgruppen")
    coordinator.press("Skapa utkastet")
    coordinator.shows("Planen är ett utkast.")


def publish_the_plan(people: People) -> str:
    """Both approve; nobody can publish before. Returns the plan's staff page."""
    coordinator = people.coordinator
    address = coordinator.page.url
    coordinator.press("Publicera planen")
    coordinator.shows("Publicera planen")
    expect(coordinator.page.get_by_role("alert")).to_be_visible()
    both_approve(people, address)
    photograph(coordinator, "plan-approved")
    coordinator.press("Publicera planen")
    coordinator.shows("Planen är publicerad.")
    people.years.work()
    return address


def both_approve(people: People, address: str) -> None:
    """The municipality asks for review and says yes; the police say yes at their own desk."""
    coordinator, police = people.coordinator, people.police
    coordinator.page.goto(address)
    coordinator.press("Be om granskning")
    coordinator.press(re.compile("^Godkänn för Söderhamns"))
    police.page.goto(address)
    expect(police.page.get_by_role("button", name=re.compile("^Godkänn för Söder"))).to_have_count(
        0
    )
    police.press(re.compile("^Godkänn för Polisen"))
    police.shows("Varje part har godkänt texten som den står.")
    coordinator.page.goto(address)


def write_a_promise(coordinator: Visitor) -> str:
    """A promise for two years with one counted point and who signs. Returns its staff page."""
    page = coordinator.page
    page.goto(f"{STAFF}/loften/nytt")
    page.get_by_label("Vad löftet handlar om").fill(PROMISE)
    page.get_by_label("Vad det kallas").fill("Medborgarlöfte 2022–2023")
    page.get_by_label("Första dagen").fill("2022-01-01")
    page.get_by_label("Sista dagen").fill("2023-12-31")
    page.get_by_label("Ni sa").fill("Många går omvägar på kvällen.")
    page.get_by_label("Vi lovar").fill("Vuxna syns i centrum på kvällarna.")
    page.get_by_label("Hur löftet följs upp").fill("Varje halvår")
    coordinator.press("Spara")
    coordinator.heading(PROMISE)
    address = page.url
    add_a_counted_point(coordinator)
    for party, role in (
        ("Polisen i lokalpolisområde", "Lokalpolisområdeschef"),
        ("Söderhamns kommun", "Kommunstyrelsens ordförande"),
    ):
        page.goto(f"{address}/undertecknare/ny")
        page.get_by_role("radio", name=party).check()
        page.get_by_role("textbox", name="Roll").fill(role)
        coordinator.press("Spara")
    return address


def add_a_counted_point(coordinator: Visitor) -> None:
    """Four in two years, of the same walks that the plan wants two of a year."""
    page = coordinator.page
    coordinator.follow("Lägg till en punkt")
    page.get_by_label("Punkten med några få ord").fill("Nattvandringar")
    page.get_by_label("Vad som lovas").fill("Minst fyra nattvandringar under perioden.")
    page.get_by_label("Polisen och kommunen tillsammans").check()
    page.get_by_label("Vi räknar hur många gånger").check()
    page.get_by_label("Hur mycket och hur ofta, med löftets").fill("minst fyra (4) 2022–2023")
    page.get_by_role("textbox", name="Vad som räknas").fill("nattvandringar")
    page.get_by_role("group", name="Aktiviteter som räknas").get_by_label(COUNTED).check()
    coordinator.press("Spara")
    photograph(coordinator, "point-read-back")
    coordinator.shows("Minst 4")
    coordinator.press("Spara")
    coordinator.shows("Punkten är sparad.", "Nattvandringar")


def approve_and_publish_the_promise(people: People, address: str) -> None:
    """The gate names what is missing, and a reason lets it pass."""
    coordinator = people.coordinator
    both_approve(people, address)
    photograph(coordinator, "promise-approved")
    coordinator.page.get_by_label("Publicera ändå, därför att").fill("Vi börjar med det vi vet.")
    coordinator.press(re.compile("^Publicera"))
    coordinator.shows("Löftet är publicerat.")
    people.years.work()


def subscribe(people: People, public: str) -> None:
    """Ask on the promise's page, and say yes on the page that the mail leads to."""
    reader, years = people.reader, people.years
    reader.page.goto(public)
    reader.heading(PROMISE)
    reader.shows("Har inte börjat", "Uppföljning: Varje halvår")
    photograph(reader, "promise-new")
    reader.follow(re.compile("^Följ löftet"))
    reader.page.get_by_label("Din mejladress").fill("anna@hem.example")
    photograph(reader, "follow")
    reader.press("Skicka mejl till mig")
    photograph(reader, "look-in-mail")
    years.work()
    (question,) = years.new_mail()
    assert question["To"] == "anna@hem.example"
    reader.page.goto(link_in(question))
    reader.heading("Vill du få mejl?")
    photograph(reader, "say-yes")
    reader.press("Ja, skicka mejl till mig")
    reader.heading("Du följer det här")


def log_an_occasion(field: Visitor, state: str = "Det blev av") -> None:
    """On a phone: one tap to the activity, one to save."""
    field.page.goto(f"{STAFF}/tillfallen/?vems=alla")
    photograph(field, "activities")
    field.follow(COUNTED)
    field.page.get_by_label(state).check()
    field.page.get_by_label("Anteckning som alla kan läsa").fill("Tolv vuxna gick.")
    photograph(field, "log")
    field.press("Spara")
    field.shows("Tolv vuxna gick.")


def three_of_four(people: People, promise: str, public: str, plan: str) -> None:
    """After the first year: on its way, for staff and for readers."""
    people.years.on("2023-01-10", hour=10)
    look_at(people, promise, "staff-three", re.compile("3 av 4"))
    look_at(people, plan, "staff-plan-three", re.compile("3 av 2"))
    people.reader.page.goto(public)
    people.reader.shows(re.compile("3 av 4"), "Tolv vuxna gick.")
    photograph(people.reader, "promise-three")
    for address, name in (("/soderhamn/loften/", "promises"), ("/soderhamn/", "start")):
        people.reader.page.goto(address)
        people.reader.shows(PROMISE)
        photograph(people.reader, name)


def four_of_four(people: People, promise: str, public: str, plan: str) -> None:
    """The promise has come to what it said, while the plan waits for one more this year."""
    look_at(people, promise, "staff-four", re.compile("4 av 4"))
    look_at(people, plan, "staff-plan-four", re.compile("1 av 2"))
    people.reader.page.goto(public)
    people.reader.shows(re.compile("4 av 4"))
    photograph(people.reader, "promise-four")


def look_at(people: People, address: str, name: str, words: re.Pattern[str]) -> None:
    """A staff page shows ``words``."""
    people.coordinator.page.goto(address)
    people.coordinator.shows(words)
    photograph(people.coordinator, name)


def the_reader_is_told(people: People, public: str, count: str) -> EmailMessage:
    """A mail has come the morning after, with a link to the page as it is now; the feed has it."""
    years, reader = people.years, people.reader
    years.on(f"{years.now:%Y-%m}-{years.now.day + 1:02}")
    digest = years.new_mail()[-1]
    assert PROMISE in digest["Subject"]
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert COUNTED in digest.get_content()
    for feed in (f"{public}.atom", "/soderhamn/loften.atom"):
        latest = feed_entries(reader.page.request, feed)[0]
        assert PROMISE in latest
        assert COUNTED in latest
    reader.page.goto(public)
    reader.shows(count)
    return digest


def unsubscribe(people: People, digest: EmailMessage) -> None:
    """As a mail program does: one request, and no more mail."""
    years = people.years
    stop = digest["List-Unsubscribe"].strip(" <>")
    ended = people.reader.page.request.post(stop, form={"List-Unsubscribe": "One-Click"})
    assert ended.ok
    years.on("2023-10-20")
    log_an_occasion(people.field, "Det skulle ha blivit av")
    years.on("2023-10-21")
    assert years.new_mail() == []


def the_period_is_over(people: People, public: str, plan: str) -> None:
    """Three and one: four in two years is kept, two a year is not, and both pages say both."""
    reader, each_year = people.reader, "3 av 2 under 2022, 1 av 2 under 2023"
    reader.page.goto(public)
    point = reader.page.get_by_role("listitem").filter(has_text="Räknas också i handlingsplanen")
    expect(point.last).to_contain_text("4 av 4")
    expect(point.last).to_contain_text("Klart")
    expect(point.last).to_contain_text(f"minst 2 per år: {each_year}. Nåddes inte")
    photograph(reader, "promise-over")
    reader.page.goto(plan.replace("/handlaggning/handlingsplaner/", "/handlingsplan/"))
    row = reader.page.get_by_role("row").filter(has_text=COUNTED).first
    expect(row).to_contain_text(each_year)
    expect(row).to_contain_text("Nåddes inte")
    photograph(reader, "plan-over")
