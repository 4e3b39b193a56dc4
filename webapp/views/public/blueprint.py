"""The pages that anyone may read. Each module of this package adds those of one user task."""

from webapp.tenancy import tenant_blueprint

blueprint = tenant_blueprint("public", __name__, url_prefix=None)
