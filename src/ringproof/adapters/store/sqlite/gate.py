"""The gate's one write: judge a dial, and spend its authorisation."""

# ruff: noqa: S608  (SQL is put together from constants; every value is a parameter)

from ringproof.adapters.store import ledger
from ringproof.adapters.store.sqlite.changes import Held, write
from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.rows import CALL, call_of
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core.call import CallState
from ringproof.core.judge import Candidate, GateQuestion, Ruling, judge
from ringproof.core.phone import E164
from ringproof.core.time import MINUTE, Millis

_LATELY: Millis = 15 * MINUTE
_MOST = 20
"""An agent's calls of this long ago, and so many of them, still tell what a dial was meant to be."""
_COLUMNS = f"SELECT {CALL}, calls.no, calls.head, coalesce(connect_user_arn, '') FROM calls"
_FROM = f"{_COLUMNS} LEFT JOIN agents ON agents.id = calls.agent_id"
# A statement for each index: SQLite takes one index for an OR only by luck. What may be allowed is
# found by its number; the agent's others only tell what was nearly right.
_CANDIDATES = f"""
{_FROM} WHERE contact_id = ?1
UNION {_FROM} WHERE dest = ?2 AND ended_at IS NULL
UNION SELECT * FROM ({_COLUMNS} JOIN agents ON agents.id = calls.agent_id
    WHERE connect_user_arn = ?3 AND connect_user_arn <> ''
    AND requested_at >= ?4 ORDER BY requested_at DESC LIMIT {_MOST})
"""
_KILLED = "SELECT 1 FROM posture WHERE killed"
_HAS_CUSTOMER = "SELECT 1 FROM customer_numbers WHERE phone = ?"


class Gate(Database):
    """What the gate asks."""

    async def consume(self, question: GateQuestion, now: Millis) -> Ruling:
        """Judge a dial and spend its authorisation, in one write."""
        asked = (question.contact_id, question.number, question.agent_arn, now - _LATELY)

        def act(t: Transaction) -> Ruling:
            rows = t.db.execute(_CANDIDATES, asked).fetchall()
            held = [Held(call_of(row[:-3]), row[-3], row[-2]) for row in rows]
            known = [Candidate(h.call, row[-1]) for h, row in zip(held, rows, strict=True)]
            killed = t.db.execute(_KILLED).fetchone() is not None
            ruling = judge(question, known, now, killed=killed)
            if not ruling.spend:
                return ruling
            spent = next(each for each in held if each.call is ruling.call)
            contact = question.contact_id
            change = ledger.moved(spent.call, CallState.DIALED, now, contact_id=contact)
            return Ruling(write(t, spent, change) if change else None)

        return await self._write(act)

    async def has_customer(self, number: E164) -> bool:
        """True if the number is some customer's."""
        return self._reader.one(_HAS_CUSTOMER, number) is not None
