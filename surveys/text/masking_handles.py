"""Names in social media: "@namn", "snap: namn", "heter namn på TikTok", facebook.com/namn."""

import re
from collections.abc import Iterator

from surveys.text.masking_spans import Span
from surveys.text.masking_view import PlainView
from surveys.text.masking_words import words

_PLATFORM = (
    r"(?:snap(?:chat(?:ten)?|en|namn|pen)?|snäpp(?:en|chat)?|insta(?:gram)?(?:en|met)?"
    r"|tik\s?-?tok"
    r"|facebook|face(?:book)?|fb|ig|twitter|twitch|discord|telegram|kik|reddit|youtube|steam"
    r"|linked\s?in|messenger|threads|signal|onlyfans|jodel|roblox|bluesky|mastodon|whatsapp|dc"
    r"|yt|sc)"
)
_NAME = r"@?[^\W_][\w.-]{0,38}\w(?:#\d{3,5})?|@?_[\w.]{2,38}"
_AT_NAME = re.compile(
    r"(?<![\w@./])@(?:\s(?=[^\W\d_]+(?:[\d_]"
    r"|\.\w)))?(?=[\w.]{0,38}[^\W\d_])(\w[\w.-]{1,38}\w)(?![\w(@])"
)
_LINK = re.compile(
    r"(?:https?://)?(?<![\w@-])(?:www\.|m\.|sv-se\.)?(?:facebook|fb|instagram|tiktok|snapchat"
    r"|twitter"
    r"|x|youtube|t|telegram|linkedin|twitch|discord|vk|threads|reddit)\.(?:com|me|tv|gg|net"
    r"|no)\s?/"
    r"\s?(?:(?:in|add|u|user|c|p|people|groups|profile)/|profile\.php\?id=)?(@?[\w.%-]{1,60}\w)",
    re.IGNORECASE,
)
# A sign or a word between them: "snap: xyz", "snap är xyz", "på insta heter hon xyz".
_TOLD = re.compile(
    rf"\b{_PLATFORM}\s?(?:-?(?:namn|konto|user|nick|profil)\w{{0,4}})?"
    r"(?:\s?[:=]\s?|\s(?:är|e|ä|heter|namn)(?:\s?:)?(?:\s(?:han|hon|jag|den|de|dom))?\s"
    r"|\s(?:han|hon|jag)\s(?:heter|är)\s)"
    rf"({_NAME})",
    re.IGNORECASE,
)
# "insta xyz_99": without a sign between, only what is no word
_NEXT_TO = re.compile(
    rf"\b{_PLATFORM}(?:\s?-?(?:namn|konto|kontot|profilen|user))?\s(?:\(|\")?({_NAME})",
    re.IGNORECASE,
)
# "heter xyz på TikTok", "kallar sig xyz på snap", "lägg till xyz på insta", "xyz_99 på snap"
_BEFORE = re.compile(
    r"(?:\b(heter|kallas|kallar\ssig|namnet|namn|kontot|konto|användaren|användarnamn(?:et)?"
    r"|profilen"
    r"|nicket?|alias|adda|addar?|följ(?:er)?|lägg\still|skriv\still|hittar\smig\ssom"
    r"|känd\ssom)\s)?"
    rf"(?<![\w@.])({_NAME})\s(?:på|i|via|@)\s(?:sin\s|hans\s|hennes\s)?{_PLATFORM}\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    rf"\b(?:kontot|användaren|användarnamn(?:et)?|profilen|nicket?|alias|username"
    rf"|gamertag)\s?:?\s"
    rf"(?:(?:är|heter|som\sheter)\s)?(?:\"|')?({_NAME})",
    re.IGNORECASE,
)
_UNDERSCORED = re.compile(r"(?<![\w@./\\-])(?=[^\W\d]*[^\W\d_])[^\W_]*_\w{0,38}[^\W_](?![\w@(])")
_PLATE = re.compile(r"[A-Z]{3}_\d\d[\dA-Z]")
_FILE = re.compile(
    r"\.(?:pdf|jpe?g|png|docx?|xlsx?|csv|mp4|mov|txt|html?|py|js|php)\b", re.IGNORECASE
)
_TELLING = re.compile(r"[\d_.#]|(?<=[a-zåäö])[A-ZÅÄÖ]|^@")
_NO_NAMES = words("no_handles")


def find_handles(view: PlainView) -> Iterator[Span]:
    """Names of accounts in social media, with their "@" and without the platform's name."""
    for pattern in (_LINK, _AT_NAME):
        for found in pattern.finditer(view.text):
            yield view.span(*found.span(), "handle")
    yield from _announced(view)
    for found in _UNDERSCORED.finditer(view.text):
        if not _FILE.match(view.text, found.end()) and not _PLATE.fullmatch(found[0]):
            yield view.span(*found.span(), "handle")


def _announced(view: PlainView) -> Iterator[Span]:
    """Names beside the platform; only what is no word where nothing else says that it is one."""
    for pattern, is_sure in ((_TOLD, True), (_ACCOUNT, True), (_NEXT_TO, False)):
        for found in pattern.finditer(view.text):
            if _is_name(found[1]) and (is_sure or _TELLING.search(found[1])):
                yield view.span(*found.span(1), "handle")
    for found in _BEFORE.finditer(view.text):
        if _is_name(found[2]) and (found[1] or _TELLING.search(found[2])):
            yield view.span(*found.span(2), "handle")


def _is_name(word: str) -> bool:
    return word.lower() not in _NO_NAMES and any(map(str.isalpha, word)) and not _FILE.search(word)
