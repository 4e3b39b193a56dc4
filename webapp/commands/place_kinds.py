"""What lists of places call kinds and columns, in Swedish as in English: guessed, and said.

A kind that is guessed is told, so that a person can see what became of each word.
"""

from collections import Counter
from collections.abc import Mapping

from surveys.models.place import PlaceKind
from surveys.text.place_search import fold

# As `fold` writes them: small letters without dots and rings.
_KINDS: dict[PlaceKind, str] = {
    PlaceKind.LOCALITY: "ort tatort smaort by samhalle stad kommundel_ort",
    PlaceKind.DISTRICT: "stadsdel kommundel omrade omraden distrikt delomrade",
    PlaceKind.SQUARE: "torg torget centrum stadskarna gagata centrumgata plats plan",
    PlaceKind.STATION: "station jarnvagsstation tagstation resecentrum busstation terminal"
    " bussterminal tunnelbana",
    PlaceKind.BUS_STOP: "hallplats busshallplats hpl bussskur sparvagnshallplats",
    PlaceKind.PARK: "park parken gronomrade gronyta lekplats lekpark",
    PlaceKind.TUNNEL: "tunnel gangtunnel viadukt undergang bro under_bron",
    PlaceKind.PATH: "gangvag cykelvag gc_vag gcvag gangstig cykelbana gang_och_cykelvag",
    PlaceKind.TRAIL: "motionsspar elljusspar spar slinga skog vandringsled friluftsomrade",
    PlaceKind.SCHOOL: "skola grundskola gymnasium gymnasieskola forskola skolgard hogskola",
    PlaceKind.YOUTH_CENTRE: "fritidsgard ungdomsgard ungdomens_hus fritidsklubb",
    PlaceKind.PARKING: "parkering parkeringsplats parkeringshus p_hus garage pendlarparkering",
    PlaceKind.SHOP: "butik affar matbutik kopcentrum galleria handel mack bensinstation",
    PlaceKind.NIGHTLIFE: "krog restaurang pub bar nattklubb utestalle",
    PlaceKind.HOUSING: "bostadsomrade bostader bostadshus flerfamiljshus trapphus boende kallare",
    PlaceKind.HOME: "hem bostad hemmet eget_hem",
    PlaceKind.SPORT: "idrottsplats idrottshall sporthall badplats badhus simhall arena ishall",
    PlaceKind.LIBRARY: "bibliotek",
    PlaceKind.ROAD: "vag gata korsning vagkorsning rondell landsvag",
    PlaceKind.OTHER: "annat ovrigt ovrig annan",
}
_BY_WORD = {
    word.replace("_", " "): kind for kind, words in _KINDS.items() for word in words.split()
}
_SHOWN = (
    "ort",
    "stadsdel",
    "torg",
    "station",
    "hållplats",
    "park",
    "tunnel",
    "gångväg",
    "motionsspår",
    "skola",
    "fritidsgård",
    "parkering",
    "butik",
    "krog",
    "bostadsområde",
    "hem",
    "idrottsplats",
    "bibliotek",
    "väg",
    "annat",
)
_COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("namn", "plats", "platsnamn", "ortnamn"),
    "lat": ("latitud", "latitude", "breddgrad", "y"),
    "lon": ("longitud", "longitude", "lng", "long", "langdgrad", "längdgrad", "x"),
    "kind": ("typ", "sort", "kategori", "platstyp", "slag", "type"),
    "population": ("folkmangd", "folkmängd", "invanare", "invånare", "antal"),
    "radius_m": ("radie_m", "radie", "radius"),
    "aliases": ("alias", "andra_namn", "andra namn"),
}


class KindGuesses:
    """Reads kinds, and keeps which words were guessed to mean which."""

    def __init__(self) -> None:
        self.guessed: Counter[tuple[str, PlaceKind]] = Counter()

    def read(self, typed: str) -> PlaceKind | None:
        """The kind that a word means; None where no kind is meant by it."""
        known = {kind.value: kind for kind in PlaceKind}
        if typed in known:
            return known[typed]
        word = fold(typed)
        kind = known.get(word.replace(" ", "_")) or _BY_WORD.get(word)
        if kind is None and word.endswith(("en", "et", "er", "ar", "or")):
            kind = _BY_WORD.get(word[:-2])
        if kind is not None:
            self.guessed[typed, kind] += 1
        return kind


def own_columns(columns: Mapping[str, str]) -> dict[str, str]:
    """Cells by our names: a column that has ours stays, others are known by their usual ones."""
    cells = dict(columns)
    for own, usual in _COLUMNS.items():
        if own not in cells:
            found = next((name for name in usual if name in cells), None)
            if found is not None:
                cells[own] = cells[found]
    return cells


def kind_words() -> str:
    """What can be written, a word for each kind: ours are read too, and are no help to a Swede."""
    return ", ".join(_SHOWN)


def name_columns() -> tuple[str, ...]:
    """What the column of names may be called, ours first."""
    return ("name", *_COLUMNS["name"])
