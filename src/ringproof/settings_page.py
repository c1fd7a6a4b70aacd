"""docs/settings.md, written from the table of settings: `python -m ringproof.settings_page`."""

import sys

from ringproof.settings import Entry, entries

_HEAD = """\
# Settings

ringproof reads the environment once, at its start, and nothing else.
A value that is not allowed, or a `RINGPROOF_` variable that does not exist, stops the start; every
problem is named at once.
With nothing set, everything runs on one machine with the shipped simulators.
`RINGPROOF_ENV=production` refuses addresses on this machine, where only a simulator can be, those that
are not https, key files that others can read, and API keys whose secret is shorter than 32 characters.
`ringproof check` shows what is in force.

This page is written by `python -m ringproof.settings_page`.

| variable | default | allowed | what |
|---|---|---|---|
"""


def page() -> str:
    """Write the page."""
    return _HEAD + "".join(_row(entry) for _, entry in entries())


def _row(entry: Entry) -> str:
    cells = (f"`{entry.variable}`", _default(entry), entry.kind.allowed, entry.what)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _default(entry: Entry) -> str:
    default = f"`{entry.default}`" if entry.default else "empty"
    if entry.production == entry.default:
        return default
    return f"{default}; in production `{entry.production}`"


if __name__ == "__main__":
    sys.stdout.write(page())
