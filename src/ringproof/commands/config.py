"""The deployment that a command is about."""

import os
from typing import NoReturn

from ringproof.commands.screen import fail
from ringproof.settings import BadSettings, Settings


def configured() -> Settings:
    """Read the environment; end the command with every problem that it has."""
    try:
        return Settings.read(os.environ)
    except BadSettings as bad:
        unusable(bad)


def unusable(bad: BadSettings) -> NoReturn:
    """End the command with every problem of the settings."""
    fail("\n  ".join(["The settings are not usable:", *bad.problems]))
