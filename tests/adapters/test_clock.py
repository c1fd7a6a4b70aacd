import time

from ringproof.adapters.clock import SystemClock


def test_the_clock_tells_the_time_of_day_in_milliseconds():
    before = time.time()
    now = SystemClock().now()
    after = time.time()

    assert before * 1_000 - 1 <= now <= after * 1_000
