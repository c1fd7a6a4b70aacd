"""How often a push is attempted: the loop alone, with answers made by hand."""

from collections.abc import Callable, Iterable

from ringproof.adapters.clock import SystemClock
from ringproof.adapters.push.answer import (
    ABANDON_CONNECTION,
    AGAIN,
    RECONNECT,
    RENEW_CREDENTIAL,
    STOP,
    Answer,
)
from ringproof.adapters.push.delivery import Attempt, deliver
from ringproof.core.time import SECOND, Millis
from ringproof.ports import PushOutcome, PushVerdict

ILL = PushVerdict.UNAVAILABLE
SOON: Millis = 5 * SECOND


async def delivered(
    answers: Iterable[Answer], within: Millis = SOON, longest: float = 2.0
) -> tuple[PushOutcome, list[float]]:
    left, budgets = iter(answers), list[float]()
    attempt: Attempt = _scripted(lambda: next(left), budgets)
    clock = SystemClock()
    return await deliver(attempt, clock, clock.now() + within, longest), budgets


def _scripted(answer: Callable[[], Answer], budgets: list[float]) -> Attempt:
    async def attempt(seconds: float) -> Answer:
        budgets.append(seconds)
        return answer()

    return attempt


async def test_an_answer_that_is_final_ends_it():
    outcome, budgets = await delivered([Answer(PushVerdict.REJECTED, "BadTopic", STOP)])

    assert outcome == PushOutcome(PushVerdict.REJECTED, "BadTopic", None, 1)
    assert budgets == [2.0]


async def test_what_the_service_last_said_is_what_is_told():
    answers = [
        Answer(ILL, "first", AGAIN),
        Answer(ILL, "second", AGAIN),
        Answer(ILL, "last", AGAIN),
    ]

    outcome, _ = await delivered(answers)

    assert (outcome.reason, outcome.attempts) == ("last", 3)


async def test_each_kind_of_trouble_has_its_own_count():
    ok = Answer(PushVerdict.ACCEPTED)
    answers = [Answer(ILL, "", kind) for kind in (AGAIN, RENEW_CREDENTIAL, ABANDON_CONNECTION)]

    outcome, _ = await delivered([*answers, *answers[:1], ok])

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.ACCEPTED, 5)


async def test_a_wait_that_the_service_asks_for_is_kept_only_if_there_is_time():
    asked = Answer(ILL, "UNAVAILABLE", AGAIN, retry_after=60)

    outcome, budgets = await delivered([asked])

    assert (outcome.verdict, outcome.attempts) == (ILL, 1)
    assert len(budgets) == 1


async def test_a_short_wait_that_the_service_asks_for_is_kept():
    asked = Answer(ILL, "UNAVAILABLE", AGAIN, retry_after=0.05)

    outcome, _ = await delivered([asked, Answer(PushVerdict.ACCEPTED)])

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.ACCEPTED, 2)


async def test_no_attempt_is_given_more_than_what_is_left():
    _, budgets = await delivered([Answer(PushVerdict.ACCEPTED)], within=SECOND)

    assert 0 < budgets[0] <= 1


async def test_trouble_with_connections_ends_too():
    outcome, _ = await delivered([Answer(ILL, "ConnectError", RECONNECT)] * 9)

    assert (outcome.verdict, outcome.attempts) == (ILL, RECONNECT.times + 1)
