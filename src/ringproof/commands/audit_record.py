"""Recording an audit: in the store, or at the server that has it open."""

from pyreqwest.client import ClientBuilder
from pyreqwest.exceptions import RequestError

from ringproof.adapters.clock import SystemClock
from ringproof.commands.wire import Problem, ask
from ringproof.core.audit import Finding, clean
from ringproof.core.errors import DependencyDown
from ringproof.settings import Settings
from ringproof.usecases.audit_instance import record_audit
from ringproof.wiring.store import open_store

BY = "ringproof audit"


async def recorded(settings: Settings, found: tuple[Finding, ...]) -> bool:
    """Record whether the dial paths are covered, and return it; DependencyDown if that is not possible."""
    try:
        async with open_store(settings) as store:
            return await record_audit(store, found, BY, SystemClock().now())
    except DependencyDown as locked:
        return await _at_the_server(settings, locked, covered=clean(found))


async def _at_the_server(settings: Settings, locked: DependencyDown, *, covered: bool) -> bool:
    """Tell the server, which has the store to itself; the first API key is what it is told with."""
    key, url = settings.admin_key.reveal(), f"http://{settings.host}:{settings.port}"
    if not key:
        detail = f"{locked.detail} Or set RINGPROOF_ADMIN_KEY, to record it at the server."
        raise DependencyDown("store", detail) from locked
    async with ClientBuilder().no_proxy().build() as client:
        try:
            await ask(
                client,
                "PUT",
                f"{url}/admin/enforcement",
                bearer=key,
                json_body={"covered": covered},
            )
        except (RequestError, Problem) as error:
            raise DependencyDown("server", f"{url} did not take the result: {error}") from error
    return covered
