"""Short ways to write days and dates -> the ways that the rules read."""

_MONTH = r"(?:jan|febr?|mar|apr|maj|jun|jul|aug|sept?|okt|nov|dec)[a-z]*"
_MM, _DD = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_DAY = r"(?:tis|ons|tor|fre|lör|sön)"

DAY_ABBREVIATIONS: tuple[tuple[str, str], ...] = (
    (rf"\bmån(?=\.?(?: ?[-,+&]| (?:och|till|kl|samt)\b| ?/ ?{_DAY}))", "måndag"),
    (r"\bmon ?- ?fri\b|\bmå ?- ?fre?\b|\bm ?- ?f\b", "måndag-fredag"),
    (r"\bmå ?- ?to\b", "måndag-torsdag"),
    (r"\bmå(?=[,/] ?(?:ti|on|to|fr)\b)", "måndag"),
    (r"(?<=[,/]) ?ti\b", " tisdag"),
    (r"(?<=[,/]) ?on\b(?! )", " onsdag"),
    (r"(?<=[,/]) ?to\b(?! )", " torsdag"),
    (r"(?<=[,/]) ?fr\b(?! )", " fredag"),
    (r"\b(måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)s(?=- )", r"\1"),
)
# "22-10-24", "221024", "24.10.22", "2022.10.24", "dec-22".
WRITTEN_DATES: tuple[tuple[str, str], ...] = (
    (rf"\bmellan (?:den )?(\d{{1,2}}) och (?:den )?(?=\d{{1,2}} {_MONTH})", r"\1 - "),
    (rf"(?<![\d.])(20\d\d)\.{_MM}\.{_DD}(?![\d.]\d)", r"\1-\2-\3"),
    (rf"(?<![\d-])([1-4]\d)-{_MM}-{_DD}(?![\d-])", r"20\1-\2-\3"),
    (rf"(?<![\d.,:/-])([1-4]\d){_MM}{_DD}(?![\d.,:/]|-\d| \w*(?:er|ar|or|gånger)\b)",
     r"20\1-\2-\3"),
    (r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.([1-4]\d)(?![\d.])", r"\1.\2.20\3"),
    (rf"\b({_MONTH})\.? ?[-'’](\d\d)\b(?![-/:.]|\d| ?{_MONTH})", r"\1 20\2"),
)  # fmt: skip
