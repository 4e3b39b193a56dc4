"""Walks over all routes: nothing is added without a permission, a type and an example."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import Rule, UnicodeConverter

from webapp.access import PERMISSION_ATTRIBUTE

# The library's own sign-in pages and our way in: they decide themselves who may see them.
WITHOUT_PERMISSION = {"staff.entry"}


def rules(app: Flask, *blueprints: str) -> list[Rule]:
    found = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in blueprints]
    assert found, f"no routes in {blueprints}"
    return found


def test_each_staff_route_names_its_permission(whole_app: Flask) -> None:
    for rule in rules(whole_app, "staff"):
        if rule.endpoint in WITHOUT_PERMISSION:
            continue
        view = whole_app.view_functions[rule.endpoint]
        assert hasattr(view, PERMISSION_ATTRIBUTE), f"{rule.rule} is open to anybody"


def test_each_part_of_an_address_has_a_type(whole_app: Flask) -> None:
    for rule in whole_app.url_map.iter_rules():
        if rule.endpoint.startswith(("static", "security.", "_security.")):
            continue
        for name, converter in rule._converters.items():
            assert type(converter) is not UnicodeConverter, f"{rule.rule}: {name} takes anything"


def test_addresses_are_plain_words(whole_app: Flask) -> None:
    for rule in whole_app.url_map.iter_rules():
        fixed = rule.rule.split("<")[0]
        assert fixed == fixed.lower(), rule.rule
        assert "_" not in fixed, rule.rule
