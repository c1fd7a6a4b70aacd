import io
import json
import logging

import pytest
import structlog

from ringproof import logs


@pytest.fixture
def stream():
    kept = logging.getLogger().handlers[:], logging.getLogger().level, structlog.get_config()
    text = io.StringIO()
    logs.configure("info", text)
    yield text
    logging.getLogger().handlers[:], level, config = kept
    logging.getLogger().setLevel(level)
    structlog.configure(**config)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_one_object_with_level_and_time(stream: io.StringIO):
    structlog.get_logger().info("dial", call="c1", verdict="accepted")
    structlog.get_logger().debug("unseen")

    (line,) = lines(stream)
    assert (line["event"], line["call"], line["level"]) == ("dial", "c1", "info")
    assert str(line["at"]).endswith("Z")


def test_tokens_keys_and_numbers_do_not_reach_it(stream: io.StringIO):
    structlog.get_logger().error(
        "oops", error="Bearer eyJhbGciOiJFUzI1NiJ9.e30.c2ln for +447700900123 with rpk_ab12_s3cr-et"
    )

    text = stream.getvalue()
    assert "eyJ" not in text
    assert "s3cr" not in text
    assert "+447700900123" not in text
    assert "123" in text


def test_libraries_speak_the_same_language(stream: io.StringIO):
    logging.getLogger("uvicorn.error").warning("slow %s", "client")
    logging.getLogger("uvicorn.error").info("unseen")

    (line,) = lines(stream)
    assert (line["event"], line["level"]) == ("slow client", "warning")


def test_an_exception_is_told_with_its_traceback(stream: io.StringIO):
    try:
        raise ValueError("here")  # noqa: TRY301
    except ValueError as error:
        structlog.get_logger().error("bug", exc_info=error)

    (line,) = lines(stream)
    assert "ValueError: here" in str(line["exception"])
