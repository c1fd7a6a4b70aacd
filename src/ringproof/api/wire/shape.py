"""How bodies and answers are shaped: camelCase, and no unknown fields in what is sent to us."""

from typing import Annotated

from msgspec import Meta, Struct

# \Z, not $: in Python's patterns $ also matches before a newline at the end. JSON Schema's
# dialect (ECMA-262) has no \Z; there $ means the end, so OpenAPI is given $ (see openapi.py).
Text = Annotated[str, Meta(min_length=1, max_length=256)]
Uuid = Annotated[
    str,
    Meta(
        pattern=r"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\Z",
        description="A UUID.",
    ),
]
Time = Annotated[str, Meta(description="RFC 3339 with milliseconds.")]


class Body(Struct, kw_only=True, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    """What is sent to us."""


class Answer(Struct, kw_only=True, rename="camel"):
    """What we send; every member is always there."""


class Nothing(Body):
    """No body, no query."""
