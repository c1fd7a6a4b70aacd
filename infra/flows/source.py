"""The one source of the flow files beside it: `python -m infra.flows` writes them."""

import json
from collections.abc import Mapping
from pathlib import Path

from infra.flows.answered import api_call, api_wait, inbound_caller
from infra.flows.gates import BLOCK, MONITOR, WARN, gate

FOLDER = Path(__file__).parent
FLOWS = {
    **{f"gate-{mode.name}": gate(mode) for mode in (BLOCK, WARN, MONITOR)},
    "api-call": api_call(),
    "api-wait": api_wait(),
    "inbound-caller": inbound_caller(),
}


def files() -> Mapping[str, str]:
    """Return the text of every file by its name."""
    return {
        f"{name}.json": json.dumps(flow, indent=2, ensure_ascii=False) + "\n"
        for name, flow in FLOWS.items()
    }
