"""Runs one Lambda handler as the runtime does: in a process of its own, event after event."""

import importlib
import json
import sys


def main() -> None:
    handler = importlib.import_module(f"ringproof.lambdas.{sys.argv[1]}").handler
    for line in sys.stdin:
        try:
            said = {"answer": handler(json.loads(line), None)}
        except Exception as error:  # noqa: BLE001  (as the runtime reports it)
            said = {"errorType": type(error).__name__}
        print(json.dumps(said), flush=True)  # noqa: T201
    modules = sorted(name for name in sys.modules if name.partition(".")[0] in sys.argv[2:])
    print(json.dumps(modules))  # noqa: T201


main()
