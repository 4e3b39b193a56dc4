"""Extensions, created here once and bound to the application in ``create_app``."""

from flask_babel import Babel
from flask_limiter import Limiter
from flask_mailman import Mail
from flask_security import Security
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

from surveys.db import Base
from webapp.edge.visitors import address_key

db = SQLAlchemy(model_class=Base)
babel = Babel()
csrf = CSRFProtect()
security = Security()
limiter = Limiter(key_func=address_key, headers_enabled=False)
mail = Mail()
