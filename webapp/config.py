"""The settings of one running installation, read once from the environment."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from webapp.edge.proof import ProofMode
from webapp.mail.settings import MailSecurity, MailSettings, mail_security, sender_address

KIBIBYTE = 1024
MEBIBYTE = 1024 * KIBIBYTE
QUICK_EXIT_URL = "https://www.smhi.se/"  # the weather: nobody wonders why somebody looks at it


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that an installation can set. README's table explains each."""

    instance_path: Path
    secret_key: str
    database_url: str
    jobs_url: str  # where the job queue lives: a file for SQLite, else the database itself
    https: bool = False
    trusted_proxies: int = 0
    rate_limits: bool = True
    rate_limit_storage: str = "memory://"
    proof_of_work: ProofMode = ProofMode.AUTO
    quick_exit_url: str = QUICK_EXIT_URL
    raster_url: str = ""  # pictures of a ground, fetched by us; see webapp/raster_source.py
    raster_attribution: str = ""
    raster_cache_bytes: int = 500 * MEBIBYTE
    public_url: str = ""  # "https://trygghet.example.se": what links in mails begin with
    mail: MailSettings | None = None  # None: no mail is sent
    max_body_bytes: int = 4096 * KIBIBYTE
    testing: bool = False


def read_config(environ: dict[str, str] | None = None) -> Config:
    """Read the environment; make the instance folder and the secret key where they are missing."""
    env = dict(os.environ) if environ is None else environ
    instance = Path(env.get("INSTANCE_PATH") or "instance").resolve()
    # What residents wrote lies here, and SQLite's files are as open as the system's own custom is.
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    database_url = env.get("DATABASE_URL") or f"sqlite:///{instance / 'trygghetsdialog.sqlite3'}"
    return Config(
        instance_path=instance,
        secret_key=env.get("SECRET_KEY") or _stored_secret(instance / "secret.key"),
        database_url=database_url,
        jobs_url=_jobs_url(database_url, instance),
        https=_flag(env, "HTTPS", default=False),
        trusted_proxies=_number(env, "TRUSTED_PROXIES", default=0),
        rate_limits=_flag(env, "RATELIMIT_ENABLED", default=True),
        rate_limit_storage=_storage(env, "RATELIMIT_STORAGE_URL"),
        proof_of_work=_proof_mode(env, "PROOF_OF_WORK"),
        quick_exit_url=_web_address(env, "QUICK_EXIT_URL", default=QUICK_EXIT_URL),
        raster_url=_tile_template(env, "BASEMAP_RASTER_URL"),
        raster_attribution=_attribution(env, "BASEMAP_RASTER_ATTRIBUTION", of="BASEMAP_RASTER_URL"),
        raster_cache_bytes=_number(env, "BASEMAP_RASTER_CACHE_MB", default=500) * MEBIBYTE,
        public_url=_own_address(env, "PUBLIC_URL"),
        mail=_mail(env, instance),
    )


def _mail(env: dict[str, str], instance: Path) -> MailSettings | None:
    """How mail is sent. Links in it need an address that no visitor's request can choose."""
    server = env.get("MAIL_SERVER", "").strip()
    to_files = _flag(env, "MAIL_TO_FILES", default=False)
    if not server and not to_files:
        return None
    if not env.get("PUBLIC_URL", "").strip():
        raise ValueError("PUBLIC_URL must say what links in mails begin with, where mail is sent")
    settings = MailSettings(
        sender=sender_address(env.get("MAIL_FROM", "")),
        server=server,
        port=_number(env, "MAIL_PORT", default=587),
        security=mail_security(env.get("MAIL_SECURITY", "")),
        username=env.get("MAIL_USERNAME", "").strip(),
        password=env.get("MAIL_PASSWORD", ""),
        folder=instance / "mail" if to_files else None,
    )
    if settings.password and settings.security is MailSecurity.NONE and not to_files:
        raise ValueError("MAIL_SECURITY must be starttls or tls where MAIL_PASSWORD is set")
    return settings


def _own_address(env: dict[str, str], name: str) -> str:
    """Scheme and host of this installation, without a path; empty where it is not told."""
    url = env.get(name, "").strip().rstrip("/")
    parts = urlsplit(url)
    if url and (parts.scheme not in ("https", "http") or not parts.hostname or parts.path):
        raise ValueError(f"{name} must be https:// and a host, like https://trygghet.example.se")
    return url


def _jobs_url(database_url: str, instance: Path) -> str:
    if database_url.startswith("sqlite"):
        return f"sqlite:///{instance / 'jobs.sqlite3'}"
    return database_url


def _stored_secret(path: Path) -> str:
    """The installation's own key, made at the first start and readable by its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_text(encoding="ascii").strip()
        if not key:  # left by a start that was broken off: an empty key would protect nothing
            raise ValueError(f"{path} is empty; remove it and start again") from None
        return key
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def _storage(env: dict[str, str], name: str) -> str:
    """Where rate limits count: memory or Redis, never a file or a database that is backed up."""
    url = env.get(name, "").strip() or "memory://"
    if not url.startswith(("memory://", "redis://", "rediss://")):
        scheme = url.partition(":")[0]  # the rest may hold a password
        raise ValueError(f"{name} must begin with memory:// or redis://, not with {scheme}:")
    return url


def _web_address(env: dict[str, str], name: str, *, default: str) -> str:
    """Where a button leads. An empty one would leave whoever presses it where they are."""
    url = env.get(name, "").strip() or default
    if not url.startswith(("https://", "http://")):
        raise ValueError(f"{name} must begin with https://, not be {url!r}")
    return url


def _tile_template(env: dict[str, str], name: str) -> str:
    """An address with one host, and where in it the tile stands; empty where none is set."""
    url = env.get(name, "").strip()
    if not url:
        return ""
    parts = urlsplit(url)
    has_tile = all(part in url for part in ("{z}", "{x}", "{y}")) or "{bbox}" in url
    if parts.scheme not in ("https", "http") or not parts.hostname or "{" in parts.netloc:
        raise ValueError(f"{name} must begin with https:// and the name of one host")
    if not has_tile:
        raise ValueError(f"{name} must hold {{z}}, {{x}} and {{y}}, or {{bbox}} for WMS")
    return url


def _attribution(env: dict[str, str], name: str, *, of: str) -> str:
    """Whose map it is. Licences ask for it, so a map without it is not shown."""
    said = env.get(name, "").strip()
    if env.get(of, "").strip() and not said:
        raise ValueError(f"{name} must say whose map {of} is, for example © Lantmäteriet")
    return said


def _proof_mode(env: dict[str, str], name: str) -> ProofMode:
    value = env.get(name, "").strip().lower() or ProofMode.AUTO.value
    try:
        return ProofMode(value)
    except ValueError:
        raise ValueError(f"{name} must be auto, on or off, not {value!r}") from None


def _flag(env: dict[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ValueError(f"{name} must be 1 or 0, not {value!r}")
    return default


def _number(env: dict[str, str], name: str, *, default: int) -> int:
    value = env.get(name, "").strip()
    if not value:
        return default
    if not value.isdigit():
        raise ValueError(f"{name} must be a whole number, not {value!r}")
    return int(value)
