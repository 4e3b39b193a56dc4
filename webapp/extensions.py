"""Extensions, created here once and bound to the application in ``create_app``."""

import secrets
from hashlib import blake2b

from flask import request
from flask_babel import Babel
from flask_limiter import Limiter
from flask_security import Security
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

from surveys.db import Base

# Drawn at every start and kept in memory only, so a stored or leaked key cannot lead to an address.
_ADDRESS_KEY = secrets.token_bytes(32)


def address_key() -> str:
    """A key for rate limits: a keyed hash of the address, worth nothing outside this process."""
    address = (request.remote_addr or "").encode()
    return blake2b(address, key=_ADDRESS_KEY, digest_size=12).hexdigest()


db = SQLAlchemy(model_class=Base)
babel = Babel()
csrf = CSRFProtect()
security = Security()
limiter = Limiter(key_func=address_key, storage_uri="memory://", headers_enabled=False)
