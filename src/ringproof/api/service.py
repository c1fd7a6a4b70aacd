"""What every route is given."""

import asyncio
from dataclasses import dataclass, field

from ringproof.api.auth.api_keys import ApiKeys
from ringproof.api.auth.tokens import TokenVerifier
from ringproof.api.limiter import Limiter
from ringproof.api.placing import Placing
from ringproof.settings import Settings
from ringproof.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class Service:
    """The desk, who may come to it, and how often; *closing* ends the long polls of a shutdown."""

    desk: Desk
    settings: Settings
    staff: TokenVerifier
    customers: TokenVerifier
    api_keys: ApiKeys
    placing: Placing
    limiter: Limiter
    closing: asyncio.Event = field(default_factory=asyncio.Event)
