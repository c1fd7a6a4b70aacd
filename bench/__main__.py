"""`make bench`: measure and print; `make bench ARGS=lookups` runs one part."""

import argparse
import asyncio

import uvloop

from bench import adversary, announce, calls, lookups, parts, reconcile, startup, status

_SIZES = (10_000, 1_000_000, 10_000_000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    every = ("startup", "parts", "lookups", "announce", "status", "calls", "reconcile", "adversary")
    parser.add_argument("parts", nargs="*", choices=[*every, []], default=list(every))
    parser.add_argument("--devices", type=int, nargs="+", default=_SIZES, help="sizes for lookups")
    parser.add_argument("--records", type=int, default=1_000_000, help="for reconcile")
    parser.add_argument("--attempts", type=int, default=12_000, help="for adversary")
    parser.add_argument("--seed", type=int, default=20_261_125, help="for adversary")
    arguments = parser.parse_args()
    if "startup" in arguments.parts:
        startup.run()
    if "parts" in arguments.parts:
        asyncio.run(parts.run())
    if "lookups" in arguments.parts:
        uvloop.run(lookups.run(tuple(arguments.devices)))
    if "adversary" in arguments.parts:
        uvloop.run(adversary.run(arguments.attempts, arguments.seed))
    if "reconcile" in arguments.parts:
        reconcile.run(arguments.records)
    if "announce" in arguments.parts:
        uvloop.run(announce.run())
    if "status" in arguments.parts:
        uvloop.run(status.run())
    if "calls" in arguments.parts:
        asyncio.run(calls.run())  # uvloop cannot start our children


if __name__ == "__main__":
    main()
