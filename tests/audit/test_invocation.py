"""A function's resource policy: whom it lets in, and whether that is this instance alone."""

import json
from typing import Any

import pytest

from ringproof.core.audit.invocation import Rule, read_rules
from tests.audit.kit import ACCOUNT, BOUND, INSTANCE, invoking

CONNECT = {"Service": "connect.amazonaws.com"}
ARN, OWNER = {"AWS:SourceArn": INSTANCE}, {"AWS:SourceAccount": ACCOUNT}
ELSEWHERE = INSTANCE.replace("5b2f", "0000")


def rule(policy: str) -> Rule:
    (only,) = read_rules(policy)
    return only


def with_principal(principal: Any) -> str:
    policy = json.loads(BOUND)
    policy["Statement"][0]["Principal"] = principal
    return json.dumps(policy)


@pytest.mark.parametrize(
    "policy",
    [
        BOUND,
        invoking(ArnLike=ARN),
        invoking(StringEquals=OWNER),
        invoking(),
        invoking(ArnLike={"aws:sourcearn": "arn:aws:connect:*"}),
        invoking(ArnLike={"AWS:SourceArn": [ELSEWHERE, INSTANCE]}),
        with_principal("*"),
        with_principal({"Service": ["events.amazonaws.com", "connect.amazonaws.com"]}),
    ],
)
def test_whatever_reaches_connect_for_this_instance_is_for_us(policy):
    assert rule(policy).is_for(INSTANCE, ACCOUNT)


@pytest.mark.parametrize(
    "policy",
    [
        invoking(ArnLike={"AWS:SourceArn": ELSEWHERE}),
        invoking(StringEquals={"AWS:SourceAccount": "999999999999"}),
        with_principal({"Service": "s3.amazonaws.com"}),
        with_principal({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}),
    ],
)
def test_what_is_for_others_is_not_for_us(policy):
    assert not rule(policy).is_for(INSTANCE, ACCOUNT)


@pytest.mark.parametrize(
    "policy",
    [
        invoking(),
        invoking(ArnLike=ARN),
        invoking(StringEquals=OWNER),
        invoking(ArnLike={"AWS:SourceArn": "arn:aws:connect:*"}, StringEquals=OWNER),
        invoking(ArnNotLike=ARN, StringEquals=OWNER),
        invoking(ArnLikeIfExists=ARN, StringEquals=OWNER),
        with_principal("*"),
        with_principal({"Service": ["events.amazonaws.com", "connect.amazonaws.com"]}),
        with_principal({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}),
    ],
)
def test_what_others_can_use_is_not_for_us_alone(policy):
    assert not rule(policy).is_only_for(INSTANCE, ACCOUNT)


def test_what_is_bound_to_the_instance_and_the_account_is_for_us_alone():
    assert rule(BOUND).is_only_for(INSTANCE, ACCOUNT)


@pytest.mark.parametrize(
    "policy", [None, "", "{", "[]", '{"Statement": []}', BOUND.replace("Invoke", "Get")]
)
def test_a_policy_that_says_nothing_about_invoking_has_no_rule(policy):
    assert read_rules(policy) == ()
