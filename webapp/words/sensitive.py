"""Why a rule asks whether a place is sensitive, in words."""

from flask_babel import lazy_gettext as _l

from surveys.text.sensitive_names import SensitiveRule

_WORDS = {
    SensitiveRule.HOME: _l("It is about homes. Could readers see who lives there?"),
    SensitiveRule.SHELTER: _l("The name tells of a shelter. Its place may have to be secret."),
    SensitiveRule.ASYLUM: _l("The name tells of housing for people who seek asylum."),
    SensitiveRule.CARE_HOME: _l("The name tells of a home for people who get care or support."),
    SensitiveRule.WORSHIP: _l("The name tells of a place of worship."),
    SensitiveRule.CLINIC: _l("The name tells of a clinic or a hospital."),
}


def rule_words(rule: SensitiveRule) -> str:
    """The reason as a sentence."""
    return str(_WORDS[rule])
