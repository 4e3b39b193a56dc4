"""Invented personal data, one piece at a time and written in the ways that people write it.

Nothing here belongs to anybody: birth numbers 980-989, telephone numbers from the series reserved
for fiction, plates with letters that Swedish plates never use, mail at example domains, streets and
most names made up. The writings in ``HELD_OUT`` were never looked at while the finders were tuned.
"""

import random
import string
from collections.abc import Callable

from faker.providers.person.sv_SE import Provider as SwedishNames
from stdnum import luhn

Writer = Callable[[random.Random], str]

_FIRST_NAMES = tuple(sorted(SwedishNames.first_names))
_LAST_NAMES = tuple(sorted(SwedishNames.last_names))
_SERIES = (("070", "1740605", 94), ("08", "46500400", 99), ("031", "3900600", 99),
           ("040", "6280400", 99), ("0980", "319200", 99))  # fmt: skip
_WORDS = "noll ett två tre fyra fem sex sju åtta nio".split()
_STREET_BEGINNINGS = """Lärksporre Backsippe Vide Enris Glitter Tallkotte Skrov Mesvinge Rimfrost Granbarr Hägg
Blåstång Kvastfibble Näckros Stenmurkle Trollslände Silverpil Ripfjäder Ljunghed Havtorns""".split()
_STREET_ENDINGS = ("gatan", "gatan", "vägen", "vägen", "stigen", "gränd")
_TOWNS = ("Söderhamn", "Ljusne", "Sandarne", "Bergvik", "Mohed")
_INVENTED_FAMILY = """Kvarnsveding Hagelbäck Tränsberg Stjärnqvist Ekmyra Grenmark Vintersköld Rimberg Askvind
Tjärnlund Bjälkegren Myrstedt Fjällqvist Snöbohm Ravinder Torvmark Skiffersten Gråhall""".split()
_NICKNAMES = "Rolle Ludde Bengan Kenta Micke Lasse Robban Sussie Tompa Nettan Jocke Steffe".split()
_ROLES = ("grannen", "läraren", "vaktmästaren", "min chef", "rektorn", "handläggaren", "min ex-man", "ordningsvakten",
          "busschauffören", "min granne", "fritidsledaren")  # fmt: skip
_LOGINS = "robban knarkis kungen skuggan lillan haj vargen epakillen snus bollen moppe".split()


def _digit_words(digits: str) -> str:
    return " ".join(_WORDS[int(d)] for d in digits)


def _slip(rng: random.Random, word: str) -> str:
    """``word`` with two letters swapped or one left out, not at its ends."""
    place = rng.randrange(2, len(word) - 2)
    if rng.random() < 0.5:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place + 1 :]


def _birth(rng: random.Random) -> tuple[str, str]:
    """Eight digits of a day and four of a number, with the right checksum."""
    year, month, day = rng.randrange(1930, 2016), rng.randrange(1, 13), rng.randrange(1, 29)
    day += 60 if rng.random() < 0.15 else 0
    begins, number = f"{year}{month:02}{day:02}", f"98{rng.randrange(10)}"
    return begins, number + luhn.calc_check_digit(begins[2:] + number)


def _pnr(form: str) -> Writer:
    def write(rng: random.Random) -> str:
        born, last = _birth(rng)
        return form.format(
            b=born, s=born[2:], l=last, y=born[:4], yy=born[2:4], m=born[4:6], d=born[6:], l1=last[:2], l2=last[2:],
            spaced=" ".join(born), short=" ".join(born[2:]), lspaced=" ".join(last),
            o=(born[2:] + "-" + last).replace("0", "O"), words=_digit_words(born[2:] + last),
        )  # fmt: skip

    return write


def _wrong_pnr(rng: random.Random) -> str:
    born, last = _birth(rng)
    return f"personnummer {born}-{last[:3]}{(int(last[3]) + 1) % 10}".removeprefix("personnummer ")


def _phone_digits(rng: random.Random) -> tuple[str, str]:
    area, first, more = rng.choice(_SERIES)
    return area, str(int(first) + rng.randrange(more)).zfill(len(first))


def _phone(form: str) -> Writer:
    def write(rng: random.Random) -> str:
        area, rest = _phone_digits(rng)
        grouped = f"{rest[:-4]} {rest[-4:-2]} {rest[-2:]}"
        return form.format(
            a=area, r=rest, g=grouped, n=area[1:], dots=grouped.replace(" ", "."), dashes=grouped.replace(" ", "-"),
            spaced=" ".join(area + rest), o=(area + "-" + grouped).replace("0", "O"), h1=rest[:3], h2=rest[3:],
            words=_digit_words(area + rest), nol=_digit_words(area + rest).replace("noll", "nol"),
            pairs=" ".join((area + rest)[i : i + 2] for i in range(0, len(area + rest), 2)),
            awords=_digit_words(area), commas=", ".join(_WORDS[int(d)] for d in area + rest),
        )  # fmt: skip

    return write


def _email(form: str) -> Writer:
    def write(rng: random.Random) -> str:
        first = rng.choice(_FIRST_NAMES).lower().translate(str.maketrans("åäöéü", "aaoeu"))
        last = rng.choice(_INVENTED_FAMILY).lower().translate(str.maketrans("åäö", "aao"))
        end = rng.choice(("com", "org", "net", "se"))
        return form.format(f=first, l=last, e=end, n=rng.randrange(1, 99), E=end.upper(), F=first.title())

    return write


def _plate(form: str) -> Writer:
    def write(rng: random.Random) -> str:
        letters = "".join(rng.choice("IQV" if i == 0 else string.ascii_uppercase) for i in range(3))
        digits = f"{rng.randrange(100)}".zfill(2)
        last = rng.choice(string.digits + "ABCDEFGHJKLMNPRSTUWXYZ")
        return form.format(
            L=letters, l=letters.lower(), d=digits, x=last, X=last.lower(), spaced=" ".join(letters + digits + last),
            lspaced=" ".join(letters), T=letters.title(),
        )  # fmt: skip

    return write


def _address(form: str) -> Writer:
    def write(rng: random.Random) -> str:
        beginning, ending = rng.choice(_STREET_BEGINNINGS), rng.choice(_STREET_ENDINGS)
        street = beginning + ending
        return form.format(
            s=street, low=street.lower(), n=rng.randrange(1, 120), f=rng.randrange(1001, 1604), c=rng.choice("ABCD"),
            town=rng.choice(_TOWNS), zip=f"82{rng.randrange(1, 9)} {rng.randrange(10, 99)}", lc=rng.choice("abcd"),
            short=beginning + ("sg" if "gatan" in street else "v"), up=street.upper(), b=beginning,
            slip=beginning + _slip(rng, rng.choice(("gatan", "vägen"))), w=rng.choice(("tolv", "fjorton", "tjugotre")),
            spaced=" ".join(street), dir=rng.choice(("Södra", "Norra", "Östra", "Gamla", "Nya", "Lilla")),
        )  # fmt: skip

    return write


def _account(form: str) -> Writer:
    def write(rng: random.Random) -> str:
        def digits(n: int) -> str:
            return "".join(rng.choice(string.digits) for _ in range(n))

        giro, card = digits(6), "45" + digits(13)
        number = digits(20)
        check = 98 - int(number + "281400") % 97
        iban = f"SE{check:02}{number}"
        card += luhn.calc_check_digit(card)
        return form.format(
            c=rng.randrange(3000, 9900), a=f"{digits(3)} {digits(3)} {digits(3)}", a7=digits(7), a9=digits(9),
            k=digits(1), bg=f"{giro[:3]}-{giro[3:]}{luhn.calc_check_digit(giro)}", iban=iban, ibanlow=iban.lower(),
            bg8=f"5{digits(3)}-{digits(4)}", pg=f"{giro[:2]} {giro[2:4]} {giro[4:]}-{luhn.calc_check_digit(giro)}",
            ibang=" ".join(iban[i : i + 4] for i in range(0, 24, 4)), card=card, spaced=" ".join(digits(11)),
            cardg=" ".join(card[i : i + 4] for i in range(0, 16, 4)), cardd="-".join(card[i : i + 4] for i in (0, 4, 8, 12)),
        )  # fmt: skip

    return write


def _handle(form: str) -> Writer:
    def write(rng: random.Random) -> str:
        login = rng.choice(_LOGINS)
        return form.format(w=login, v=rng.choice(_LOGINS), n=rng.randrange(1, 999))

    return write


def _name(form: str) -> Writer:
    def write(rng: random.Random) -> str:
        first = rng.choice(_FIRST_NAMES)
        last = rng.choice(_LAST_NAMES)
        return form.format(
            f=first, l=last, F=rng.choice(_FIRST_NAMES), L=rng.choice(_LAST_NAMES),
            i=rng.choice(_INVENTED_FAMILY), nick=rng.choice(_NICKNAMES), fl=first.lower(), ll=last.lower(),
            c=rng.choice("ABEJKLMPRST"), C=rng.choice("ABEJKLMPRST"),
        )  # fmt: skip

    return write


# kind -> (carrier form, writer of the piece); "{x}" in the carrier is the piece.
Form = tuple[str | None, Writer]


def _forms(write: Callable[[str], Writer], *forms: str) -> list[Form]:
    """A form is what the piece looks like, or "words before {x}|what the piece looks like"."""
    result: list[Form] = []
    for form in forms:
        carrier, bar, piece = form.rpartition("|")
        result.append((carrier if bar else None, write(piece)))
    return result


TUNED: dict[str, list[Form]] = {
    "pnr": [
        *_forms(_pnr, "{b}-{l}", "{s}-{l}", "{b}{l}", "{s}{l}", "{s} {l}", "{b} {l}", "{s}+{l}", "{y}-{m}-{d}-{l}",
                "{y}.{m}.{d}-{l}", "{spaced} - {lspaced}", "{short}-{lspaced}", "{s}, sista fyra {l}", "{o}",
                "{s} sista fyra är {l}", "{yy} {m} {d} {l}", "{words}", "{s} - {l}"),
        ("mitt personnummer är {x}", _wrong_pnr), ("pers.nr {x}", _wrong_pnr),
    ],
    "phone": _forms(_phone, "{a}-{g}", "{a}{r}", "{a} {g}", "{a}-{r}", "+46 {n} {g}", "+46{n}{r}", "0046 {n} {g}",
                    "{a}.{dots}", "{a}/{g}", "({a}) {g}", "+46 (0){n}-{g}", "{spaced}", "{o}", "{words}", "{nol}"),
    "email": _forms(_email, "{f}.{l}@example.{e}", "{f}{n}@example.{e}", "{f}_{l}@example.{e}", "{F}.{l}@EXAMPLE.{E}",
                    "{f}.{l} (at) exempel punkt {e}", "{f}[at]example.{e}", "{f}.{l} @ example.{e}",
                    "{f} [snabel-a] exempel.{e}", "{f} snabela exempel punkt {e}", "{f}.{l}(a)example.{e}"),
    "plate": _forms(_plate, "{L} {d}{x}", "{L}{d}{x}", "{L}-{d}{x}", "{spaced}", "bilen har reg {x}|{l} {d}{X}",
                    "bilen har regnr {x}|{l}{d}{X}", "en volvo {x}|{l} {d}{X}"),
    "address": _forms(_address, "{s} {n}", "{s} {n} {c}", "{s} {n}{c}", "{s} {n} lgh {f}", "{s} {n}, {zip} {town}",
                      "{low} {n}", "han bor på {x}|{short}. {n}", "{slip} {n}", "{s} nr {n}", "{dir} {s} {n}",
                      "{s} {n}{lc}, {zip} {town}", "{dir} vägen {n}"),
    "account": _forms(_account, "kontonummer {x}|{c}-{k}, {a}", "kontonr: {x}|{c} {a7}", "mitt konto {x}|{c}, {a}",
                      "{c}-{a}", "bankgiro {x}|{bg}", "bg {x}|{bg8}", "plusgiro {x}|{pg}", "{iban}", "{ibang}",
                      "{cardg}", "{card}", "konto {x}|{spaced}", "kortnummer {x}|{cardd}"),
    "handle": _forms(_handle, "@{w}_{n}", "@{w}{v}", "hans snap: {x}|{w}{n}", "insta {x}|{w}_{n}", "facebook.com/{w}.{v}",
                     "en som heter {x} på TikTok|{w}{v}", "lägg till {x} på snap|{w}_{v}", "snapchat {x}|{w}{n}",
                     "instagram: {x}|{w}.{v}", "kontot {x} lägger ut filmer|{w}_{v}{n}"),
    "name": _forms(_name, "{f} {l}", "{F} {i}", "{f} {l}-{L}", "{nick} {i}", "grannen {x}|{nick}", "läraren {x}|{f} {l}",
                   "en kille som heter {x}|{nick}", "{fl} {ll}", "{f} {c}", "vaktmästaren {x}|{c}.{C}.", "{c}. {l}",
                   "{x} på socialen gjorde inget|{nick}", "familjen {x}|{i}", "{f} {F} {l}"),
}  # fmt: skip

HELD_OUT: dict[str, list[Form]] = {
    "pnr": _forms(_pnr, "{y}/{m}/{d} {l}", "{s}.{l}", "{b} - {l}", "{y} {m} {d} {l}", "{yy}-{m}-{d}-{l}", "{s} -{l}",
                  "{b}, de fyra sista är {l}", "{s}–{l}", "{spaced} {lspaced}", "{s} och sista fyra {l}", "{b}–{l}",
                  "pnr {x}|{s} {l1} {l2}", "person nummer: {x}|{b}{l}", "personnumer {x}|{yy}{m}{d} {l}"),
    "phone": _forms(_phone, "{a} - {g}", "{a}–{g}", "{a} {r}", "00 46 {n} {g}", "+46-{n}-{g}", "{a}-{dashes}", "{pairs}",
                    "{a} / {r}", "{a} {h1} {h2}", "{a}_{r}", "{awords} {g}", "{a} streck {g}", "{commas}", "0046({n}){r}"),
    "email": _forms(_email, "{f}-{l}@example.{e}", "{f}.{l}+tips@mail.example.{e}", "{f}.{l}@ example.{e}",
                    "{f} punkt {l} snabel-a exempel punkt {e}", "{f}.{l} {{at}} example {{dot}} {e}", "{f}{n} at exempel dot {e}",
                    "{f}(snabel-a)example.{e}", "{f}.{l}@example . {e}", "{f}{l} (a) exempel (punkt) {e}", "{f}_{n}@example,{e}"),
    "plate": _forms(_plate, "{L}  {d}{x}", "{L}.{d}{x}", "{lspaced} {d}{x}", "moppe med skylten {x}|{T} {d}{x}",
                    "registreringsnummer: {x}|{l}-{d}{X}", "en vit skåpbil {x}|{l}{d}{X}", "{L}_{d}{x}"),
    "address": _forms(_address, "{s} {n}, lägenhet {f}", "{s} {n} uppg {c}", "{s}, nr {n}", "{up} {n}", "adress: {x}|{low} {n}{lc}",
                      "{s} {n} {town}|{s} {n}", "{s} {n} 2 tr", "{dir} {s} {n}{c}, {zip} {town}", "hon bor i huset {x}|{s} {n} a",
                      "{b}g. {n}", "{dir} torget {n}", "jag bor på {x}.|{s} {w}", "{s} {n}, SE-{zip} {town}", "{spaced} {n}"),
    "account": _forms(_account, "bankkonto {x}|{c}-{k} {a}", "clearing {x}|{c}, konto {a9}", "betala till {x}|{c}-{a7}",
                      "BG: {x}|{bg}", "PG {x}|{pg}", "{ibanlow}", "kontot {x}|{c}{a9}", "bankgironummer {x}|{bg8}", "{cardd}",
                      "iban {x}|{ibang}", "kortet {x}|{cardg}"),
    "handle": _forms(_handle, "snap är {x}|{w}{n}", "t.me/{w}{v}", "https://www.instagram.com/{w}_{v}", "@ {w}{n}",
                     "hon kallar sig {x} på insta|{w}.{v}", "tiktok.com/@{w}{n}", "användaren {x}|{w}{n}", "discord: {x}|{w}#1{n:03}",
                     "skriv till {x} på snapchat|{w}{n}", "på snap heter han {x}|{w}{v}"),
    "name": _forms(_name, "{f} von {l}", "{f}-{F} {l}", "rektor {x}|{f} {i}", "{x} slår sin fru|{f} {l}", "{f} {l}s", "{fl} {ll}sson",
                   "min son {x} blev rånad|{f}", "mvh {x}|{f} {i}", "läraren {x} i 8B|{c}.{C}", "granntanten {x}|{f}",
                   "jag heter {x}|{f}", "{nick} {c}", "kommunpolisen {x}|{f} {l}", "bröderna {x}|{l}", "{c} {i}|{f} {i}"),
}  # fmt: skip
