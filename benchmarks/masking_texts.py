"""Answers to put personal data into, and answers that hold none but look as if they did."""

import random
from dataclasses import dataclass

from benchmarks.personal_data import HELD_OUT, TUNED, Form

_CARRIERS = (
    "{x}", "{X} är det jag har att säga", "Det gäller {x}, gör något!", "ni kan nå mig här: {x} tack",
    "Mopparna kör hela natten ({x}) och ingen gör något.", "Hej, {x} igen. Mörkt vid stationen.",
    "Var på torget kl 22.30 den 4 maj, {x}, sedan hände inget på 45 minuter.", "kolla upp {x}",
    "Jag är 47 år och har bott här i 12 år. {X}. Sätt upp 3 lampor till.", "tips: {x}!!",
    "Har ringt 112 och 114 14 flera gånger om {x} utan svar", "Rånet vid Resecentrum, {x}",
)  # fmt: skip
_HELD_OUT_CARRIERS = (
    "vill att ni antecknar {x} innan mötet", "\"{x}\" stod det på lappen", "Skolgården efter 20. {X}\nMer ljus.",
    "ok så {x}. fattar ni?", "Det var 2 st som sprang, {x}; 5 minuter senare kom polisen", "{x} / bilarna i 70 på 30-väg",
    "inbrott för 85 000 kr och sen {x} i tre veckor",
)  # fmt: skip

_CLEAN = (
    "Bilarna kör {n} på 30-väg förbi skolan varje dag", "Det är mörkt på {street} efter klockan {h}",
    "{street} mellan {h}.00 och {h2}.30 på fredagar", "Ringde 114 14 och fick vänta {n} minuter",
    "Jag är {age} år och går inte ut efter {h}.{m}", "De stal saker för {n} 000 kr ur förrådet",
    "Bron över {road} borde målas", "Rondellen vid {road}-avfarten", "{shop} på kvällarna, {n} ungdomar utanför",
    "Hänt {n} gånger sen 2019, senast den {day}/{month}", "Den {day} {monthname} 2021 var det bråk vid {place}",
    "öppettider 08.00-16.30 räcker inte, ha öppet till {h}", "ring 112 eller 1177 sa de", "Buss {n} går aldrig i tid",
    "{street} {n} gånger i veckan", "Korsningen {street}/{street2}", "väg {n} förbi {place}", "{n} meter från {shop}",
    "Mellan {place} och {place2}, cykelbanan", "Fler poliser på {place} {weekday}ar", "{weekday} {h}-{h2} är värst",
    "Barnen är {small}-{small2} år och ute till {h}", "kostar {n} kr i månaden, borde vara gratis", "Ca {n} personer bor här",
    "Max på {place} är stökigt", "en Volvo {n} kör runt, runt", "SFS 2023:196 säger att ni ska göra en plan", "klass {small}B på rasten",
    "Det tog {n} min, sen {n2} min till, totalt {n3}", "Halva {place} är mörk. {n} av {n2} lampor trasiga.",
    "{Street} är värst, särskilt vid nr", "polisen har öppet tisdagar 10-12", "postnummer 826 40 har sämst belysning",
    "tel hjälplinjen 020-50 50 50 borde synas", "116 117 svarar inte och BRIS 116 111", "@ torget", "Snapchat hela tiden",
    "dom säljer på snap och insta", "på TikTok sprids allt", "kör i 110 på E4", "2021-10-31 hände det igen", "kl 0730 till 1600",
    "13-14 åringar, 5-6 st, 20-30 mopeder", "Folkets hus i {place}", "{shop} i {place}", "Svenska kyrkan och Röda korset gör bra saker",
    "Lucia på skolan och Valborg vid {place}", "Jag bor på {street} och hör allt", "bor på landet, {n} km till stan",
    "Sätt kameror på {place}, {n} stycken räcker", "Heja Broberg! Karl-Erik-korsningen är farlig", "I maj och augusti är det lugnt",
    "A-traktorer, EPA och EU-moppar", "Sankta Maria kyrka är mörk", "stormen Gudrun tog alla träd", "Björn och varg på {place}",
    "konto på Facebook krävs, dåligt", "kontoret stänger {h}", "bankkort och BankID är svårt för gamla", "nummer {n} i kön",
    "temperatur -{small}, halt och {n} cm snö", "3/4 av lamporna lyser, 50 % av buskarna klippta", "(14 år!) på domaren",
    "parkeringshuset våning {small}, plats {n}", "lgh brann i höghuset", "resultatet var {small}-{small2} mot Edsbyn", "linje {n} {h}.{m}",
    "Hamngatan sen. Tre bråk på en månad.", "på Norra Hamngatan sover folk i källaren", "Vad gör ni? Ingenting.", "Bakom Coop Forum står det bilar",
    "Ordna Midsommar i Stadsparken", "Trafikverket, Region Gävleborg och X-trafik skyller på varandra", "Östra berget och Västra hamnen",
    "I was followed near the Station on Friday", "Gata upp och gata ner är det mörkt", "ungefär {n} 000-{n2} 000 invånare",
)  # fmt: skip
_STREETS = "Köpmangatan Storgatan Kungsgatan Skolgatan Norralavägen Trädgårdsgatan Hamngatan Allégatan Lillgatan Rådhusgatan".split()
_PLACES = ("Resecentrum", "Rådhustorget", "Stugsund", "Ljusne", "Sandarne", "Oscarsborg", "stationen", "Faxeskolan", "Bergvik",
           "Söderala", "Stadsparken", "Norrtull", "Granskär", "Flygstaden", "Vågbro")  # fmt: skip
_SHOPS = ("ICA Maxi", "ICA Kvantum", "Coop", "Max", "Lidl", "Konsum", "Systembolaget", "Willys", "Preem", "apoteket", "Pizzeria Vulkanio")
_ROADS = ("E4", "väg 50", "väg 83", "riksväg 50", "Rv 83", "länsväg 583")
_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
_WEEKDAYS = "måndag tisdag onsdag torsdag fredag lördag söndag".split()


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text that holds one piece of personal data, from ``start`` to ``end`` (exclusive)."""

    text: str
    start: int
    end: int
    kind: str


def labelled_texts(n: int, seed: int, *, held_out: bool = False) -> list[LabelledText]:
    """``n`` texts, the kinds in turn; with ``held_out`` in writings that nothing was tuned on."""
    rng = random.Random(seed)
    forms, carriers = (HELD_OUT, _HELD_OUT_CARRIERS) if held_out else (TUNED, _CARRIERS)
    kinds = list(forms)
    return [_text(rng, kind, rng.choice(forms[kind]), rng.choice(carriers)) for kind in (kinds[i % len(kinds)] for i in range(n))]


def _text(rng: random.Random, kind: str, form: Form, carrier: str) -> LabelledText:
    told, write = form
    piece = write(rng)
    inner = (told or "{x}") if told is None or "{x}" in told else told + " {x}"
    begins_sentence = "{X}" in carrier
    before, after = carrier.replace("{X}", "{x}").split("{x}")
    told_before, told_after = inner.split("{x}")
    if begins_sentence and told_before:
        told_before = told_before[0].upper() + told_before[1:]
    start = len(before) + len(told_before)
    return LabelledText(before + told_before + piece + told_after + after, start, start + len(piece), kind)


def clean_texts(n: int, seed: int) -> list[str]:
    """``n`` answers free of personal data, of one or two sentences."""
    rng = random.Random(seed)
    return [_clean(rng) if rng.random() < 0.6 else f"{_clean(rng)}. {_clean(rng)}" for _ in range(n)]


def _clean(rng: random.Random) -> str:
    street, street2, place, place2 = (*rng.sample(_STREETS, 2), *rng.sample(_PLACES, 2))
    hour, small = rng.randrange(14, 22), rng.randrange(3, 9)
    return rng.choice(_CLEAN).format(
        n=rng.randrange(2, 400), n2=rng.randrange(2, 90), n3=rng.randrange(90, 400), h=hour, h2=hour + 2, street=street, street2=street2,
        Street=street, place=place, place2=place2, shop=rng.choice(_SHOPS), road=rng.choice(_ROADS), age=rng.randrange(12, 90),
        m=rng.choice(("00", "15", "30", "45")), day=rng.randrange(1, 29), month=rng.randrange(1, 13), monthname=rng.choice(_MONTHS),
        weekday=rng.choice(_WEEKDAYS), small=small, small2=small + 2,
    )  # fmt: skip
