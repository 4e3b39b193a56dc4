"""How much of everything an answer may hold, in one place for forms, services and imports."""

from maps.areas import NEAR_LIMIT_M

MAX_TEXT = 2000  # characters of one free-text answer
MAX_WORDS = 500  # characters of a resident's own words about one place
MAX_NAME = 120  # characters of a place's or an area's name, as the tables hold them
MAX_EXTERNAL_ID = 200  # characters of a row's own id in an import file
MAX_PLACES = 50  # marked places of one answer
MAX_KEY = 64  # characters of an idempotency key

# A mark this far outside the outline is accepted with a note: what the analysis takes in.
OUTSIDE_TOLERANCE_M = NEAR_LIMIT_M
PIN_CELLS_M = (50, 100, 250)  # what a dialogue may choose
# A pin on a home is stored as the middle of a cell of this side, and never as a point.
HOME_CELL_M = 250

# What staff write into pictures and evidence, in characters.
MAX_TITLE = 200
MAX_SHORT = 120  # a period, a role
MAX_SOURCE = 300
MAX_SUMMARY = 600  # three sentences
MAX_CLAIM = 600
MAX_PARAGRAPHS = 4000
MAX_COUNT = 1_000_000_000  # n of a source: below what an integer column holds

# Promises and plans.
MAX_PERIOD_MONTHS = 120
MAX_METHODS = 8  # working methods of one point
MAX_TARGET = 1000
MAX_WORKING_DAYS = 31.0
MAX_HOURS = 100.0
MAX_PEOPLE = 100_000  # who took part in one occasion
MAX_LINES = 20  # goals, authors, channels: lists written one a line
MAX_QUESTION = 500  # characters of a question
MAX_NOTE = 500  # characters of a public note about an occasion
MAX_DNR = 60
MAX_OWNER_TITLE = 160
MAX_EMAIL = 255
MAX_PHONE = 60

# What a municipality may choose as the fewest respondents that are told. Residents have been told
# that no number of fewer than five is shown.
LEAST_TOLD = (5, 50)
LEAST_CROSSED = (5, 100)

# What a public map may be made of: squares, and how many persons one needs to be shown.
MAP_CELLS_M = (250, 500, 1000)
MAP_LEAST = (5, 10, 20)
MAX_TAKE_DOWN_REASON = 300

# The codebook.
MAX_THEME_NAME = 80
MAX_THEMES = 200

# Files that are taken out.
MAX_EXPORT_REASON = 300  # why somebody takes out rows

# Reading and masking what one person wrote.
MAX_REASON = 250  # own words of a reason, beside its code
MAX_HIDDEN = 200  # words that are hidden in a text, or given back

# Days before or after something is due at which a municipality may remind, and of silence.
REMIND_DAYS = (1, 60)
STALE_DAYS = (14, 730)
MAX_REASON_FOR_PLACE = 200
