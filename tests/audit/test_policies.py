"""Who may do what by IAM: nobody who may is missed, whatever their policies are made of."""

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringproof.core.policies import Statement, may, read_policy
from ringproof.core.wildcards import covers, overlap

ACTION, TARGET = "connect:UpdateContactFlowContent", "arn:instance/i/contact-flow/*"
RESOURCES = ("arn:instance/i/contact-flow/a", "arn:instance/i/contact-flow/bb")

letters = st.text(alphabet="ab*?", max_size=6)
texts = st.text(alphabet="ab", max_size=6)
actions = st.sampled_from(
    ["*", "connect:*", "connect:Update*", "CONNECT:updatecontactflowcontent", "s3:*", "connect:?*"]
)
resources = st.sampled_from(
    ["*", "arn:*", "arn:instance/i/*", TARGET, *RESOURCES, "arn:instance/j/*", "arn:*/a", "*/b?"]
)


@st.composite
def statements(draw):
    return Statement(
        allow=draw(st.booleans()),
        actions=tuple(draw(st.lists(actions, min_size=1, max_size=2))),
        resources=tuple(draw(st.lists(resources, min_size=1, max_size=2))),
        but_actions=draw(st.booleans()),
        but_resources=draw(st.booleans()),
    )


def matches(pattern: str, text: str) -> bool:
    return fnmatch.fnmatchcase(text, pattern.replace("[", "[[]"))


def applies(each: Statement, action: str, resource: str) -> bool:
    named = any(matches(p.lower(), action.lower()) for p in each.actions) != each.but_actions
    there = any(matches(p, resource) for p in each.resources) != each.but_resources
    return named and there


def allowed(policy: list[Statement], action: str, resource: str) -> bool:
    """Decide about one request as IAM does: an applying Deny wins, and else an Allow is needed."""
    effects = {each.allow for each in policy if applies(each, action, resource)}
    return effects == {True}


@given(st.lists(statements(), max_size=4))
def test_whoever_may_touch_any_one_resource_is_found(policy):
    if any(allowed(policy, ACTION, each) for each in RESOURCES):
        assert may(tuple(policy), ACTION, TARGET)


@given(st.lists(statements(), max_size=4), st.sampled_from(RESOURCES))
def test_about_one_resource_the_answer_is_that_of_iam(policy, resource):
    assert may(tuple(policy), ACTION, resource) == allowed(policy, ACTION, resource)


@given(letters, letters, texts)
def test_a_text_that_two_patterns_match_makes_them_overlap(one, other, text):
    if matches(one, text) and matches(other, text):
        assert overlap(one, other)
        assert overlap(other, one)


@given(letters, letters, texts)
def test_a_pattern_that_covers_another_matches_all_that_it_does(one, other, text):
    if covers(one, other) and matches(other, text):
        assert matches(one, text)


@given(letters, texts)
def test_against_a_plain_text_both_questions_are_the_match_itself(pattern, text):
    assert covers(pattern, text) == overlap(pattern, text) == matches(pattern, text)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ({"Effect": "Allow", "Action": "*", "Resource": "*"}, True),
        ({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, True),
        ({"Effect": "Allow", "NotAction": ["connect:*", "s3:*"], "Resource": "*"}, False),
        ({"Effect": "Allow", "Action": "connect:*", "NotResource": "*"}, False),
        ({"Effect": "Allow", "Action": "connect:*", "NotResource": RESOURCES[0]}, True),
        ({"Effect": "Allow", "Action": "connect:*", "Resource": "arn:instance/${aws:x}/*"}, True),
        ({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {}}}, True),
        ({"Effect": "Allow", "Action": "connect:Describe*", "Resource": "*"}, False),
        ({"Effect": "Allow", "Action": ACTION, "Resource": "arn:instance/j/*"}, False),
        ({"Effect": "Allow"}, False),
        ({"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}, False),
    ],
)
def test_a_single_statement_is_read_as_it_is_written(statement, expected):
    assert may(read_policy({"Statement": statement}), ACTION, TARGET) is expected


@pytest.mark.parametrize(
    ("deny", "expected"),
    [
        ({"Action": "connect:*", "Resource": "*"}, False),
        ({"NotAction": "s3:*", "Resource": "*"}, False),
        ({"Action": "*", "NotResource": "arn:instance/j/*"}, False),
        ({"Action": "*", "NotResource": "arn:instance/${aws:x}/*"}, True),
        ({"Action": "*", "Resource": "*", "Condition": {"Bool": {"mfa": "false"}}}, True),
        ({"Action": "*", "Resource": RESOURCES[0]}, True),
        ({"Action": "*", "Resource": "arn:instance/${aws:x}/*"}, True),
    ],
)
def test_a_denial_counts_only_where_it_certainly_denies_everything(deny, expected):
    both = [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", **deny}]
    assert may(read_policy({"Statement": both}), ACTION, TARGET) is expected


def test_patterns_as_long_as_an_arn_may_be_are_judged():
    long = "arn:aws:connect:" + "*a" * 1000
    assert overlap(long, "*")
    assert covers("*", long)
