"""What a production deployment may not have: a simulator, or a key that others can read."""

from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from ringproof.settings import Settings, entries

_KEYS = ("signing_key", "apns_key_file", "fcm_service_account")
_READABLE_BY_OTHERS = 0o077


def objections(settings: Settings) -> list[str]:
    """List why these settings must not meet a customer, each with its variable."""
    return [*_simulators(settings), *_open_keys(settings)]


def _simulators(settings: Settings) -> Iterator[str]:
    for name, entry in entries():
        value = getattr(settings, name)
        if isinstance(value, str) and "://" in value and is_loopback(value):
            yield f"{entry.variable} is on this machine, where only a simulator can be: {value}"


def is_loopback(url: str) -> bool:
    """True when a URL's host is this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _open_keys(settings: Settings) -> Iterator[str]:
    variables = dict(entries())
    for name in _KEYS:
        configured: Path | None = getattr(settings, name)
        for file in _files(configured):
            if file.stat().st_mode & _READABLE_BY_OTHERS:
                yield f"{variables[name].variable}: others can read {file}; chmod 600 it"


def _files(path: Path | None) -> Iterator[Path]:
    if path is None or not path.exists():
        return
    if path.is_dir():
        yield from (each for each in sorted(path.iterdir()) if each.is_file())
    else:
        yield path
