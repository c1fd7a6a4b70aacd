"""What an audit expects: the settings, and the shipped flows with their placeholders filled."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from ringproof.commands.screen import fail
from ringproof.core.audit import Expectation
from ringproof.core.audit.content import content_hash
from ringproof.core.call import DialMode
from ringproof.flows import PlaceholderRefused, fill, flow_file
from ringproof.settings import Settings
from ringproof.wiring.connect import instance_arn


def expected(settings: Settings, values: Mapping[str, str]) -> Expectation:
    """
    Write the settings as an audit needs them.

    With *values* for their placeholders, the shipped flows are what may be deployed, besides what the
    settings allow; BadSettings where those contradict each other.
    """
    page = urlsplit(settings.public_url)
    return Expectation(
        instance_arn=instance_arn(settings),
        queue=settings.connect_queue.rpartition("/")[2],
        gate=settings.connect_gate,
        answered=settings.connect_flow,
        mode=settings.dial_mode,
        gate_mode=settings.connect_gate_mode,
        hashes=_hashes((*settings.connect_flow_hashes, *_shipped(settings, values))),
        functions=frozenset(settings.connect_functions),
        origins=frozenset({f"{page.scheme}://{page.netloc}", *settings.connect_origins}),
        callers=settings.connect_callers,
        editors=settings.connect_editors,
        calls=settings.connect_calls,
        requests=settings.connect_requests,
    )


def placeholders(given: Iterable[str]) -> Mapping[str, str]:
    """Read NAME=VALUE; end the command with a sentence where one is not."""
    pairs = [each.partition("=") for each in given]
    for name, found, value in pairs:
        if not (name and found and value):
            fail(f"--fill takes NAME=VALUE, and not {name}{found}{value}.", 2)
    return {name: value for name, _, value in pairs}


def _shipped(settings: Settings, values: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Hash the shipped flows as they would be deployed with *values*."""
    if not values:
        return
    files = {settings.connect_gate: f"gate-{settings.connect_gate_mode}"}
    if settings.dial_mode is DialMode.SERVER:
        files[settings.connect_flow] = "api-call"
    for flow_id, name in files.items():
        try:
            yield flow_id, content_hash(fill(flow_file(name), values))
        except PlaceholderRefused as refused:
            fail(f"The flow {name} cannot be filled: {refused}.", 2)


def _hashes(pinned: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    known: dict[str, frozenset[str]] = {}
    for flow_id, digest in pinned:
        known[flow_id] = known.get(flow_id, frozenset()) | {digest}
    return known
