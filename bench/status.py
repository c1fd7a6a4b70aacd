"""How many "is my bank calling me now?" does one core answer, without HTTP around it?"""

import tempfile
import uuid
from pathlib import Path

from bench.measure import at_once, console, table
from ringproof.usecases.answer_status import answer_status
from tests.kit import ADA, APP, house

_ASKED = 4_000


async def run() -> None:
    """Print answers a second at 1, 16, 64 and 256 at once; each is verified, durable, signed, sealed."""
    shown = table(
        "Status answers, use case and store", "at once", "answers/s", "CPU µs", "p50 ms", "p99 ms"
    )
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as bank:
            phone = await bank.phone(ADA)
            for together in (1, 16, 64, 256):
                questions = [
                    phone.signed(
                        "status-request+jwt", aud=APP, iat=bank.clock.now() // 1_000,
                        nonce=uuid.uuid4().hex,
                    )
                    for _ in range(_ASKED)
                ]  # fmt: skip

                async def ask(number: int, questions: list[bytes] = questions) -> None:
                    await answer_status(bank.desk, questions[number])

                done = await at_once(together, _ASKED, ask)
                shown.add_row(
                    str(together), f"{done.rate:,.0f}", f"{done.cpu / _ASKED * 1e6:.0f}",
                    f"{done.at(0.5):.1f}", f"{done.at(0.99):.1f}",
                )  # fmt: skip
    console.print(shown)
