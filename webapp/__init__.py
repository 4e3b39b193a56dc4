"""The web application of Trygghetsdialog."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.accounts import init_accounts
from webapp.assets import init_assets
from webapp.base_map import init_base_map
from webapp.cards import init_cards
from webapp.components import PageEnvironment, init_components
from webapp.config import Config, read_config
from webapp.edge.arrival import init_arrival
from webapp.edge.compression import init_compression
from webapp.edge.headers import init_headers
from webapp.edge.rate_limits import init_rate_limits
from webapp.edge.request_body import init_request_body
from webapp.edge.save_data import init_save_data
from webapp.edition_documents import init_edition_documents
from webapp.errors import init_errors
from webapp.extensions import babel, csrf, db
from webapp.formatters import init_formatters
from webapp.labels import init_labels
from webapp.languages import init_languages
from webapp.mail.sending import init_mail
from webapp.mail.words import init_mail_words
from webapp.navigation import init_navigation
from webapp.queue import init_queue
from webapp.tenancy import init_tenancy
from webapp.views.registry import init_views
from webapp.words.consistency import init_consistency_words
from webapp.words.counter import init_counter_words
from webapp.words.duty import init_duty_words
from webapp.words.evidence import init_evidence_words
from webapp.words.law import init_law_words
from webapp.words.masked import init_masked_words
from webapp.words.news import init_news_words
from webapp.words.outside import init_outside_words
from webapp.words.place import init_place_words
from webapp.words.progress import init_progress_words
from webapp.words.promise_change import init_promise_words
from webapp.words.quote import init_quote_words
from webapp.words.rubric import init_rubric_words
from webapp.words.schedule import init_schedule_words
from webapp.words.year import init_year_words

# What templates may ask for in words.
WORDS = (
    init_formatters,
    init_labels,
    init_masked_words,
    init_mail_words,
    init_outside_words,
    init_quote_words,
    init_evidence_words,
    init_place_words,
    init_news_words,
    init_counter_words,
    init_duty_words,
    init_law_words,
    init_consistency_words,
    init_progress_words,
    init_rubric_words,
    init_year_words,
    init_schedule_words,
    init_promise_words,
)


def create_app(config: Config | None = None) -> Flask:
    """Build the application from ``config``, or from the environment."""
    settings = config or read_config()
    app = Flask(__name__, instance_path=str(settings.instance_path))
    app.jinja_environment = PageEnvironment
    app.config.from_mapping(_flask_settings(settings))
    app.extensions["clock"] = lambda: datetime.now(UTC)
    app.extensions["keeps_faulty_body"] = set()
    app.extensions["takes_documents"] = {}
    _trust_proxies(app, settings)
    db.init_app(app)
    babel.init_app(app, default_locale="sv", default_timezone="Europe/Stockholm")
    init_request_body(app)  # before anything reads a form
    csrf.init_app(app)
    init_rate_limits(app, settings)
    init_compression(app)
    init_headers(app)
    init_tenancy(app)
    init_languages(app)
    init_save_data(app)
    init_arrival(app)
    init_assets(app)
    for init_words in WORDS:
        init_words(app)
    init_components(app)
    init_cards(app)
    init_edition_documents(app)
    init_base_map(app, settings)
    init_accounts(app)
    init_mail(app, settings)
    init_queue(app, settings.jobs_url)
    init_views(app)
    init_navigation(app)
    init_errors(app)
    return app


def _flask_settings(settings: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.testing,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        # A failing statement is logged, and what a resident wrote must not go with it. A connection
        # that died with the database server is replaced before it is used.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True, "pool_pre_ping": True},
        "MAX_CONTENT_LENGTH": settings.max_body_bytes,
        # The same limit for both encodings: multipart fields have a lower one of their own.
        "MAX_FORM_MEMORY_SIZE": settings.max_body_bytes,
        "MAX_FORM_PARTS": 20_000,
        "RATELIMIT_ENABLED": settings.rate_limits,
        "TRUSTED_PROXIES": settings.trusted_proxies,
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "handlaggning",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),  # a working day, then sign in again
        "PREFERRED_URL_SCHEME": "https" if settings.https else "http",
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a coordinator's page may lie open
        "QUICK_EXIT_URL": settings.quick_exit_url,
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
    }


def _trust_proxies(app: Flask, settings: Config) -> None:
    count = settings.trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
