"""One step of a flow: what it wants done where it stands, and where it goes from there.

Pure: nothing here does anything, so a test can walk every path.
"""

from collections.abc import Mapping
from dataclasses import replace

from ringproof.simulators.connect.flow.effects import Dial, Done, Effect, End, Failed, Outcome
from ringproof.simulators.connect.flow.program import Action, Program
from ringproof.simulators.connect.flow.values import Facts, holds, value
from ringproof.simulators.connect.flow.wants import WANTS, Position, aim

PARTICIPANT = "MessageParticipant"
CALL = "CompleteOutboundCall"
ENDS = "EndFlowExecution"


def begin(program: Program) -> Position:
    """Stand at the first action."""
    return Position(program.start, called=not program.before_the_call)


def wanted(program: Program, at: Position, facts: Facts) -> Effect | None:
    """Say what is to be done here; None if the flow only has to find its way.

    Before the call, the first participant action calls, and so does the end, however it is reached:
    "if this action is not used, the first participant action implicitly completes the outbound call"
    (CompleteOutboundCall). That the end does too is how AWS's own flows work that only set
    recording.
    """
    action = program.actions.get(at.action or "")
    if not at.called and (action is None or action.type in (PARTICIPANT, ENDS)):
        return Dial(None, meant=False)
    if action is None:
        return End()
    if at.called and action.type == CALL:
        return None  # there is nobody left to call
    want = WANTS.get(action.type)
    return want(action.parameters, at, _seen(at, facts)) if want else None


def follow(program: Program, at: Position, facts: Facts, outcome: Outcome) -> Position:
    """Go on from here, after what was wanted went as it did."""
    action = program.actions.get(at.action or "")
    if action is None or (not at.called and action.type in (PARTICIPANT, ENDS)):
        return replace(at, called=True)
    if isinstance(outcome, Failed):
        there = replace(at, external=()) if action.type == "InvokeLambdaFunction" else at
        return replace(there, action=action.errors.get(outcome.error))
    if at.called and action.type == CALL:
        return replace(at, action=None)
    return _onward(action, at, facts, outcome)


def _onward(action: Action, at: Position, facts: Facts, outcome: Done) -> Position:
    interrupted = action.type == "MessageParticipantIteratively"
    there = replace(at, action=action.cases[0].then if interrupted else action.next)
    match action.type:
        case "Compare":
            return replace(there, action=_branch(action, _seen(at, facts)))
        case "Loop":
            return _round(action, at)
        case "InvokeLambdaFunction":
            return replace(there, external=tuple(sorted(outcome.reply.items())))
        case "UpdateContactTargetQueue":
            return replace(there, target=aim(action.parameters, _seen(at, facts)))
        case "CompleteOutboundCall":
            return replace(there, called=True)
    return there


def _seen(at: Position, facts: Facts) -> Mapping[str, object]:
    return {**facts, "External": dict(at.external)}


def _branch(action: Action, facts: Facts) -> str | None:
    compared = value(action.parameters["ComparisonValue"], facts)
    taken = (case.then for case in action.cases if holds(case, compared))
    return next(taken, action.errors.get("NoMatchingCondition"))


def _round(action: Action, at: Position) -> Position:
    rounds = dict(at.rounds)
    gone = rounds.pop(action.id, 0)
    again = gone < int(action.parameters["LoopCount"])
    if again:
        rounds[action.id] = gone + 1
    which = "ContinueLooping" if again else "DoneLooping"
    there = next(case.then for case in action.cases if case.operand == which)
    return replace(at, action=there, rounds=tuple(sorted(rounds.items())))
