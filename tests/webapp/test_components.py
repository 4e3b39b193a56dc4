"""The component macros: what they say, in Swedish, and what a screen reader is told."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextInput
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

Render = Callable[..., BeautifulSoup]


@pytest.fixture
def render(whole_app: Flask) -> Render:
    def render(macros: str, call: str, **values: object) -> BeautifulSoup:
        name = call.partition("(")[0]
        source = f'{{% from "components/{macros}.html" import {name} %}}{{{{ {call} }}}}'
        with whole_app.test_request_context():
            return BeautifulSoup(render_template_string(source, **values), "html.parser")

    return render


def words(soup: BeautifulSoup) -> str:
    return " ".join(soup.get_text(" ").replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ("status('done')", "Klart"),
        ("status('on_track')", "I fas"),
        ("status('ahead')", "Före plan"),
        ("status('ongoing')", "Pågår"),
        ("status('behind')", "Efter plan"),
        ("status('cancelled', reason='pengarna räckte inte')", "Avbrutet: pengarna räckte inte"),
        ("status('not_measurable')", "Kan inte mätas"),
        ("status('stale')", "Inte uppdaterat"),
    ],
)
def test_every_status_has_a_sign_and_a_word(render: Render, call: str, text: str) -> None:
    soup = render("status", call)
    assert soup.svg is not None
    assert words(soup) == text


def test_units_can_be_counted(render: Render) -> None:
    soup = render("counters", "units(3, 4, '3 av 4 insatser')")
    assert len(soup.select(".slot")) == 4
    assert len(soup.select(".slot--on")) == 3
    assert soup.div is not None
    assert soup.div["aria-label"] == "3 av 4 insatser"


def test_more_than_twelve_are_told_in_numbers_only(render: Render) -> None:
    assert not render("counters", "units(3, 13, 'x')").select(".slot")
    assert words(render("counters", "row(74, 78, 'veckor')")) == "74 av 78 veckor"


def test_weeks_show_what_was_held_missed_and_is_to_come(render: Render) -> None:
    soup = render("counters", "weeks([(2023, ['held', 'held', 'missed', 'holiday', 'future'])])")
    assert [len(soup.select(f"rect.{kind}")) for kind in "hmrf"] == [2, 1, 1, 1]


def test_the_parts_of_a_bar_fill_it_in_order(render: Render) -> None:
    parts = [{"label": "trygg", "share": 0.25, "n": 1}, {"label": "otrygg", "share": 0.75, "n": 3}]
    soup = render("charts", "scale(parts, 'Stapel', total=4)", parts=parts)
    rects = soup.select("svg.bar rect")
    assert [(r["x"], r["width"]) for r in rects] == [("0.00", "25.00"), ("25.00", "75.00")]
    rows = [words(row) for row in soup.select("tbody tr")]
    assert rows == ["trygg 1 25,0 %", "otrygg 3 75,0 %", "Alla som svarade 4 100 %"]


def test_an_interval_stands_on_its_axis(render: Render) -> None:
    rows = [{"label": "Samverkan", "share": 0.2, "low": 0.1, "high": 0.4}]
    soup = render("charts", "intervals(rows)", rows=rows)
    line, dot = soup.select_one("line.iv"), soup.select_one("circle.pt")
    assert line is not None
    assert dot is not None
    assert (line["x1"], dot["cx"], line["x2"]) == ("25.0%", "50.0%", "100.0%")
    assert "20 % (10–40)" in words(soup).replace("( ", "(").replace(" )", ")")


def test_residents_text_is_escaped(render: Render) -> None:
    soup = render("chain", "verbatim(text)", text="<script>x</script>\n\nNästa stycke")
    assert soup.script is None
    assert len(soup.select("p")) == 2


def test_emergency_numbers_are_links(render: Render) -> None:
    links = {a["href"]: words(a) for a in render("notes", "urgent()").select("a")}
    assert links == {"tel:112": "112", "tel:11414": "114 14"}


class TwoFields(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False

    trust = RadioField(
        "Hur trygg?",
        choices=[SelectChoice("5", "Mycket"), SelectChoice("1", "Lite")],
        widget=GovRadioInput(),
        validators=[InputRequired("Välj ett svar")],
    )
    title = StringField(
        "Rubrik", widget=GovTextInput(), validators=[InputRequired("Skriv en rubrik")]
    )


def test_errors_are_summed_up_and_tied_to_their_fields(whole_app: Flask) -> None:
    source = (
        '{% from "components/forms.html" import error_summary %}'
        "{{ error_summary(form) }}{{ form.trust() }}{{ form.title() }}"
    )
    with whole_app.test_request_context("/", method="POST"):
        form = TwoFields()
        assert not form.validate()
        soup = BeautifulSoup(render_template_string(source, form=form), "html.parser")
    assert "Två saker behöver rättas" in words(soup)
    for link in soup.select(".govuk-error-summary a"):
        assert soup.select_one(f"input{link['href']}") is not None
    field = soup.select_one("input#title")
    assert field is not None
    message = soup.find(id=field["aria-describedby"])
    assert message is not None
    assert message.get_text(" ", strip=True) == "Att rätta: Skriv en rubrik"
    assert not [hint for hint in soup.select(".govuk-hint") if not words(hint)]
    assert "Error" not in words(soup)
    assert "problem" not in words(soup)
