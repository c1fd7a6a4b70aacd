"""The login page: it says that it is a simulation and asks who you are."""

from collections.abc import Iterable
from html import escape

from starlette.responses import HTMLResponse

from ringproof.simulators.idp.people import Person

STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem; }
.simulation { border-left: .25rem solid light-dark(#8a5a00, #e0a030); padding: .25rem .75rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { margin: .5rem 0; }
button { display: block; box-sizing: border-box; width: 100%; min-height: 3rem; text-align: start;
  padding: .5rem .75rem; font: inherit; color: inherit; cursor: pointer; border-radius: .5rem;
  border: 1px solid light-dark(#6b7280, #8b93a1); background: light-dark(#fff, #1f2430); }
button:hover { border-color: currentColor; }
button:focus-visible { outline: 3px solid light-dark(#1d4ed8, #93b4ff); outline-offset: 2px; }
button[autofocus] { border-width: 2px; }
small { display: block; color: light-dark(#4b5563, #b5bcc9); }
"""
# A provider's page is never shown inside another one.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


def login_page(title: str, people: Iterable[Person], hint: str | None) -> HTMLResponse:
    """Offer everybody who can sign in, the hinted one first."""
    hinted = sorted(people, key=lambda person: not is_hinted(person, hint))
    choices = "".join(_choice(person, hint) for person in hinted)
    who = f"<form method=post><ul>{choices}</ul></form>" if choices else "<p>Nobody is listed.</p>"
    return _page(title, f"<p>Who are you?</p>{who}")


def refusal_page(message: str) -> HTMLResponse:
    """Say why nobody can be sent back to where they came from."""
    return _page("This sign-in request cannot be used", f"<p>{escape(message)}</p>", status=400)


def signed_out_page() -> HTMLResponse:
    """Say that the session is over."""
    return _page("You are signed out", "<p>You can close this page.</p>")


def is_hinted(person: Person, hint: str | None) -> bool:
    """True if the login hint means this person."""
    names = (person.id, person.name, getattr(person, "agent_id", None))
    return bool(hint) and hint in (*names, getattr(person, "username", None))


def _choice(person: Person, hint: str | None) -> str:
    focus = " autofocus" if is_hinted(person, hint) else ""
    return (
        f'<li><button name=person value="{escape(person.id)}"{focus}>'
        f"{escape(person.name)} <small>{escape(person.details)}</small></button></li>"
    )


def _page(title: str, body: str, status: int = 200) -> HTMLResponse:
    content = (
        '<!doctype html><html lang=en><head><meta charset="utf-8">'
        '<meta name=viewport content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} (simulation)</title><style>{STYLE}</style></head><body><main>"
        f"<h1>{escape(title)}</h1>"
        "<p class=simulation>This is a simulation. Nobody's password is asked for or kept.</p>"
        f"{body}</main></body></html>"
    )
    return HTMLResponse(content, status, HEADERS)
