"""Judge an instance's configuration: a finding for every way round, and for what could not be read."""

from ringproof.core.audit.expectation import Expectation
from ringproof.core.audit.finding import KINDS, Code, Finding, Severity
from ringproof.core.audit.report import clean, findings

__all__ = ["KINDS", "Code", "Expectation", "Finding", "Severity", "clean", "findings"]
