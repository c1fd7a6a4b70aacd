"""The Lambda functions that the gate asks: associated, and invocable by this instance alone."""

from collections.abc import Iterator

from ringproof.core.audit.expectation import Expectation
from ringproof.core.audit.finding import Code, Finding
from ringproof.core.audit.invocation import read_rules
from ringproof.core.instance import Instance


def unassociated(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find the functions that flows of this instance may not invoke."""
    if instance.associated is None:
        return
    for arn in sorted(wanted.functions - set(instance.associated)):
        evidence = f"the instance has {len(instance.associated)} other functions"
        yield Finding(Code.FUNCTION_NOT_ASSOCIATED, f"function {arn}", evidence)


def not_invocable(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find the functions that Connect may not invoke for this instance."""
    for function in instance.functions:
        ours = [
            rule.allow
            for rule in read_rules(function.policy)
            if rule.is_for(wanted.instance_arn, wanted.account)
        ]
        if not ours or not all(ours):
            policy = "its policy does not let Connect invoke it" if function.policy else ""
            evidence = policy or "it has no policy"
            yield Finding(Code.FUNCTION_NOT_INVOCABLE, f"function {function.arn}", evidence)


def open_to_others(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find the functions that somebody may invoke besides, and the statements that say so."""
    for function in instance.functions:
        names = [
            rule.name
            for rule in read_rules(function.policy)
            if rule.allow and not rule.is_only_for(wanted.instance_arn, wanted.account)
        ]
        if names:
            evidence = f"statement {', '.join(names)} is not bound to this instance and account"
            yield Finding(Code.FUNCTION_OPEN, f"function {function.arn}", evidence)
