"""Where the flow files are: beside this module in an installed package, in infra/ in a checkout."""

from pathlib import Path

NAMES = ("gate-block", "gate-warn", "gate-monitor", "api-call", "api-wait", "inbound-caller")
HERE = Path(__file__).parent
CHECKOUT = HERE.parents[2] / "infra" / "flows"


def flow_file(name: str) -> str:
    """Read a flow with its placeholders; *name* is one of NAMES."""
    if name not in NAMES:
        raise ValueError(f"{name} is no flow: {', '.join(NAMES)}")
    installed = HERE / f"{name}.json"
    found = installed if installed.exists() else CHECKOUT / installed.name
    return found.read_text(encoding="utf-8")
