"""Invented personal data, one piece at a time, in the ways that people write it.

Nothing here belongs to anybody: birth numbers 980-989, telephone numbers from the series reserved
for fiction, plates with letters that Swedish plates never use, mail at example domains, made-up
streets, and names put together at random. Each function gives the values that a form of
``masking_forms.toml`` may ask for.
"""

import random
import string
from collections.abc import Callable, Mapping

from faker.providers.person.sv_SE import Provider as SwedishNames
from stdnum import luhn

from benchmarks.masking_forms import value_words

Values = Mapping[str, str | int]

_FIRST_NAMES = tuple(sorted(SwedishNames.first_names))
_LAST_NAMES = tuple(sorted(SwedishNames.last_names))
_SERIES = (
    ("070", 1740605, 94),
    ("08", 46500400, 99),
    ("031", 3900600, 99),
    ("040", 6280400, 99),
    ("0980", 319200, 99),
)
_WORDS = value_words("words")
_STREETS = value_words("streets")
_STREET_ENDINGS = ("gatan", "gatan", "vägen", "vägen", "stigen", "gränd")
_TOWNS = ("Söderhamn", "Ljusne", "Sandarne", "Bergvik", "Mohed")
_INVENTED_FAMILY = value_words("invented_family")
_NICKNAMES = value_words("nicknames")
_LOGINS = value_words("logins")
_PLAIN = str.maketrans("åäöéü", "aaoeu")


def _digit_words(digits: str) -> str:
    return " ".join(_WORDS[int(digit)] for digit in digits)


def _digits(rng: random.Random, number: int) -> str:
    return "".join(rng.choice(string.digits) for _ in range(number))


def _fours(digits: str, between: str) -> str:
    return between.join(digits[i : i + 4] for i in range(0, len(digits), 4))


def personal_number(rng: random.Random) -> Values:
    """A birth date (or one with 60 added to its day) and four digits with the right checksum."""
    year, month, day = rng.randrange(1930, 2016), rng.randrange(1, 13), rng.randrange(1, 29)
    day += 60 if rng.random() < 0.15 else 0
    born, number = f"{year}{month:02}{day:02}", f"98{rng.randrange(10)}"
    short, check = born[2:], int(luhn.calc_check_digit(born[2:] + number))
    last = f"{number}{check}"
    return {
        "b": born, "s": short, "l": last, "wrong": f"{number}{(check + 1) % 10}",
        "y": born[:4], "yy": born[2:4], "m": born[4:6], "d": born[6:],
        "l1": last[:2], "l2": last[2:],
        "spaced": " ".join(born), "short": " ".join(short), "lspaced": " ".join(last),
        "o": f"{short}-{last}".replace("0", "O"), "words": _digit_words(short + last),
    }  # fmt: skip


def phone(rng: random.Random) -> Values:
    """A number of a reserved series: its area code and the rest in many groupings."""
    area, first, more = rng.choice(_SERIES)
    rest = str(first + rng.randrange(more))
    whole, grouped = area + rest, f"{rest[:-4]} {rest[-4:-2]} {rest[-2:]}"
    return {
        "a": area, "n": area[1:], "r": rest, "g": grouped, "h1": rest[:3], "h2": rest[3:],
        "dots": grouped.replace(" ", "."), "dashes": grouped.replace(" ", "-"),
        "spaced": " ".join(whole), "o": f"{area}-{grouped}".replace("0", "O"),
        "o2": grouped.replace("0", "o"),
        "words": _digit_words(whole), "nol": _digit_words(whole).replace("noll", "nol"),
        "awords": _digit_words(area), "commas": ", ".join(_WORDS[int(d)] for d in whole),
        "pairs": " ".join(whole[i : i + 2] for i in range(0, len(whole), 2)),
    }  # fmt: skip


def email(rng: random.Random) -> Values:
    """The parts of an address at a domain for examples."""
    first = rng.choice(_FIRST_NAMES).lower().translate(_PLAIN)
    last = rng.choice(_INVENTED_FAMILY).lower().translate(_PLAIN)
    end = rng.choice(("com", "org", "net", "se"))
    return {
        "f": first, "F": first.title(), "l": last, "n": rng.randrange(1, 99), "e": end,
        "E": end.upper(),
    }  # fmt: skip


def plate(rng: random.Random) -> Values:
    """Three letters, two digits, and a digit or a letter."""
    letters = rng.choice("IQV") + "".join(rng.choice(string.ascii_uppercase) for _ in range(2))
    digits, last = _digits(rng, 2), rng.choice(string.digits + "ABCDEFGHJKLMNPRSTUWXYZ")
    return {
        "L": letters, "l": letters.lower(), "T": letters.title(), "d": digits, "x": last,
        "X": last.lower(), "lspaced": " ".join(letters),
        "spaced": " ".join(letters + digits + last),
    }  # fmt: skip


def address(rng: random.Random) -> Values:
    """A street, also cut off and misspelt, with what may follow it."""
    beginning, ending = rng.choice(_STREETS), rng.choice(_STREET_ENDINGS)
    street = beginning + ending
    return {
        "s": street, "low": street.lower(), "up": street.upper(), "b": beginning,
        "spaced": " ".join(street), "slip": beginning + _slip(rng, rng.choice(("gatan", "vägen"))),
        "short": beginning + ("sg" if ending == "gatan" else "v"),
        "dir": rng.choice(("Södra", "Norra", "Östra", "Gamla", "Nya", "Lilla")),
        "n": rng.randrange(1, 120), "w": rng.choice(("tolv", "fjorton", "tjugotre")),
        "f": rng.randrange(1001, 1604), "c": rng.choice("ABCD"), "lc": rng.choice("abcd"),
        "town": rng.choice(_TOWNS), "zip": f"82{rng.randrange(1, 9)} {rng.randrange(10, 99)}",
    }  # fmt: skip


def _slip(rng: random.Random, word: str) -> str:
    """``word`` with two letters swapped or one left out, not at its ends."""
    place = rng.randrange(2, len(word) - 2)
    if rng.random() < 0.5:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place + 1 :]


def account(rng: random.Random) -> Values:
    """Numbers of a bank account, a bankgiro, a plusgiro, an IBAN and a card, with checksums."""
    giro, card, number = _digits(rng, 6), "45" + _digits(rng, 13), _digits(rng, 20)
    giro += luhn.calc_check_digit(giro)
    card += luhn.calc_check_digit(card)
    iban = f"SE{98 - int(number + '281400') % 97:02}{number}"
    nine = _digits(rng, 9)
    return {
        "c": rng.randrange(3000, 9900), "k": _digits(rng, 1),
        "a": f"{nine[:3]} {nine[3:6]} {nine[6:]}",
        "a7": nine[:7], "a9": nine, "bg": f"{giro[:3]}-{giro[3:]}",
        "bg8": f"5{_digits(rng, 3)}-{_digits(rng, 4)}",
        "pg": f"{giro[:2]} {giro[2:4]} {giro[4:6]}-{giro[6]}", "spaced": " ".join(_digits(rng, 11)),
        "iban": iban, "ibanlow": iban.lower(), "ibang": _fours(iban, " "),
        "card": card, "cardg": _fours(card, " "), "cardd": _fours(card, "-"),
    }  # fmt: skip


def handle(rng: random.Random) -> Values:
    """Two words and a number."""
    return {"w": rng.choice(_LOGINS), "v": rng.choice(_LOGINS), "n": rng.randrange(1, 999)}


def name(rng: random.Random) -> Values:
    """Given names, family names in use and made up, nicknames and initials."""
    first, last = rng.choice(_FIRST_NAMES), rng.choice(_LAST_NAMES)
    return {
        "f": first, "l": last, "F": rng.choice(_FIRST_NAMES), "L": rng.choice(_LAST_NAMES),
        "i": rng.choice(_INVENTED_FAMILY), "nick": rng.choice(_NICKNAMES),
        "fl": first.lower(), "ll": last.lower(), "up": f"{first} {last}".upper(),
        "c": rng.choice("ABEJKLMPRST"), "C": rng.choice("ABEJKLMPRST"),
    }  # fmt: skip


VALUES: dict[str, Callable[[random.Random], Values]] = {
    "pnr": personal_number,
    "phone": phone,
    "email": email,
    "plate": plate,
    "address": address,
    "account": account,
    "handle": handle,
    "name": name,
}
