"""What residents write in: the survey, the receipt, and the list of dialogues.

None of these pages sets a cookie. Their forms carry no token either: ``webapp.edge.same_origin`` is
what keeps other sites from sending them.
"""

from webapp.extensions import csrf
from webapp.tenancy import tenant_blueprint

blueprint = tenant_blueprint("survey", __name__)
csrf.exempt(blueprint)
