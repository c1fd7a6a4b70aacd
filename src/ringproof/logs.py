"""Logs: one JSON object a line, with the request's id, and nothing in it that must not be read."""

import logging
import logging.config
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

from ringproof.core.phone import masked

# A safety net under the rule that nobody logs these: bearer tokens, API keys, and whole numbers.
_TOKEN = re.compile(r"eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?|rpk_[0-9a-z]+_[\w-]+", re.ASCII)
_NUMBER = re.compile(r"\+[1-9][0-9]{7,14}")


def configure(level: str, stream: TextIO = sys.stderr) -> None:
    """Send our own log and that of our libraries to *stream*, from *level* on."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    last: list[Any] = [
        structlog.processors.format_exc_info,
        redacted,
        structlog.processors.JSONRenderer(),
    ]
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    # Libraries at INFO tell of connections, addresses and requests: warnings are what we want of them.
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler], force=True)


def redacted(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank what looks like a credential and mask what looks like a phone number, in every text."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _NUMBER.sub(lambda m: masked(m[0]), _TOKEN.sub("[redacted]", value))
    return event
