"""Every page of the application. Importing a module adds its pages to the blueprint it names."""

from flask import Flask

from webapp.request_body import keep_faulty_body
from webapp.views import base_map_files, health, open_data, short_links
from webapp.views.public import about, cards, maps, pictures, start
from webapp.views.public import promises as public_promises
from webapp.views.public import results as public_figures
from webapp.views.staff import (
    access_log,
    agreement,
    claims,
    codebook,
    codebook_files,
    codebook_moves,
    coding,
    comparison,
    crosstab,
    dialogue_settings,
    editorial,
    entry,
    evidence,
    evidence_page,
    free_text,
    home,
    hotspot_map,
    languages,
    map_editions,
    map_exports,
    occasions,
    one_answer,
    owners,
    plan_parts,
    plans,
    progress,
    promise_points,
    promises,
    result_editions,
    results,
    row_export,
    safety,
    settings,
    settings_color,
    settings_limits,
    settings_police,
    settings_population,
    settings_safety,
    sharing,
    suspicious,
    table_files,
    weighting,
)
from webapp.views.staff import pictures as staff_pictures
from webapp.views.survey import (
    base_map,
    card,
    dialogues,
    form,
    offline,
    place_maps,
    receipt,
    screening,
    script_words,
)

MODULES = (
    health,
    open_data,
    base_map_files,
    short_links,
    start,
    pictures,
    maps,
    public_figures,
    public_promises,
    about,
    cards,
    form,
    card,
    dialogues,
    receipt,
    base_map,
    place_maps,
    screening,
    script_words,
    offline,
    entry,
    home,
    results,
    row_export,
    comparison,
    weighting,
    table_files,
    free_text,
    one_answer,
    safety,
    access_log,
    hotspot_map,
    map_exports,
    map_editions,
    result_editions,
    sharing,
    suspicious,
    evidence,
    evidence_page,
    codebook,
    codebook_files,
    codebook_moves,
    coding,
    agreement,
    staff_pictures,
    editorial,
    claims,
    crosstab,
    promises,
    promise_points,
    occasions,
    progress,
    plan_parts,
    plans,
    owners,
    settings,
    settings_color,
    settings_population,
    settings_limits,
    settings_police,
    settings_safety,
    dialogue_settings,
    languages,
)
# Forms that show themselves again, filled in, where a body cannot be read in full.
# A table that a spreadsheet saved is seldom UTF-8; the import finds out what it is.
FAULTY_BODIES = (
    "survey.submit",
    "survey.look_up",
    "staff.settings_population",
    "staff.upload_codebook",
)


def init_views(app: Flask) -> None:
    """Register all pages; modules of one package share a blueprint."""
    for blueprint in dict.fromkeys(module.blueprint for module in MODULES):
        app.register_blueprint(blueprint)
    for endpoint in FAULTY_BODIES:
        keep_faulty_body(app, endpoint)
