"""What a demonstration says: how far it has come, where to look, and how it went."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.panel import Panel
from rich.progress import BarColumn, Progress, TextColumn

from ringproof.commands.lanes import WIDTH
from ringproof.commands.one_call import OneCall
from ringproof.commands.screen import err
from ringproof.commands.stack import News, Stack
from ringproof.commands.timeline import instants
from ringproof.settings import Settings

_PARTS = 5
_PAGES = ("agent", "handset")


@contextmanager
def starting() -> Iterator[News]:
    """Show how many parts are up, and which was the last; on a terminal only."""
    columns = (TextColumn("Starting"), BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=_PARTS)

        def news(name: str) -> None:
            bar.update(task, advance=1, description=f"{name} is up")

        yield news


def welcome(stack: Stack) -> Panel:
    """Say where everything is, and what to do."""
    api = stack.api
    lines = [
        f"[bold]The agent's desktop[/]   {api}/agent/",
        f"[bold]The customer's phone[/]  {api}/handset/",
        "",
        "1. Open the phone, sign in as Amara Okafor, and let it enrol.",
        "2. Open the desktop in another window, sign in as Ayesha Rahman, and find Amara.",
        "3. Press Start Verified Call. The phone shows who is calling and why; then it rings.",
        *_by_hand(Settings.read(stack.environment)),
        "",
        "For the demonstration there are no quiet hours and no cap of calls to one customer,",
        "and the dial paths count as covered: agents have one queue, and it is behind the gate.",
        f"Logs: {stack.logs}. Ctrl-C ends everything.",
        *_missing_pages(Settings.read(stack.environment).web),
    ]
    return Panel("\n".join(lines), title="ringproof", width=WIDTH)


def _by_hand(settings: Settings) -> list[str]:
    if not settings.ccp_url:
        return []
    return ["4. Dial Amara's number by hand in the simulated CCP: the phone does not ring."]


def verdict(one: OneCall) -> str:
    """Say in a sentence how the call went."""
    at = instants(one)
    if one.proved_before_ring:
        lead = at["ringAt"] - at["proofVerifiedAt"]
        return f"[bold green]✓ The phone held a verified proof {lead:,} ms before it rang.[/]"
    why = one.call.get("detail") or f"the call is {one.call['state']}"
    return f"[bold red]✗ No verified proof before a ring:[/] {why}"


def _missing_pages(web: Path) -> list[str]:
    if all((web / page / "dist" / "index.html").is_file() for page in _PAGES):
        return []
    return ["", "[bold yellow]The pages are not built yet.[/] Run: npm ci && npm run build"]
