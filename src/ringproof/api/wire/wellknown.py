"""What anybody gets."""

from typing import Literal

from ringproof.api.wire.shape import Answer


class Health(Answer):
    """The store answers and can write."""

    status: Literal["ok"]
    version: str
