"""Swedish words for 0 to 999 as digits, with the ways that they are misspelt."""

import re

_UNITS = {
    "0": "noll nol nolla nollan nåll nåll null nill",
    "1": "ett et etta ettan",
    "2": "två tvåa tva tvo tvåan",
    "3": "tre trea tree tre' trean",
    "4": "fyra fyr fyran fyrra fyara",
    "5": "fem femma femm fäm femman",
    "6": "sex sexa seks sexx sexan",
    "7": "sju sjua shu sjuh schu sjuan sjy",
    "8": "åtta åta atta ota åttan otta",
    "9": "nio nie nia nije nijo nian",
}
_TEENS = {
    "10": "tio tie tia",
    "11": "elva",
    "12": "tolv",
    "13": "tretton tretten",
    "14": "fjorton fjorten",
    "15": "femton femten",
    "16": "sexton sexten",
    "17": "sjutton sjutten",
    "18": "arton aderton arten",
    "19": "nitton nitten",
}
_TENS = {
    "2": "tjugo tjugi tjuge",
    "3": "trettio tretti trettie",
    "4": "fyrtio förti fyrti förtio fyrtie",
    "5": "femtio femti femtie",
    "6": "sextio sexti sextie",
    "7": "sjuttio sjutti sjuttie",
    "8": "åttio åtti attio åttie",
    "9": "nittio nitti nittie",
}
_HUNDREDS = ("etthundra", "tvåhundra", "trehundra", "fyrahundra", "femhundra", "sexhundra",
             "sjuhundra", "åttahundra", "niohundra")  # fmt: skip


def _number_words() -> dict[str, str]:
    below_hundred = {word: digit for digit, words in _UNITS.items() for word in words.split()}
    below_hundred |= {word: digits for digits, words in _TEENS.items() for word in words.split()}
    for ten, words in _TENS.items():
        for word in words.split():
            below_hundred[word] = ten + "0"
            for unit in "123456789":
                below_hundred |= {word + one: ten + unit for one in _UNITS[unit].split()}
    result = dict(below_hundred)
    for hundred, word in enumerate(_HUNDREDS, start=1):
        spoken = (word, "hundra") if hundred == 1 else (word,)
        for prefix in spoken:
            result[prefix] = f"{hundred}00"
            result |= {prefix + w: f"{hundred}{d:0>2}" for w, d in below_hundred.items()}
    return result


NUMBER_WORDS = _number_words()
_PARTS = re.compile(
    "|".join(
        sorted(
            (w for w, d in NUMBER_WORDS.items() if len(d) < 3 and len(w) > 2), key=len, reverse=True
        )
    )
)
_JOINED = re.compile(r"(?:nol|ett|två|tre|fyr|fem|sex|sju|ått|nio)\w{4,60}")


def digits_of_word(word: str) -> str | None:
    """The digits that ``word``, in small letters, says; "nollsjunoll" is three of them."""
    digits = NUMBER_WORDS.get(word)
    if digits is None and _JOINED.fullmatch(word):
        parts = _PARTS.findall(word)
        if sum(map(len, parts)) == len(word):
            return "".join(NUMBER_WORDS[part] for part in parts)
    return digits
