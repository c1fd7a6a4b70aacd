"""What a production deployment may not have: a simulator, an open line, a key for others to have."""

from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from ringproof.setting_kinds import Secret
from ringproof.settings import Entry, Settings, entries

_KEYS = ("signing_key", "apns_key_file", "fcm_service_account")
_ADDRESSES = ("http://", "https://", "ws://", "wss://")
"""A scope or an audience may be a URI as well (api://…), and nothing is sent there."""
_READABLE_BY_OTHERS = 0o077
_SHORTEST_SECRET = 32
"""Characters. It is kept as a plain hash, which only a long secret withstands."""


def objections(settings: Settings) -> list[str]:
    """List why these settings must not meet a customer, each with its variable."""
    return [*_addresses(settings), *_open_keys(settings), *_short_keys(settings)]


def _addresses(settings: Settings) -> Iterator[str]:
    for entry, url in _urls(settings):
        if is_loopback(url):
            yield f"{entry.variable} is on this machine, where only a simulator can be: {url}"
        elif urlsplit(url).scheme not in ("https", "wss"):
            yield f"{entry.variable} must be https, or anybody on the way could change it: {url}"


def _urls(settings: Settings) -> Iterator[tuple[Entry, str]]:
    """Return every address that is set, and each of those that are lists."""
    for name, entry in entries():
        value = getattr(settings, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, str) and each.startswith(_ADDRESSES):
                yield entry, each


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


def _short_keys(settings: Settings) -> Iterator[str]:
    variables = dict(entries())
    for name in ("admin_key", "connect_key"):
        key: Secret = getattr(settings, name)
        if key and len(key.reveal().removeprefix("rpk_").partition("_")[2]) < _SHORTEST_SECRET:
            yield (
                f"{variables[name].variable}: its secret has fewer than {_SHORTEST_SECRET} characters;"
                " POST /admin/api-keys makes one that has 43"
            )


def _files(path: Path | None) -> Iterator[Path]:
    if path is None or not path.exists():
        return
    if path.is_dir():
        yield from (each for each in sorted(path.iterdir()) if each.is_file())
    else:
        yield path
