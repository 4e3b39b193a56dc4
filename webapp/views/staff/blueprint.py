"""The pages behind the sign-in. Each module of this package adds those of one user task."""

from webapp.tenancy import tenant_blueprint

blueprint = tenant_blueprint("staff", __name__, url_prefix=None)
