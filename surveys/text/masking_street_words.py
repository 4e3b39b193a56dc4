"""What Swedish streets are called, and what is counted rather than numbered."""

import re

from surveys.text.masking_words import words

_STRONG = (
    r"gatan|gata|vägen|väg|gränd|gränden|stigen|stig|allén|allé|alle|allen|esplanaden|esplanad"
    r"|gatans"
    r"|gattan|gatann|gatn|gtan|gaten|gatam|gatna|agtan|gatta|vagen|vägn|vegen|väggen|vägenn|vägne"
    r"|veien|gränn|grand|promenaden|strandväg|torget|torg|kajen|brinken|gatsn|gagan|väen"
    r"|våg(?:en)?"
)
STREET_END = re.compile(rf"[^\W\d_]{{2,}}(?:{_STRONG})\Z", re.IGNORECASE)
WEAK_END = re.compile(
    r"[^\W\d_]{2,}(?:backen|backe|plan|planen|platsen|plats|leden|led|stranden|strand|kroken"
    r"|svängen"
    r"|ringen|slingan|rundan|tået|bron|höjden|parken|park|gården|gård|hagen|dalen|viken|udden"
    r"|åsen"
    r"|lunden|liden|berget|ängen|ängsväg|åkern|tomten|vreten|gärdet|kullen|sluttningen|terrassen"
    r"|trappan|hamnen|holmen|näset|mon|heden|skogen|bruket|byn|trappor|kvarnen|rondellen|spåret"
    r"|krok|ring|slinga|sväng|höjd|kulle|äng|hage|dal|ås|udde|bacek|pl)\Z",
    re.IGNORECASE,
)
BARE_STREETS = words("bare_streets")
DIRECTIONS = words("directions")
# Kinds of roads, which in small letters name no street.
GENERIC = re.compile(
    r"(?:gå|bil|lands|motor|cykel|gång|skol|skogs|grus|huvud|genomfarts|utfarts|infarts|tvär"
    r"|återvänds|by|gång- och cykel|gc|å|om|av|åter|till|upp|ned|rund|in|ut|om|kors|mark|trafik"
    r"|löp"
    r"|vandrings|motions|elljus|promenad|körbane|riks|europa|läns|stads|små|stor|bak|fram|asfalts"
    r"|villa|bostads|affärs|livs|järn|sido|sid|enskilda|lokal|en|genväg|sjö|vatten|spring"
    r"|natur)s?"
    r"(?:gatan|gata|vägen|väg|stigen|stig|torget|torg)"
)
# "Storg", "Kungsg", "Skolv": a street's name cut off after g or v.
ABBREVIATED = re.compile(
    r"[^\W\d_]{3,}(?:[bdfklmprsty][gv]|[nt]g|gg|nv|gat|gt|tg|gtn|väg|og|ag)"
    r"|(?:stor|ny|köpman|hamn|kyrko|drottning|skol|strand|väster|öster|söder|norr|lång)[gv]",
    re.IGNORECASE,
)
ABBREVIATED_BEFORE_DOT = re.compile(r"[^\W\d_]{4,}(?:[gv]|gat|gt|gtn|väg|gr|st)", re.IGNORECASE)
NOT_ABBREVIATED = words("not_abbreviated")
COUNTED = re.compile(
    r"\s{0,2}(?:gång\w*|ggr|st\b|stycken|meter|m\b|km\b|km/h|kilometer|minut\w*|min\b|tim\w*"
    r"|år\b|åring\w*"
    r"|års|person\w*|pers\b|kill\w*|tjej\w*|bil(?:ar|arna)?\b|kr\b|kronor|%|procent"
    r"|dag(?:ar)?\b|vecko?r?\b"
    r"|nätt\w*|natt|kväll\w*|ungdom\w*|unga|barn\b|moped\w*|mopp\w*|hund\w*|gubb\w*|lamp\w*"
    r"|till\s\d|av\s\d"
    r"|inbrott|rån\b|stöld\w*|bråk|folk|män\b|kvinnor|vuxna|månad\w*|poliser|olyck\w*|körfält"
    r"|mil\b|tusen"
    r"|miljon\w*|maj|juni|juli|augusti|september|oktober|november|december|januari|februari"
    r"|mars|april"
    r"|stolp\w*|bänk\w*|soptunn\w*|papperskorg\w*|övergångs\w*|hus\b|i\stimmen|om\sdagen"
    r"|i\sveckan|elever"
    r"|cykl\w*|fönster|rutor|träd|skott|grabbar|pojkar|flickor|stora|små|trasiga|olika|andra"
    r"|dygn\w*"
    r"|knark\w*|alkisar|missbruk\w*|buss\w*|lastbil\w*|epor|klockan|kl\b|på\s(?:natten|kvällen)"
    r"|trappor\sner"
    r"|snabba|timm\w*|väktare|vakter|sekunder|fyllon|gäng\b|familjer|grannar|butiker|lokaler"
    r"|skåp)",
    re.IGNORECASE,
)
_TARGETS = ("gatan", "vägen", "stigen", "gränden", "torget")


def is_nearly_street(word: str) -> bool:
    """Whether the word ends in one of the streets' endings but for one slip of the fingers."""
    lowered = word.lower()
    return any(
        _is_one_slip(lowered[-size:], target)
        for target in _TARGETS
        for size in (len(target) - 1, len(target), len(target) + 1)
        if len(lowered) - size > 2
    )


def _is_one_slip(typed: str, target: str) -> bool:
    """Whether one letter is missing, added or wrong, or two neighbours have changed places."""
    if typed[0] != target[0]:
        return False  # the end of another word is often as near: "magen", "dagen"
    if len(typed) == len(target):
        wrong = [i for i, (a, b) in enumerate(zip(typed, target, strict=True)) if a != b]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            i = wrong[0]
            return typed[i] == target[i + 1] and typed[i + 1] == target[i]
        return len(wrong) <= 1
    longer, shorter = sorted((typed, target), key=len, reverse=True)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
