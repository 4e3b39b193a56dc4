"""What the survey's scripts say, in the page's language."""

from flask_babel import gettext as _

from surveys.limits import MAX_TEXT, MAX_WORDS


def script_words() -> dict[str, object]:
    """The texts by the names that the scripts use. Those of the places come with a blank place."""
    return _form_words() | _device_words() | _hint_words()


def _form_words() -> dict[str, object]:
    return {
        "sending": _("Sending …"),
        "clear": _("Clear everything you have written on this page?"),
    }


def _device_words() -> dict[str, object]:
    return {
        "draftKept": _(
            "What you write is kept on this device only, and removed after 30 minutes without a"
            " touch."
        ),
        "draftNotKept": _("What you write is not kept on this device. Send before you leave."),
        "draftGone": _("The draft has been removed from this device. You can still send."),
        "draftFound": _("There is a draft on this device."),
        "draftOpen": _("Go on with it"),
        "draftRemove": _("Remove the draft"),
        "alreadySent": _("You have already sent this answer."),
        "emptyForm": _("Open an empty form"),
        "outbox": _("Answers on this device"),
        "waitingTitle": _("Waiting for a connection"),
        "stateWaiting": _("Waiting for a connection"),
        "waitingMore": _("It is sent by itself when there is a connection again."),
        "stateSent": _("Sent"),
        "stateRefused": _("Not sent. What you wrote is still on this device."),
        "stateExpired": _("Removed: it waited more than seven days."),
        "showCode": _("Show the code"),
        "codeOnce": _("Write the code down now. It is no longer kept on this device."),
        "openAnswer": _("Open the answer"),
        "removeAnswer": _("Remove"),
        "nothingWaits": _("No answer waits on this device."),
    }


def _hint_words() -> dict[str, object]:
    return {
        "maxText": MAX_TEXT,
        "maxWords": MAX_WORDS,
        "looksPersonal": _("This looks like a personal identity number. Do you want to remove it?"),
        "looksPhone": _("This looks like a phone number. Do you want to remove it?"),
        "looksMail": _("This looks like an e-mail address. Do you want to remove it?"),
        "looksName": _("This looks like somebody's name. Do you want to remove it?"),
        "roomLeft": _("{number} characters left."),
        "tooLong": _("The text is {number} characters too long. There is room for {limit}."),
    }
