"""What residents wrote is read masked: the original goes through one query, which is logged."""

import ast
from collections.abc import Iterator

from tests.architecture.test_habits import ROOT, modules

# Who may touch an original, each with its reason. No page and no export is among them.
MAY_READ = {
    "surveys/queries/texts/originals.py": "the one guarded query",
    "surveys/queries/dialogues/receipts.py": "whoever wrote it reads it, with the code",
    "surveys/queries/dialogues/imports.py": "compared with a file, shown to nobody",
    "surveys/services/texts/masking.py": "makes the masked form",
    "surveys/services/texts/hand_masking.py": "makes it by hand",
    "surveys/services/dialogues/safety.py": "looks for danger when it is stored",
    "surveys/services/dialogues/destruction.py": "takes it away",
    "surveys/services/dialogues/counts.py": "counts that there is one",
    "surveys/services/dialogues/count_checks.py": "counts that there is one",
    "surveys/queries/dialogues/response_rows.py": "tells of one, gives out the masked form",
    "surveys/queries/results/result_editions.py": "counts that there is one",
    "surveys/services/dialogues/responses.py": "takes it in",
    "surveys/services/dialogues/imports.py": "takes it in",
}
OF_ANSWERS = {"Answer", "MarkedPlace", "Response"}
ORIGINAL = {"text", "words"}
# Rows of other tables that have a text of their own, drafts, and the words that gave a theme.
NOT_ANSWERS = {
    "question",
    "claim",
    "update",
    "point",
    "draft",
    "area",
    "self",
    "coded",
    "data",
    "each",
}


def reads_of_originals(source: str) -> Iterator[str]:
    """Yield what may be the original in a module that handles rows of answers."""
    tree = ast.parse(source)
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "surveys.models.response"
        for alias in node.names
    }
    if not imported & OF_ANSWERS:
        return
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ORIGINAL and id(node) not in called:
            base = ast.unparse(node.value)
            if base.rpartition(".")[2] not in NOT_ANSWERS:
                yield f"{base}.{node.attr}"


def test_originals_are_read_in_few_places_and_on_no_page() -> None:
    found = {
        name: sorted(set(reads_of_originals(source)))
        for name, source in modules("surveys", "webapp")
        if name not in MAY_READ and not name.startswith("surveys/demo/")
    }
    assert {name: reads for name, reads in found.items() if reads} == {}


def test_the_places_that_may_read_them_do() -> None:
    sources = dict(modules("surveys"))
    assert [name for name in MAY_READ if not set(reads_of_originals(sources[name]))] == []


def test_the_guarded_query_is_called_where_the_look_is_logged() -> None:
    callers = {
        name
        for name, source in modules("surveys", "webapp")
        if "read_originals(" in source and name != "surveys/queries/texts/originals.py"
    }
    assert callers == {"surveys/services/texts/unmasking.py"}
    unmasking = (ROOT / "surveys/services/texts/unmasking.py").read_text(encoding="utf-8")
    assert "record_access(" in unmasking


def test_the_safety_queue_does_not_go_by_where_people_come_from() -> None:
    """No ethnicity, religion or nationality; ``test_themes.py`` holds the themes to it."""
    words = (
        "invandr", "utländsk", "utrikes", "flykting", "muslim", "islam", "judisk", "jude",
        "kristen", "romer", "zigenar", "somali", "afghan", "syrier", "irak", "arab", "afrikan",
        "hudfärg", "etni", "religio", "nationalitet", "blatte", "immigrant", "refugee", "jewish",
    )  # fmt: skip
    files = list((ROOT / "surveys/text").glob("safety*.py"))
    assert len(files) == 2
    text = "".join(file.read_text(encoding="utf-8").lower() for file in files)
    assert [word for word in words if word in text] == []
