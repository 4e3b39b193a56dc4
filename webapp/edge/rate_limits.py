"""Wiring of all that guards against floods: who asks, how often, and whether proxies are right."""

from flask import Flask, current_app, request
from limits.errors import ConfigurationError

from webapp.config import Config
from webapp.edge.address_keys import RedisKey, RenewedKey
from webapp.edge.pressure import AddressCounts, Load
from webapp.edge.proof import Proofs
from webapp.edge.proxy_watch import ProxyFault, ProxyWatch
from webapp.edge.visitors import current_visitor
from webapp.extensions import limiter

WATCHED_PAGES = frozenset({"public", "survey", "staff"})
# Only wrong codes count, so that a class that reads its receipts behind one address is let in. A
# code has 56 bits: the limit keeps the noise down, it is not what makes guessing hopeless.
WRONG_CODES, WRONG_CODES_TOGETHER = "60 per minute", "1800 per minute"
# Each may be a mail to somebody: few from one visitor, more where many share an address. The hour's
# limit is for names+1, names+2 and so on, which are many addresses and one mail box.
SUBSCRIPTIONS, SUBSCRIPTIONS_TOGETHER = "5 per minute; 20 per hour", "120 per minute"
_FAULTS = {
    ProxyFault.UNTRUSTED: "more proxies than TRUSTED_PROXIES says",
    ProxyFault.MISSING: "fewer proxies than TRUSTED_PROXIES says, or one that drops the header",
}


def init_rate_limits(app: Flask, settings: Config) -> None:
    """Keep counts, keys and proofs with ``app``, in memory or in Redis.

    Raises ValueError where the storage cannot be used.
    """
    app.config["RATELIMIT_STORAGE_URI"] = settings.rate_limit_storage
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True
    try:
        counts = AddressCounts(settings.rate_limit_storage)
    except ConfigurationError:
        raise ValueError(
            "RATELIMIT_STORAGE_URL names Redis: install the package redis beside this one"
        ) from None
    in_memory = settings.rate_limit_storage.startswith("memory")
    app.extensions["address_counts"] = counts
    app.extensions["address_keys"] = (
        RenewedKey() if in_memory else RedisKey(getattr(counts.storage, "storage"))  # noqa: B009
    )
    app.extensions["proxy_watch"] = ProxyWatch()
    app.extensions["load"] = Load()
    app.extensions["proofs"] = Proofs(settings.secret_key)
    app.extensions["proof_mode"] = settings.proof_of_work
    limiter.init_app(app)
    app.before_request(_watch_proxies)


def look_up_limit() -> str:
    """How often this visitor may send wrong codes, for Flask-Limiter."""
    return WRONG_CODES_TOGETHER if current_visitor().is_shared else WRONG_CODES


def subscribe_limit() -> str:
    """How often this visitor may ask for mail, for Flask-Limiter."""
    return SUBSCRIPTIONS_TOGETHER if current_visitor().is_shared else SUBSCRIPTIONS


def proxy_finding() -> ProxyFault | None:
    """What is wrong with ``TRUSTED_PROXIES``, as the latest requests say."""
    watch = current_app.extensions["proxy_watch"]
    return watch.finding if isinstance(watch, ProxyWatch) else None


def _watch_proxies() -> None:
    if request.blueprint not in WATCHED_PAGES:
        return
    watch: ProxyWatch = current_app.extensions["proxy_watch"]
    visitor = current_visitor()
    if watch.note(visitor.network, visitor.fault) and watch.finding is not None:
        current_app.logger.warning(
            "TRUSTED_PROXIES is %s, but almost every request comes through %s. Until it is put"
            " right, limits hold for all visitors together and not for each.",
            current_app.config["TRUSTED_PROXIES"],
            _FAULTS[watch.finding],
        )
