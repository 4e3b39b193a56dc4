"""What the survey's scripts say, in the page's language."""

from flask_babel import gettext as _


def script_words() -> dict[str, str]:
    """The texts by the names that the scripts use. Those of the places come with the places."""
    return {
        "sending": _("Sending …"),
        "clear": _("Clear everything you have written on this page?"),
    }
