"""`sweep`: a schedule of a minute ends what nobody else will, and tells alerts that are owed."""

from ringproof.lambdas.environment import environment
from ringproof.usecases.sweep import sweep


def handler(_: object, __: object) -> dict[str, int]:
    """Sweep once; say how many calls were ended."""
    return {"ended": environment.run(sweep)}
