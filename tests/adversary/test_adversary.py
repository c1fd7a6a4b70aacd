"""What the bench shows for ten thousand attempts, for a few hundred at each change."""

from tests.adversary.paths import GATED, STOLEN, UNGATED
from tests.adversary.run import GENUINE, attack

SEED = 20261125
BEHIND_THE_GATE = (*GATED, *STOLEN)
EVERY_PATH = (*BEHIND_THE_GATE, *UNGATED)


async def test_behind_the_gate_nothing_rings_unannounced_and_what_is_announced_rings():
    report = await attack(SEED, 300)

    assert set(report.paths) == {*EVERY_PATH, GENUINE}
    assert report.total("unauthorised", BEHIND_THE_GATE) == 0
    assert report.paths[GENUINE].blocked == 0
    assert report.total("undetected", EVERY_PATH) == 0
    assert report.total("rang", UNGATED) > 0
    assert sum(report.faults.values()) > 0


async def test_without_the_gate_the_same_run_rings_and_is_found():
    report = await attack(SEED, 150, gated=False)

    assert report.total("unauthorised", BEHIND_THE_GATE) > 0
    assert report.total("undetected", EVERY_PATH) == 0


async def test_with_the_gate_down_nothing_rings_behind_it():
    report = await attack(SEED, 100, outage=True)

    assert report.total("rang", BEHIND_THE_GATE) == 0
    assert report.total("undetected", EVERY_PATH) == 0
