"""All lists of the open data, in the order in which the page explains them."""

from collections.abc import Sequence

from webapp.api.dialogue_rows import DIALOGUE_RESOURCES
from webapp.api.fields import Resource
from webapp.api.picture_rows import PICTURE_RESOURCES
from webapp.api.plan_rows import PLAN_RESOURCES
from webapp.api.promise_rows import PROMISE_RESOURCES

RESOURCES: Sequence[Resource] = (
    *DIALOGUE_RESOURCES,
    *PICTURE_RESOURCES,
    *PROMISE_RESOURCES,
    *PLAN_RESOURCES,
)
