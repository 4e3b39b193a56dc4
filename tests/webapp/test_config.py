"""What an installation sets, and what is made for it at the first start."""

import importlib.util
import os
import re
import stat
from pathlib import Path

import pytest

from webapp import create_app
from webapp.config import read_config

ROOT = Path(__file__).resolve().parents[2]


def test_the_first_start_makes_a_folder_and_a_key_for_the_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "instans å"
    first = read_config({"INSTANCE_PATH": str(folder)})
    key = folder / "secret.key"
    assert len(first.secret_key) >= 40
    assert first.database_url == f"sqlite:///{folder / 'trygghetsdialog.sqlite3'}"
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert read_config({"INSTANCE_PATH": str(folder)}).secret_key == first.secret_key


def test_an_empty_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("\n", encoding="ascii")
    with pytest.raises(ValueError, match="is empty"):
        read_config({"INSTANCE_PATH": str(tmp_path)})


@pytest.mark.parametrize(
    ("name", "typed"), [("HTTPS", "maybe"), ("TRUSTED_PROXIES", "-1"), ("PROOF_OF_WORK", "kanske")]
)
def test_a_setting_that_cannot_be_read_stops_the_start(
    name: str, typed: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=name):
        read_config({"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": "x" * 40, name: typed})


def test_settings_left_empty_are_as_if_they_were_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = read_config({"INSTANCE_PATH": "", "QUICK_EXIT_URL": ""})
    assert config.instance_path == tmp_path / "instance"
    assert config.quick_exit_url.startswith("https://")


def test_the_quick_exit_leads_to_another_site(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="QUICK_EXIT_URL"):
        read_config({"INSTANCE_PATH": str(tmp_path), "QUICK_EXIT_URL": "/om"})


def test_rate_limits_can_be_turned_off_for_load_tests(tmp_path: Path) -> None:
    environ = {"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": "x" * 40}
    assert read_config(environ).rate_limits
    assert not read_config(environ | {"RATELIMIT_ENABLED": "0"}).rate_limits


@pytest.mark.parametrize("page", ["README.md", "docs/operate.md"])
def test_the_tables_name_every_setting_and_no_other(page: str) -> None:
    source = (ROOT / "webapp" / "config.py").read_text(encoding="utf-8")
    read = set(re.findall(r'(?:env\.get\(|env, )"([A-Z_]+)"', source)) | {"PORT"}
    told = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / page).read_text(encoding="utf-8"), re.M)
    assert len(told) == len(set(told))
    assert set(told) == read


@pytest.mark.parametrize(
    "url", ["postgresql://anna:hemligt@db/x", "sqlite:///limits.sqlite3", "file:///tmp/x", "x"]
)
def test_rate_limits_count_nowhere_that_is_backed_up(url: str, tmp_path: Path) -> None:
    environ = {"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": "x" * 40}
    assert read_config(environ).rate_limit_storage == "memory://"
    redis = environ | {"RATELIMIT_STORAGE_URL": "redis://cache:6379/0"}
    assert read_config(redis).rate_limit_storage == "redis://cache:6379/0"
    with pytest.raises(ValueError, match="must begin with memory:// or redis://") as refused:
        read_config(environ | {"RATELIMIT_STORAGE_URL": url})
    assert "hemligt" not in str(refused.value)


def test_a_redis_without_its_package_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    if importlib.util.find_spec("redis"):
        pytest.skip("the package is installed")
    environ = {"INSTANCE_PATH": str(tmp_path), "RATELIMIT_STORAGE_URL": "redis://cache"}
    with pytest.raises(ValueError, match="install the package redis"):
        create_app(read_config(environ))
