"""Words that put the blame on whoever was harmed (D122).

Shame keeps people from reporting and from asking for help. What is found is pointed out to whoever
writes, and never changed: "den som låter sig luras" may also stand in a quotation.
"""

import re

_BLAMING = (
    r"(?:låt(?:er|it|a)?|lät) sig (?:bli )?(?:luras?|lurade?s?|bedras?|utnyttjas?)",
    r"(?:går|gick|gått) på (?:bluffen|bluffar|bedrägeriet?|tricket|försäljarens)",
    r"(?:godtrog(?:en|na|enhet)|lättlurade?|naiva?|naivitet)\w*",
    r"får skylla sig själv\w*",
    r"(?:utsätt(?:er|a)|utsatt(?:e)?) sig för (?:risk|bedrägeri|brott|överfall|övergrepp)\w*",
    r"(?:borde|skulle) ha (?:vetat|förstått|anat|sagt ifrån|anmält) ?(?:bättre|tidigare)?",
    r"provocera(?:r|de|t) (?:fram )?(?:våldet|överfallet|brottet|sin partner)",
    r"stanna(?:r|de|t) kvar trots",
)
_PATTERN = re.compile(rf"(?<!\w)(?:{'|'.join(_BLAMING)})(?!\w)", re.IGNORECASE)


def find_blaming_words(text: str) -> str | None:
    """The first words of ``text`` that blame whoever was harmed, as they stand; None without."""
    found = _PATTERN.search(text)
    return " ".join(found[0].split()) if found else None
