"""The agents' pages and the handset page: built files, what they need to know, and what they may do."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from ringproof.api.handsets import outbound
from ringproof.ports import Store
from ringproof.settings import Settings

_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8">
<title>Not built</title><h1>This page is not built yet</h1>
<p>Run <code>npm ci && npm run build</code> in the checkout, then reload.
The files are looked for under the setting <code>RINGPROOF_WEB</code>.</p></html>"""

Config = Callable[[], Awaitable[dict[str, Any]]]


def page_routes(settings: Settings, store: Store) -> list[BaseRoute]:
    """Serve the pages, each with its `config.json`."""

    async def for_agent() -> dict[str, Any]:
        return agent_config(settings)

    async def for_dynamics() -> dict[str, Any]:
        return agent_config(settings) | {"dynamicsOrigin": settings.dynamics_origin}

    async def for_handset() -> dict[str, Any]:
        return await handset_config(settings, store)

    return [
        *_page("agent", settings.web, for_agent, agent_policy(settings)),
        *_page("dynamics", settings.web, for_dynamics, dynamics_policy(settings)),
        *_page("handset", settings.web, for_handset, handset_policy(settings)),
    ]


def agent_config(settings: Settings) -> dict[str, Any]:
    """Say what the agent's page needs to know."""
    return {
        "api": "",
        "oidc": {
            "authority": settings.staff_issuer,
            "clientId": settings.staff_clients[0],
            "scope": settings.staff_scope,
        },
        "dialMode": settings.dial_mode,
        "bank": {"name": settings.bank_name},
        **_softphone(settings.browser_dial, settings.ccp_url),
        "stun": settings.stun,
    }


def _softphone(dial: str | None, ccp: str | None) -> dict[str, Any]:
    """Say what dials: the CCP where one is set, else the simulator's browser dial."""
    return {
        "browserDial": {"url": dial} if dial and not ccp else None,
        "ccpUrl": ccp,
        "ccpSimulated": bool(dial and ccp and _origin(dial) == _origin(ccp)),
    }


async def handset_config(settings: Settings, store: Store) -> dict[str, Any]:
    """Say what a bank's app would be built with."""
    apns, fcm = settings.phone_apns, settings.phone_fcm
    return {
        "bank": {
            "iss": settings.bank_iss,
            "name": settings.bank_name,
            "numbers": [each.removeprefix("+") for each in outbound(await store.numbers())],
            "callUs": settings.bank_call_us,
        },
        "api": "",
        "photoOrigin": _origin(settings.public_url),
        "oidc": {
            "authority": settings.customer_issuer,
            "clientId": settings.customer_clients[0],
            "scope": settings.customer_scope,
        },
        "appId": settings.apps[0],
        "push": {"apns": {"deviceUrl": apns}, "fcm": {"deviceUrl": fcm}} if apns and fcm else None,
        "network": {"url": settings.phone_network} if settings.phone_network else None,
    }


def agent_policy(settings: Settings) -> str:
    """Write the agent page's Content-Security-Policy; it may stand in the frames that are set."""
    return _desk_policy(settings, settings.frame_ancestors)


def dynamics_policy(settings: Settings) -> str:
    """Write the policy of the panel, which runs Dynamics' own library; with none it is in no frame."""
    origin = settings.dynamics_origin
    return _desk_policy(settings, [origin] if origin else [], [origin] if origin else [])


def _desk_policy(settings: Settings, ancestors: Iterable[str], scripts: Iterable[str] = ()) -> str:
    dial, ccp = settings.browser_dial, settings.ccp_url
    framed = [settings.staff_issuer, *([ccp] if ccp else [])]
    reached = [*framed, *([dial, _websocket(dial)] if dial else [])]
    # 'self', because the page renews its session in a frame of its own.
    return _policy(settings, reached, ("'self'", *ancestors), framed, scripts)


def handset_policy(settings: Settings) -> str:
    """Write the handset page's Content-Security-Policy; it stands in no frame."""
    phone = (settings.phone_apns, settings.phone_fcm, settings.phone_network)
    issuer = settings.customer_issuer
    return _policy(settings, [issuer, *(url for url in phone if url)], (), [issuer])


def _policy(
    settings: Settings,
    reached: Iterable[str],
    ancestors: Iterable[str],
    framed: Sequence[str],
    scripts: Iterable[str] = (),
) -> str:
    """Write a policy; the first of *framed* is the issuer, to which alone forms are sent."""
    origins, photos = _origins(reached), _origin(settings.public_url)
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *scripts)),
            # React writes style attributes; Cloudscape adds style elements.
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {photos}",
            "font-src 'self' data:",
            "media-src 'self' data: blob:",
            "worker-src 'self'",
            "manifest-src 'self'",
            f"connect-src 'self' {photos} {origins}",
            f"frame-src 'self' {_origins(framed)}",
            f"form-action 'self' {_origin(framed[0])}",
            "base-uri 'none'",
            "frame-ancestors " + (" ".join(ancestors) or "'none'"),
        )
    )


def _origins(urls: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(_origin(each) for each in urls))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _websocket(url: str) -> str:
    return "ws" + url.removeprefix("http")


def _page(name: str, web: Path, config: Config, policy: str) -> list[BaseRoute]:
    folder = web / name / "dist"

    async def config_json(_: Request) -> Response:
        return Response(msgspec.json.encode(await config()), media_type="application/json")

    async def slash(_: Request) -> Response:
        return RedirectResponse(f"/{name}/")

    return [
        Route(f"/{name}", slash),
        Route(f"/{name}/config.json", config_json),
        Mount(f"/{name}", BuiltPage(folder, policy)),
    ]


class BuiltPage:
    """A folder of built files under one policy, or a page that says how to build them."""

    def __init__(self, folder: Path, policy: str) -> None:
        self._folder = folder
        self._files = StaticFiles(directory=folder, html=True, check_dir=False)
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not (self._folder / "index.html").is_file():
            page = HTMLResponse(_NOT_BUILT, 503)
            await page(scope, receive, send)
            return
        answer = await self._files.get_response(self._files.get_path(scope), scope)
        # Vite puts a hash into the name of everything under assets/.
        built = "/assets/" in scope["path"] and answer.status_code == 200  # noqa: PLR2004
        answer.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if built else "no-cache"
        )
        answer.headers["Content-Security-Policy"] = self._policy
        await answer(scope, receive, send)
